"""Report `left`: ten people of whom six left, counted by hand; its page, its people and its files."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.clients.logic import BenefitSpellRow, FollowUpRow
from opstap.clients.operations import record_benefit_spells, record_follow_ups
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
BY = command_line()
SINCE = date(2023, 1, 1)
DAYS = ("--on", "2025-06-15", "--compared-with", "2024-06-15")
PAGE = "/rapporten/uit-begeleiding/?on=2025-06-15&compared_with=2024-06-15"
BACKEND = "django.contrib.auth.backends.ModelBackend"

# Level on the earlier day; end of follow-up and its reason; end of the benefit and its reason.
PEOPLE = (
    ("1", "2024-12-01", "moved_out", "2024-12-01", "employment"),  # why follow-up ended goes before
    ("2-", "2025-02-01", "benefit_ended", "2025-02-01", "employment"),  # but not when it says so little
    ("2+", "2025-02-01", "goal_reached", "2025-01-01", "education"),
    ("2", "2025-02-01", "benefit_ended", "2025-02-01", ""),
    ("3", "2025-06-15", "", "", ""),  # out from the later day on
    ("", "2024-06-16", "unknown", "2024-06-15", "employment"),  # that benefit had ended by the earlier day
    ("3", "2025-06-16", "deceased", "", ""),  # still there on the later day
    ("5", "", "", "2024-12-01", "employment"),
    ("2", "2024-06-15", "moved_out", "", ""),  # gone on the earlier day
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, until, why, benefit_until, whither) in enumerate(PEOPLE):
        client = a_client(municipality, followed_since=None)
        ends = date.fromisoformat(until) if until else None
        record_follow_ups(by=BY, rows=[FollowUpRow(client.pk, SINCE, ends, end_reason=why)])
        if benefit_until:
            spell = BenefitSpellRow(
                client.pk, "participatiewet", SINCE, date.fromisoformat(benefit_until), exit_reason=whither
            )
            record_benefit_spells(by=BY, rows=[spell])
        if level:
            placed(client, level, on=date(2024, 1, 1))
        if number < 3:
            in_caseload(client, team=team, worker=worker, since=SINCE)
    back = a_client(municipality, followed_since=SINCE, until=date(2024, 9, 1))
    record_follow_ups(by=BY, rows=[FollowUpRow(back.pk, date(2025, 3, 1), None)])
    placed(back, "4", on=date(2024, 1, 1))
    return municipality


@pytest.mark.covers("B-46", page="report left")
def test_each_level_by_reason_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("left", *DAYS)
    cells = {(row["level"], row["reason"]): row["clients"] for row in found["rows"] if row["clients"]}
    assert cells == {
        ("1", "moved_out"): 1,
        ("2", "employment"): 1,
        ("2", "education"): 1,
        ("2", "benefit_ended"): 1,
        ("3", "unrecorded"): 1,
        (None, "unrecorded"): 1,
        ("3", "stayed"): 1,
        ("5", "stayed"): 1,
        ("4", "stayed"): 1,
    }
    totals = found["totals"]
    assert (totals["cohort"], totals["left"], totals["left_share"], totals["unrecorded"]) == (9, 6, 66.7, 2)
    assert totals["stayed"] == 3


@pytest.mark.covers("B-46", page="/rapporten/uit-begeleiding/")
def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(PAGE)
    tables = [table for _picture, table in page.context["sections"] if table]
    cells = figures_of(page)
    assert len(cells) > 25
    each_leads_to_its_people(client, cells)
    text = page.content.decode()
    assert "Van de 9 mensen die op 15 jun 2024 in begeleiding waren," in text
    assert "zijn er 6 niet meer in begeleiding op 15 jun 2025 (66,7\xa0%)." in text
    assert "Van 2 is geen reden vastgelegd." in text
    rows = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert rows[-3:] == [
        ["Uit begeleiding", "1", "3", "1", "0", "0", "0", "1", "6"],
        ["Nog in begeleiding", "0", "0", "1", "1", "1", "0", "0", "3"],
        ["Totaal", "1", "3", "2", "1", "1", "0", "1", "9"],
    ]


def test_a_name_stands_above_the_people_of_a_cell(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    people = "/rapporten/uit-begeleiding/mensen/?on=2025-06-15&compared_with=2024-06-15"
    assert client.get(f"{people}&reason=employment").context["cell"] == "werk in loondienst"
    assert client.get(f"{people}&reason=left&level=3").context["cell"].endswith("uit begeleiding")
    assert client.get(f"{people}&reason=never").status_code == 400


def test_who_has_a_caseload_counts_that_of_the_earlier_day(town: Municipality, report: Report) -> None:
    own = report("left", *DAYS, "--as", "Jo Jansen")["totals"]
    assert (own["cohort"], own["left"]) == (3, 3)


def test_by_team_it_is_the_team_of_the_earlier_day(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(f"{PAGE}&by=team")
    tables = [table for _picture, table in page.context["sections"] if table]
    rows = {row.cells[0].text: row.cells[-1] for row in tables[1].rows}
    assert {name: cell.text for name, cell in rows.items()} == {"Noord": "3", "zonder team": "6", "Iedereen samen": "9"}
    assert client.get(rows["Noord"].url).context["page_obj"].paginator.count == 3
    assert "Groepen zijn die van 15 jun 2024." in page.content.decode()


def test_when_nobody_left_it_says_so(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    text = client.get("/rapporten/uit-begeleiding/?on=2024-03-02&compared_with=2024-03-01").content.decode()
    assert "is er op 2 mrt 2024 niemand uit begeleiding." in text
    text = client.get("/rapporten/uit-begeleiding/?on=2020-03-02&compared_with=2020-03-01").content.decode()
    assert "Niemand was in begeleiding op 1 mrt 2020" in text


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 20
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_there_are_files_of_it(town: Municipality, client: Browser, kind: str) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    answer = client.get(f"/rapporten/uit-begeleiding/bestand/{kind}/?on=2025-06-15&compared_with=2024-06-15")
    assert answer.status_code == 200
    if kind == "csv":
        assert "werk in loondienst" in answer.content.decode("utf-8-sig")
