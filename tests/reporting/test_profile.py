"""Report `profile`: what eight people have in common, counted by hand; its page, its people and its files."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import User
from opstap.audit.permissions import command_line
from opstap.clients.logic import ExemptionRow
from opstap.clients.operations import record_exemptions
from opstap.config.commands import report_command
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
BY = command_line()
NBSP = "\xa0"
SINCE, ON = date(2024, 1, 1), ("--on", "2024-06-15")
PAGE = "/rapporten/caseload-in-cijfers/?on=2024-06-15"

# Level, growth, low-literate, qualified, integration, income, instrument (o: on record, f: a file says so), exempt.
PEOPLE = (
    ("1", "yes", "yes", "no", "duty", "benefit_only", "o", True),
    ("1", "no", "yes", "no", "none", "benefit_only", "", False),
    ("2", "yes", "no", "yes", "need", "benefit_and_work", "", False),
    ("2", "yes", "", "no", "", "", "f", False),
    ("2", "", "no", "", "unknown", "benefit_only", "", True),
    ("6", "", "no", "yes", "none", "work", "", False),
    ("0", "", "", "", "", "", "", False),
    ("", "", "", "", "", "", "", False),
)  # fmt: skip


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, growth, literate, qualified, integration, income, instrument, exempt) in enumerate(PEOPLE):
        client = a_client(municipality)
        if level:
            placed(client, level, on=SINCE, growth=growth or "unknown")
        for kind, value in (
            ("low_literate", literate),
            ("basic_qualification", qualified),
            ("integration", integration),
            ("income_situation", income),
            ("instrument_in_use", "yes" if instrument == "f" else ""),
        ):
            if value:
                with_trait(client, kind, value, SINCE)
        if instrument == "o":
            an_instrument(a_trajectory(client, since=SINCE))
        if exempt:
            record_exemptions(by=BY, rows=[ExemptionRow(client.pk, "care", SINCE)])
        if number in {0, 1, 2, 6}:
            in_caseload(client, team=team, worker=worker)
    return municipality


@pytest.mark.covers("B-29", "B-30", "B-31", "B-32", "B-33", "B-34", page="report profile")
def test_per_level_it_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    rows = {row["level"]: row for row in report("profile", *ON)["rows"]}
    features = ("growth", "instrument", "integration", "low_literacy", "no_qualification", "exemption")
    counted = {level: [row["clients"], *(row[key] for key in features)] for level, row in rows.items()}
    assert counted == {
        "0": [1, None, 0, 0, 0, 0, 0],
        "1": [2, 1, 1, 1, 2, 2, 1],
        "2": [3, 2, 1, 1, 0, 1, 1],
        "3": [0, 0, 0, 0, 0, 0, 0],
        "4": [0, 0, 0, 0, 0, 0, 0],
        "5": [0, 0, 0, 0, 0, 0, 0],
        "6": [1, None, 0, 0, 0, 0, 0],
        None: [1, None, 0, 0, 0, 0, 0],
    }
    assert rows["2"]["integration_unknown"] == 2
    assert (rows["2"]["growth_share"], rows["2"]["growth_unknown"]) == (100.0, 1)
    assert rows["0"]["low_literacy_share"] is None
    assert rows["0"]["low_literacy_unknown"] == 1


@pytest.mark.covers("B-20", "B-21", "B-22", "B-23", "B-24", "B-25", "B-26", "B-27", page="report profile")
def test_in_all_each_share_is_of_those_known_and_says_how_sure_it_is(town: Municipality, report: Report) -> None:
    totals = report("profile", *ON)["totals"]
    assert totals["clients"] == 8
    assert (totals["growth"], totals["growth_share"], totals["growth_unknown"]) == (3, 75.0, 1)
    assert (totals["low_literacy"], totals["low_literacy_share"], totals["low_literacy_unknown"]) == (2, 40.0, 3)
    assert (totals["low_literacy_low"], totals["low_literacy_high"]) == (11.7, 77.0)  # Wilson: 11.76 and 76.93 %
    assert (totals["no_qualification"], totals["no_qualification_share"]) == (3, 60.0)
    assert (totals["integration"], totals["integration_share"], totals["integration_unknown"]) == (2, 50.0, 4)
    assert (totals["instrument"], totals["instrument_share"], totals["instrument_low"]) == (2, 25.0, None)
    assert (totals["exemption"], totals["exemption_share"], totals["exemption_low"]) == (2, 25.0, None)
    income = {row["income"]: row["clients"] for row in totals["income"] if row["clients"]}
    assert income == {"benefit_only": 3, "benefit_and_work": 1, "work": 1, None: 3}


@pytest.mark.covers("B-25", "B-29", page="report profile")
def test_what_they_live_on_is_counted_by_level_and_closes(
    town: Municipality, report: Report, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    found = report("profile", *ON)
    income = {row["income"]: row for row in found["totals"]["income"] if row["clients"]}
    counted = {
        code: {one["level"]: one["clients"] for one in row["levels"] if one["clients"]} for code, row in income.items()
    }
    assert counted == {
        "benefit_only": {"1": 2, "2": 1},
        "benefit_and_work": {"2": 1},
        "work": {"6": 1},
        None: {"2": 1, "0": 1, None: 1},
    }
    shares = {code: (row["share"], row["low"], row["high"]) for code, row in income.items()}
    assert shares["benefit_only"] == (60.0, 23.0, 88.3)  # of the five known; Wilson: 23.07 and 88.24 %
    assert shares[None] == (None, None, None)
    every = found["totals"]["income"]
    assert sum(row["clients"] for row in every) == found["base"] == 8
    for row in found["rows"]:
        on_level = [one["clients"] for of in every for one in of["levels"] if one["level"] == row["level"]]
        assert sum(on_level) == row["clients"], row["level"]
    capsysbinary.readouterr()
    assert report_command.run(["profile", *ON, "--table", "matrix", "--format", "csv"]) == 0
    lines = capsysbinary.readouterr().out.decode("utf-8-sig").splitlines()
    assert [line.split(";", 1)[1] for line in lines[1:]] == [
        "0;2;1;0;0;0;0;0;3",
        "0;0;1;0;0;0;0;0;1",
        "0;0;0;0;0;0;1;0;1",
        "1;0;1;0;0;0;0;1;3",
        "1;2;3;0;0;0;1;1;8",
    ]


def test_what_is_not_on_the_list_counts_beside_another_income_that_is(
    town: Municipality, report: Report, client: Browser
) -> None:
    for situation, persons in (("other", 3), ("gone_from_the_list", 2)):
        for _ in range(persons):
            with_trait(a_client(town), "income_situation", situation, SINCE)
    found = report("profile", *ON)
    every = found["totals"]["income"]
    counts = {row["income"]: row["clients"] for row in every}
    assert (counts["other"], counts["not on the list"]) == (3, 2)
    assert sum(counts.values()) == found["base"] == 13
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    rows = {row.cells[0].text: row.cells for row in client.get(PAGE).context["sections"][-1][1].rows}
    assert rows["Ander inkomen, geen uitkering"][-2].text == "3"
    assert len(client.get(rows["Ander inkomen, geen uitkering"][-2].url).context["page_obj"].object_list) == 3
    assert (rows["Anders, niet op de lijst"][-2].text, rows["Anders, niet op de lijst"][-2].url) == ("2", "")


def test_where_no_instrument_was_ever_recorded_nothing_is_known_of_who_has_none(report: Report) -> None:
    municipality = a_municipality()
    clients = [a_client(municipality) for _ in range(3)]
    with_trait(clients[0], "instrument_in_use", "no", SINCE)
    totals = report("profile", *ON)["totals"]
    assert (totals["instrument"], totals["instrument_share"], totals["instrument_unknown"]) == (0, 0.0, 2)


def test_that_a_colleague_records_instruments_tells_nobody_else_anything(report: Report) -> None:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    own, other = a_client(municipality), a_client(municipality)
    in_caseload(own, team=team, worker=worker)
    before = report("profile", *ON, "--as", "Jo Jansen")["totals"]
    assert before["instrument_unknown"] == 1
    an_instrument(a_trajectory(other, since=SINCE))
    assert report("profile", *ON, "--as", "Jo Jansen")["totals"] == before


def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(PAGE)
    sections = page.context["sections"]
    cells = [
        (cell.url, cell.text)
        for _picture, table in sections
        for row in table.rows
        for cell in row.cells[1:]
        if cell.url
    ]
    assert len(cells) > 30
    each_leads_to_its_people(client, cells)
    text = page.content.decode()
    assert "8 mensen in begeleiding, van wie 2 niet geplaatst of nog niet bepaald." in text
    assert "tussen 11\xa0% en 77\xa0%; van minder dan 10 mensen bekend" in text
    assert "exact: van iedereen bekend" in text
    assert "Een percentage van minder dan 10 mensen zegt weinig." in text
    # Below a share that is not known of everybody stands between what it lies; of instruments it is.
    by_level, income = sections[0][1], sections[-1][1]
    total = {cell.label: (cell.beside, cell.under) for cell in by_level.rows[-1].cells[1:]}
    assert total["Laaggeletterd"] == ("40,0\xa0%", "11–77\xa0%")
    assert total["Instrument"] == ("25,0\xa0%", "")
    assert "19 van de 20 keer" in by_level.foot
    benefit = income.rows[0].cells
    assert [cell.text for cell in benefit[1:]] == ["0", "2", "1", "0", "0", "0", "0", "0", "3", "60,0\xa0%"]
    assert benefit[-1].under == "23–89\xa0%"


@pytest.mark.covers("B-20", "B-21", "B-22", "B-23", "B-24", "B-25", "B-26", "B-27", "B-28", page="report profile")
def test_a_case_manager_counts_the_own_caseload_in_total_and_no_more(town: Municipality, report: Report) -> None:
    found = report("profile", *ON, "--as", "Jo Jansen")
    own = found["totals"]
    assert own["clients"] == found["base"] == 4
    assert {row["level"]: row["clients"] for row in found["rows"] if row["clients"]} == {"0": 1, "1": 2, "2": 1}
    assert (own["growth"], own["growth_share"], own["growth_unknown"]) == (2, 66.7, 0)
    told = {key: (own[key], own[f"{key}_unknown"]) for key in ("integration", "low_literacy", "no_qualification")}
    assert told == {"integration": (2, 1), "low_literacy": (2, 1), "no_qualification": (2, 1)}
    assert [own[key] for key in ("instrument", "instrument_share", "exemption", "exemption_share")] == [1, 25, 1, 25]
    income = {row["income"]: row["clients"] for row in own["income"] if row["clients"]}
    assert income == {"benefit_only": 2, "benefit_and_work": 1, None: 1}


@pytest.mark.covers("B-29", "B-30", "B-31", "B-32", "B-33", "B-34", "B-56", page="/rapporten/caseload-in-cijfers/")
def test_on_the_own_page_stand_a_chart_and_each_level_and_every_figure_leads_to_own_people(town: Municipality) -> None:
    browser = signed_in(User.objects.get(name="Jo Jansen"))
    page = browser.get(PAGE)
    assert "4 mensen in begeleiding, van wie 1 niet geplaatst of nog niet bepaald." in page.content.decode()
    (chart, by_level), *_others = page.context["sections"]
    assert "0: 1, 25,0 %, 1 0 Nog niet bepaald. 1: 2, 50,0 %, 2 1 Geïsoleerd." in str(chart.svg).replace(NBSP, " ")
    rows = {row.cells[0].level or row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in by_level.rows}
    # Clients, growth potential, instrument, integration, low literacy, no qualification, exemption.
    assert {level: rows[level] for level in ("0", "1", "2", "Totaal")} == {
        "0": ["1", "", "0", "0", "0", "0", "0"],
        "1": ["2", "1", "1", "1", "2", "2", "1"],
        "2": ["1", "1", "0", "1", "0", "0", "0"],
        "Totaal": ["4", "2", "1", "2", "2", "2", "1"],
    }
    cells = figures_of(page)
    assert len(cells) > 20
    each_leads_to_its_people(browser, cells)


@pytest.mark.covers("B-36", page="report profile")
def test_by_team_the_total_is_that_of_all(town: Municipality, report: Report) -> None:
    found = report("profile", *ON, "--by", "team")
    groups = {one["group"]: one for one in found["totals"]["groups"]}
    assert {name: one["clients"] for name, one in groups.items()} == {"Noord": 4, "unknown": 4}
    assert found["totals"]["low_literacy"] == sum(one["low_literacy"] for one in groups.values()) == 2


def test_nothing_can_be_asked_that_is_no_feature(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    people = "/rapporten/caseload-in-cijfers/mensen/?on=2024-06-15"
    assert client.get(f"{people}&having=origin").status_code == 400
    assert client.get(f"{people}&having=growth&answer=perhaps").status_code == 400


def test_a_municipality_without_plans_has_no_instruments_in_it(town: Municipality, report: Report) -> None:
    a_setting(town, "part.plans", "off", date(2024, 1, 1))
    found = report("profile", *ON)
    assert "instrument" not in found["totals"]
    assert "low_literacy" in found["totals"]


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 20
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_say_how_sure_each_share_is(town: Municipality, client: Browser, kind: str) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/rapporten/caseload-in-cijfers/bestand/{kind}/?on=2024-06-15")
    assert answer.status_code == 200
    if kind == "csv":
        heading = answer.content.decode("utf-8-sig").splitlines()[0]
        assert "Laaggeletterd minstens %" in heading
        assert "Laaggeletterd niet bekend" in heading
