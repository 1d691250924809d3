"""Growth that was seen, beside what came of it within the year: by case manager, or the spread without names."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client as Browser

from opstap.accounts.models import Team
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of
from tests.reporting.three_caseloads import consent, signed_in

Town = tuple[Municipality, Team]
pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 6, 1), date(2024, 3, 1)
ASKED = "?on=2024-12-31&compared_with=2023-12-31"
DAYS = ("--on", "2024-12-31", "--compared-with", "2023-12-31")
# Of each: with growth potential on level 1 and level 2 expected; came there, did not, or were not placed again.
CAME = {"Anna Aarts": (11, 1, 0), "Bram Bos": (6, 6, 0), "Cees Claes": (1, 11, 2)}
WITHOUT = 3


@pytest.fixture
def town() -> Town:
    """Three case managers of one team; each has three more without growth potential, who rose."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    for name, (came, stayed, unseen) in CAME.items():
        worker = a_case_manager(team, name=name)
        for number in range(came + stayed + unseen + WITHOUT):
            client = a_client(municipality)
            in_caseload(client, worker, team=team)
            is_seen = number < came + stayed + unseen
            placed(client, "1", on=FIRST, growth="yes" if is_seen else "no", expected="2" if is_seen else None)
            if number < came + stayed or not is_seen:
                placed(client, "2" if number < came or not is_seen else "1", on=SECOND, growth="no")
    return municipality, team


@pytest.mark.covers("B-43", "B-51", page="report differences")
def test_each_case_manager_stands_beside_what_came_of_all(town: Town, report: Report) -> None:
    rows = {row["worker"]: row for row in report("differences", *DAYS)["rows"] if row["measure"] == "realised"}
    told = ("clients", "known", "having", "share", "expected_share")
    # Of the 36 of whom it is known 18 came there: half of each 12 is expected. By chance that is 3 to 9, or 1 to 11.
    assert [rows["Anna Aarts"][key] for key in told] == [12, 12, 11, 91.7, 50.0]
    assert [rows["Bram Bos"][key] for key in told] == [12, 12, 6, 50.0, 50.0]
    assert [rows["Cees Claes"][key] for key in told] == [14, 12, 1, 8.3, 50.0]
    keys = ("near_low", "near_high", "far_low", "far_high", "verdict")
    assert [rows["Anna Aarts"][key] for key in keys] == [3, 9, 1, 11, "more"]
    assert [rows["Bram Bos"][key] for key in keys] == [3, 9, 1, 11, "within"]
    assert [rows["Cees Claes"][key] for key in keys] == [3, 9, 1, 11, "less"]
    seen = report("realised", *DAYS)["totals"]["with_growth"]
    assert (seen["clients"], seen["known"], seen["realised"]) == (38, 36, 18)


@pytest.mark.covers("B-43", "B-51", page="/rapporten/verschillen-in-het-team/")
def test_without_consent_the_spread_and_with_it_the_names(town: Town, client: Browser) -> None:
    municipality, team = town
    browser = signed_in(client, a_team_leader(team))
    page = browser.get(f"/rapporten/verschillen-in-het-team/{ASKED}")
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in page.context["sections"][0][1].rows}
    # How many came there, of those known; three case managers, one below and one above.
    assert rows["Groei binnen het jaar gehaald"][1:9] == ["18", "50,0\N{NO-BREAK SPACE}%", "3", "0", "1", "1", "1", "0"]
    assert not any(name in page.content.decode() for name in CAME)
    each_leads_to_its_people(browser, figures_of(page))
    consent(municipality)
    page = browser.get(f"/rapporten/verschillen-in-het-team/{ASKED}")
    tables = {table.caption: table for _picture, table in page.context["sections"] if table}
    assert [row.cells[0].text for row in tables["Groei binnen het jaar gehaald"].rows[:3]] == list(CAME)
    each_leads_to_its_people(browser, figures_of(page))
    charts = [str(picture.svg) for picture, _table in page.context["sections"] if picture]
    assert any("Groei binnen het jaar gehaald" in chart and "Anna Aarts" in chart for chart in charts)


def test_a_case_manager_reads_the_own_figure(town: Town, report: Report) -> None:
    rows = {row["measure"]: row for row in report("differences", *DAYS, "--as", "Cees Claes")["rows"]}
    assert [rows["realised"][key] for key in ("clients", "known", "having", "share")] == [14, 12, 1, 8.3]


def test_of_a_year_that_is_not_over_nothing_is_said(town: Town, report: Report) -> None:
    found = report(
        "differences", "--on", "2024-06-30", "--compared-with", "2023-12-31", "--as", a_coordinator(town[0]).name
    )
    assert "realised" not in found["totals"]
    assert "risen" in found["totals"]
