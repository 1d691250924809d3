"""How far was expected beside how far it came: by level, by case manager, or the spread without names."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.accounts.models import Team, User
from opstap.analytics.transitions import Reach, Steps
from opstap.municipality.models import Municipality
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.reach.figures import ReachVerdict, verdicts
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report
from tests.reporting.figures import Figures, each_leads_to_its_people, figures_of
from tests.reporting.three_caseloads import consent, signed_in

Town = tuple[Municipality, Team, dict[str, User]]
pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 6, 1), date(2024, 3, 1)
ASKED = "?on=2024-12-31&compared_with=2023-12-31"
DAYS = ("--on", "2024-12-31", "--compared-with", "2023-12-31")
GROWTH, TEAM = "/rapporten/groei-gerealiseerd/", "/rapporten/verschillen-in-het-team/"
FAR = "Hoe ver verwacht, en hoe ver gekomen binnen een jaar"
SPREAD = "Hoe ver casemanagers uiteenliggen in wat zij verwachten"
# Of each, who all stand on level 1: the level expected, and how many came to level 2 and how many stayed.
CAME = {"Anna Aarts": ("2", 4, 8), "Bram Bos": ("2", 4, 8), "Cees Claes": ("4", 4, 8)}


def a_town(caseloads: Mapping[str, tuple[str, int, int]] = CAME) -> Town:
    """Case managers of one team. Anna has one person more of whom no level is expected, and one unseen since."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    workers = {name: a_case_manager(team, name=name) for name in caseloads}
    for name, (expected, came, stayed) in caseloads.items():
        for number in range(came + stayed):
            client = a_client(municipality)
            in_caseload(client, workers[name], team=team)
            placed(client, "1", on=FIRST, growth="yes", expected=expected)
            placed(client, "2" if number < came else "1", on=SECOND, growth="no")
    for aim in (None, "2"):
        client = a_client(municipality)
        in_caseload(client, workers["Anna Aarts"], team=team)
        placed(client, "1", on=FIRST, growth="yes", expected=aim)
        if aim is None:
            placed(client, "3", on=SECOND, growth="no")
    return municipality, team, workers


@pytest.fixture
def town() -> Town:
    return a_town()


def to_people(page: Any) -> Figures:
    """The figures of this table that lead to people."""
    return [one for one in figures_of(page) if "reach=" in one[0]]


def table_of(browser: Browser, page: str, caption: str = FAR) -> dict[str, list[str]]:
    """The cells of each row by the name of the row."""
    table = tables_of(browser, page)[caption]
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}


def tables_of(browser: Browser, page: str) -> dict[str, PageTable]:
    sections = browser.get(page).context["sections"]
    return {table.caption: table for _picture, table in sections if table}


@pytest.mark.covers("B-42", "B-48", "G-6", page="report realised")
def test_what_was_expected_and_what_came_is_what_was_counted_by_hand(town: Town, report: Report) -> None:
    found = report("realised", *DAYS)
    (row,) = [row for row in found["rows"] if (row["level"], row["growth"]) == ("1", "with")]
    told = ("clients", "aimed", "aim_known", "less_far", "as_far", "further")
    # Of 38 one has no expected level and one was not placed again. Anna's and Bram's 8 who came are as far as expected.
    assert [row[key] for key in told] == [38, 37, 36, 28, 8, 0]
    # (24 * 1 + 12 * 3) / 36 levels expected, 12 / 36 reached. Student's interval of 16 x -1, 8 x 0, 8 x -3, 4 x -2: the
    # squares are 40, so 4/3 and 2.0301 times the root of 40 / 35 / 36 below and above it, rounded outward.
    assert [row[key] for key in ("expected_steps", "reached_steps", "steps_apart")] == [1.67, 0.33, -1.33]
    assert (row["steps_low"], row["steps_high"]) == (-1.7, -0.97)
    assert found["totals"]["with_growth"]["steps_apart"] == -1.33
    assert "reach_verdict" not in row


@pytest.mark.covers("B-51", "B-54", page="report realised")
def test_who_expects_further_than_it_comes_is_said_and_the_others_are_not(town: Town, report: Report) -> None:
    groups = {row["group"]: row for row in report("realised", *DAYS, "--by", "worker")["totals"]["groups"]}
    assert {name: row["reach_verdict"] for name, row in groups.items()} == {
        "Anna Aarts": "alike",
        "Bram Bos": "alike",
        "Cees Claes": "too_far",
    }
    rows = {row["worker"]: row for row in report("differences", *DAYS)["rows"] if row["measure"] == "realised"}
    for name, row in rows.items():
        assert row["reach_verdict"] == groups[name]["reach_verdict"]
        assert row["steps_apart"] == groups[name]["with_growth"]["steps_apart"]
    assert [rows["Cees Claes"][key] for key in ("expected_steps", "reached_steps", "steps_apart")] == [3, 0.33, -2.67]


@pytest.mark.covers("B-42", "B-53", page="/rapporten/groei-gerealiseerd/")
def test_the_page_shows_it_by_level_with_its_chart_and_people(town: Town, client: Browser) -> None:
    browser = signed_in(client, a_coordinator(town[0]))
    page = browser.get(f"{GROWTH}{ASKED}")
    known = ["38", "1", "1", "36", "1,67", "0,33", "−1,33", "−1,70\N{NO-BREAK SPACE}tot\N{NO-BREAK SPACE}−0,97", "28"]
    rows = table_of(browser, f"{GROWTH}{ASKED}")
    assert rows["Geïsoleerd"][:9] == rows["Iedereen samen"][:9] == known
    assert "gemiddeld 1,67 treden verwacht, 0,33 bereikt" in page.context["lead"]
    assert "niet even hoog" in tables_of(browser, f"{GROWTH}{ASKED}")[FAR].foot
    each_leads_to_its_people(browser, to_people(page))
    charts = [picture for picture, _table in page.context["sections"] if picture]
    assert any("Treden verwacht en bereikt" in str(chart.name) and "1,67" in str(chart.svg) for chart in charts)


@pytest.mark.covers("B-43", "B-51", page="/rapporten/verschillen-in-het-team/")
def test_names_stand_there_with_consent_alone(town: Town, client: Browser) -> None:
    municipality, team, _workers = town
    browser = signed_in(client, a_team_leader(team))
    page = browser.get(f"{TEAM}{ASKED}")
    assert not any(name in page.content.decode() for name in CAME)
    assert list(table_of(browser, f"{TEAM}{ASKED}")) == ["Iedereen samen"]
    spread = table_of(browser, f"{TEAM}{ASKED}", SPREAD)
    assert spread == {
        "Laagste": ["1,0", "0,3", "−2,7"], "Middelste": ["1,0", "0,3", "−0,7"], "Hoogste": ["3,0", "0,3", "−0,7"],
    }  # fmt: skip
    assert "De verwachting van 1 casemanager ligt duidelijk verder" in page.context["lead"]
    each_leads_to_its_people(browser, to_people(page))
    consent(municipality)
    for address in (f"{TEAM}{ASKED}", f"{GROWTH}{ASKED}&by=worker"):
        page = browser.get(address)
        assert "De verwachting van Cees Claes ligt duidelijk verder" in page.context["lead"]
        rows = table_of(browser, address)
        assert {name: rows[name][-1] for name in CAME} == {
            "Anna Aarts": "● niet anders", "Bram Bos": "● niet anders", "Cees Claes": "▲ verwacht verder dan het komt",
        }  # fmt: skip
        each_leads_to_its_people(browser, to_people(page))


@pytest.mark.covers("B-48", page="/rapporten/verschillen-in-het-team/")
def test_a_case_manager_reads_the_own_alone(town: Town, client: Browser) -> None:
    browser = signed_in(client, town[2]["Cees Claes"])
    rows = table_of(browser, f"{TEAM}{ASKED}")
    assert {name: cells[3:7] for name, cells in rows.items()} == {"Uw mensen": ["12", "3,00", "0,33", "−2,67"]}
    assert SPREAD not in tables_of(browser, f"{TEAM}{ASKED}")
    assert table_of(browser, f"{GROWTH}{ASKED}")["Iedereen samen"][3:7] == ["12", "3,00", "0,33", "−2,67"]


def test_of_two_case_managers_with_ten_people_there_is_no_spread(client: Browser) -> None:
    _municipality, team, _workers = a_town({**CAME, "Cees Claes": ("4", 4, 5)})
    tables = tables_of(signed_in(client, a_team_leader(team)), f"{TEAM}{ASKED}")
    assert SPREAD not in tables
    assert "minder dan drie casemanagers" in tables[FAR].foot


def test_files_hold_the_means_with_their_decimals(town: Town, client: Browser) -> None:
    browser = signed_in(client, a_coordinator(town[0]))
    written = browser.get(f"{GROWTH}bestand/csv/{ASKED}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written), delimiter=";"))
    (row,) = [row for row in rows if (row["Trede"], row["Groeipotentieel"]) == ("1", "Met")]
    assert (row["Treden verwacht"], row["Treden bereikt"], row["Verschil in treden"]) == ("1,67", "0,33", "-1,33")


def test_of_a_year_that_is_not_over_nothing_is_said(town: Town, client: Browser) -> None:
    browser = signed_in(client, a_coordinator(town[0]))
    early = "?on=2024-06-30&compared_with=2023-12-31"
    assert FAR not in tables_of(browser, f"{GROWTH}{early}")
    assert FAR not in tables_of(browser, f"{TEAM}{early}")


def test_with_people_handed_over_there_are_bounds_and_no_verdict(town: Town, client: Browser) -> None:
    municipality, team, workers = town
    consent(municipality)
    other = a_team(municipality, "Zuid")
    client_gone = a_client(municipality)
    in_caseload(client_gone, workers["Cees Claes"], since=FIRST, until=date(2024, 6, 1), team=team)
    in_caseload(client_gone, a_case_manager(other, name="Dirk Dam"), since=date(2024, 6, 1), team=other)
    placed(client_gone, "1", on=FIRST, growth="yes", expected="4")
    browser = signed_in(client, a_team_leader(team))
    rows = table_of(browser, f"{TEAM}{ASKED}")
    # 12 x -2,67 and one from 5 below to 5 above, of 13: it stands where the difference would.
    between = "−2,85\N{NO-BREAK SPACE}tot\N{NO-BREAK SPACE}−2,07"
    assert rows["Cees Claes"][4:8] == ["3,00", "", between, ""], "what was expected is known of then"
    assert len(rows["Cees Claes"]) == 11
    told = tables_of(signed_in(client, workers["Cees Claes"]), f"{TEAM}{ASKED}")[FAR]
    assert {"Bereikt", "Hoe zeker"} & {one.label for one in told.headings} == set()  # empty on the one line that it has
    assert [cell.text for cell in told.rows[0].cells][5:7] == ["3,00", between]
    page = browser.get(f"{TEAM}{ASKED}")
    assert not any(
        "Treden verwacht en bereikt" in str(picture.name) for picture, _ in page.context["sections"] if picture
    )
    assert "geen gemiddelde van wat er kwam" in tables_of(browser, f"{TEAM}{ASKED}")[FAR].foot


def test_who_expects_less_far_than_it_comes_and_clearly_so_is_told_too() -> None:
    """Of thirty people of one half come one level further and half two; of each of the others one less, or as far."""

    def reach(*apart: int) -> Reach:
        return Reach({"2": {Steps(Fraction(1), Fraction(1 + one)): 15 for one in apart}})

    groups = {"a": reach(1, 2), **{other: reach(-1, 0) for other in "bcdefg"}}
    assert verdicts(groups, ["a"]) == {"a": ReachVerdict.TOO_SHORT}
    nearer = {"a": reach(-1, 0), **{other: reach(-2, -1) for other in "bcdefg"}}
    assert verdicts(nearer, ["a"]) == {"a": ReachVerdict.ALIKE}, "less far off than the others, and yet too far"
