"""Report `traits-changed`: eight people on two days, counted by hand; its page, its people and its files."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from opstap.analytics.uncertainty import Answers, Difference, change
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from opstap.reporting.tables.intervals import change_words
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
DAYS = ("--on", "2025-06-15", "--compared-with", "2024-06-15")
PAGE = "/rapporten/kenmerken-veranderd/?on=2025-06-15&compared_with=2024-06-15"
BACKEND = "django.contrib.auth.backends.ModelBackend"
BEFORE, AFTER = date(2024, 1, 1), date(2025, 1, 1)

# Qualified, low-literate and integration: on the earlier day and on the later; empty is nothing recorded.
PEOPLE = (
    (("no", "yes"), ("yes", "yes"), ("duty", "none")),
    (("no", "no"), ("yes", "no"), ("duty", "duty")),
    (("no", "yes"), ("yes", ""), ("duty", "none")),
    (("yes", "yes"), ("no", "no"), ("need", "duty")),
    (("yes", "no"), ("", "yes"), ("none", "unknown")),
    (("no", "yes"), ("", ""), ("need", "none")),
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, said in enumerate(PEOPLE):
        client = a_client(municipality, followed_since=date(2023, 1, 1))
        for kind, (then, now) in zip(("basic_qualification", "low_literate", "integration"), said, strict=True):
            if then:
                with_trait(client, kind, then, BEFORE, AFTER)
            if now:
                with_trait(client, kind, now, AFTER)
        if number < 3:
            in_caseload(client, team=team, worker=worker, since=date(2023, 1, 1))
    gone = a_client(municipality, followed_since=date(2023, 1, 1), until=date(2025, 1, 1))
    came = a_client(municipality, followed_since=date(2025, 1, 1))
    for client in (gone, came):
        with_trait(client, "basic_qualification", "no", BEFORE)
    return municipality


@pytest.mark.covers("B-44", page="report traits-changed")
def test_of_each_trait_it_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("traits-changed", *DAYS)
    ways = ("kept", "gone", "new", "neither", "unknown")
    assert {row["trait"]: [row[way] for way in ways] for row in found["rows"]} == {
        "no_qualification": [1, 3, 1, 1, 0],
        "low_literacy": [1, 1, 0, 1, 3],
        "integration_duty": [1, 2, 1, 1, 1],
    }
    assert found["base"] == 6
    # The seventh left between the days: together they are all of the earlier day.
    assert [found["totals"][key] for key in ("earlier", "clients", "left")] == [7, 6, 1]
    assert {(row["earlier"], row["clients"], row["left"]) for row in found["rows"]} == {(7, 6, 1)}
    rows = {row["trait"]: row for row in found["rows"]}
    exact = rows["no_qualification"]
    assert (exact["then_share"], exact["now_share"], exact["change"]) == (66.7, 33.3, -33.3)
    assert (exact["change_low"], exact["change_high"]) == (-33.3, -33.3)
    literate = rows["low_literacy"]
    assert literate["change"] == -33.3
    assert literate["change_low"] < -33.3 < 0 < literate["change_high"]


@pytest.mark.covers("B-44", page="/rapporten/kenmerken-veranderd/")
def test_the_page_says_it_in_words_and_every_figure_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(PAGE)
    cells = figures_of(page)
    assert len(cells) == 19  # every cell that is not nought, and of each row the whole and who left
    each_leads_to_its_people(client, cells)
    text = page.content.decode()
    assert 'name="scale"' not in text  # it is not about levels, and the form asks nothing that is refused
    assert "6 mensen waren in begeleiding op 15 jun 2024 en op 15 jun 2025." in text
    assert "Van de 7 mensen die op 15 jun 2024 in begeleiding waren, was 1 dat op 15 jun 2025 niet meer" in text
    assert (
        "Geen startkwalificatie: van 4 naar 2 van de 6 van wie het op beide dagen bekend is; 33,3 procentpunt minder."
        in text
    )
    assert (
        "Laaggeletterd: van 2 naar 1 van de 3 van wie het op beide dagen bekend is; geen duidelijke verandering" in text
    )


def test_a_name_stands_above_the_people_of_a_cell(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    people = "/rapporten/kenmerken-veranderd/mensen/?on=2025-06-15&compared_with=2024-06-15"
    found = client.get(f"{people}&trait=low_literacy&way=unknown").context
    assert found["cell"] == "Laaggeletterd: niet bekend op een van de dagen"
    left = client.get(f"{people}&way=left").context
    assert left["cell"] == "op de latere dag uit begeleiding"
    assert left["page_obj"].paginator.count == 1
    for wrong in ("trait=origin", "trait=low_literacy&way=left", "trait=low_literacy&way=away", "way=kept"):
        assert client.get(f"{people}&{wrong}").status_code == 400


@pytest.mark.covers("B-44", page="/rapporten/kenmerken-veranderd/")
def test_changes_that_stand_together_are_judged_together(town: Municipality, client: Browser, report: Report) -> None:
    """Five of 23 have it no longer and none has it since: a change by itself, and not as one of three estimated."""
    for number in range(20):
        person = a_client(town, followed_since=date(2023, 1, 1))
        with_trait(person, "low_literate", "yes" if number < 4 else "no", BEFORE, AFTER)
        with_trait(person, "low_literate", "no", AFTER)
    found = report("traits-changed", *DAYS)["totals"]
    literate, answers = found["traits"]["low_literacy"], Answers(both=1, first=5, second=0, neither=17)
    assert tuple(literate[way] for way in ("kept", "gone", "new", "neither", "unknown")) == (*answers, 3)
    assert found["comparisons"] == 3
    assert change(answers, 26).sign == -1
    assert change(answers, 26, 3).sign == 0
    assert literate["change_low"] < literate["change"] < 0 < literate["change_high"]
    client.force_login(a_coordinator(town), backend=BACKEND)
    text = client.get(PAGE).content.decode()
    assert (
        "Laaggeletterd: van 6 naar 1 van de 23 van wie het op beide dagen bekend is; geen duidelijke verandering"
        in text
    )
    assert "Hier staan 3 vergelijkingen bij elkaar." in text


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (0.0026, "0,2 tot 1,8 procentpunt minder"),
        (0.0004, "0,04 tot 1,8 procentpunt minder"),
        (0.00003, "meer dan 0 en hooguit 1,8 procentpunt minder"),
    ],
)
def test_a_change_never_reads_as_if_it_may_be_none(near: float, said: str) -> None:
    with override("nl"):
        assert change_words(Difference(found=-0.009, low=-0.0176, high=-near)) == said


def test_who_has_a_caseload_counts_that_alone(town: Municipality, report: Report) -> None:
    own = report("traits-changed", *DAYS, "--as", "Jo Jansen")
    assert own["base"] == 3
    assert [row["gone"] for row in own["rows"]] == [2, 1, 2]


def test_by_team_the_groups_come_before_everyone(town: Municipality, client: Browser, report: Report) -> None:
    found = report("traits-changed", *DAYS, "--by", "team")
    groups = {one["group"]: one["clients"] for one in found["totals"]["groups"]}
    assert groups == {"Noord": 3, "unknown": 3}
    assert {one["group"]: one["left"] for one in found["totals"]["groups"]} == {"Noord": 0, "unknown": 1}
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(f"{PAGE}&by=team")
    (table, *_others) = [table for _picture, table in page.context["sections"] if table]
    assert [row.group_head for row in table.rows if row.group_head] == ["Noord", "zonder team", "Iedereen samen"]
    for row in table.rows:
        for cell in row.cells[1:]:
            if cell.url:
                assert client.get(cell.url).context["page_obj"].paginator.count == int(cell.text), cell.url


def test_when_nobody_was_there_on_both_days_it_says_so(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    text = client.get("/rapporten/kenmerken-veranderd/?on=2023-06-01&compared_with=2022-06-01").content.decode()
    assert "Niemand was in begeleiding op 1 jun 2022 en op 1 jun 2023" in text


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
def test_files_say_between_what_the_change_lies(town: Municipality, client: Browser, kind: str) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    answer = client.get(f"/rapporten/kenmerken-veranderd/bestand/{kind}/?on=2025-06-15&compared_with=2024-06-15")
    assert answer.status_code == 200
    if kind == "csv":
        assert "Procentpunten minstens" in answer.content.decode("utf-8-sig").splitlines()[0]
