"""Movement between two days, counted by hand on eight people: command, page, people behind a cell, files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from opstap.accounts.models import User
from opstap.audit.permissions import command_line
from opstap.clients.logic import FollowUpRow
from opstap.clients.models import FollowUp
from opstap.clients.operations import record_follow_ups
from opstap.config.commands import report_command
from opstap.foundation.dates import clock_at
from opstap.ladder.models import Scale
from opstap.municipality.models import Municipality
from tests.reporting.conftest import SNEEK, Load, Report

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]

FIRST = (
    "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2020;1;ja",
    "2;Jansen;01-01-1980;01-01-2020;;Pw;01-02-2020;2-;ja",
    "3;Visser;01-01-1980;01-01-2020;;Pw;01-02-2020;4;nee",
    "4;Smit;01-01-1980;01-01-2020;;Pw;01-02-2020;2;nee",
    "5;Boer;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja",
    "6;Mulder;01-01-1980;01-01-2020;;Pw;;;",
    "8;Peters;01-01-1980;01-01-2020;;Pw;01-02-2020;6;",
)
SECOND = (
    "1;Bakker;01-01-1980;01-01-2020;;Pw;01-12-2020;3-;ja",
    "2;Jansen;01-01-1980;01-01-2020;;Pw;01-12-2020;2+;ja",
    "3;Visser;01-01-1980;01-01-2020;;Pw;01-12-2020;3+;nee",
    "4;Smit;01-01-1980;01-01-2020;;Pw;01-02-2020;2;nee",
    "5;Boer;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja",
    "6;Mulder;01-01-1980;01-01-2020;;Pw;01-12-2020;5;ja",
    "7;Vos;01-01-1980;01-06-2020;;Pw;01-12-2020;2;ja",
    "8;Peters;01-01-1980;01-01-2020;;Pw;01-12-2020;6;",
)
CELLS = {
    ("1", "3"): 1,
    ("2", "2"): 1,
    ("2", "left"): 1,
    ("2", "not_measured_again"): 1,
    ("4", "3"): 1,
    ("6", "6"): 1,
}
PAGE = "/rapporten/beweging/?on=2021-03-01"
DAYS = ("--on", "2021-03-01", "--compared-with", "2020-03-01")


@pytest.fixture
def eight(load: Load) -> Municipality:
    load("2020-03-01", *FIRST)
    load("2021-03-01", *SECOND)
    spell = FollowUp.objects.current().get(client__number="4")
    closed = FollowUpRow(spell.client_id, spell.starts_on, date(2020, 10, 1), replaces_id=spell.pk)
    with clock_at(datetime(2021, 3, 2, tzinfo=UTC)):
        record_follow_ups(by=command_line(), rows=[closed])
    return Municipality.objects.get()


def cells(found: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(row["from"], row["to"]): row["clients"] for row in found["rows"] if row["clients"]}


@pytest.mark.covers("B-41", "G-4", "G-5", "B-46", "B-47")
def test_the_command_counts_what_was_counted_by_hand(eight: Municipality, report: Report) -> None:
    found = report("movement", *DAYS)
    assert cells(found) == CELLS
    assert found["totals"] == {
        "cohort": 6,
        "in_follow_up": 7,
        "risen": 1,
        "risen_share": 16.7,
        "level": 2,
        "level_share": 33.3,
        "fallen": 1,
        "fallen_share": 16.7,
        "left": 1,
        "left_share": 16.7,
        "not_measured_again": 1,
        "not_measured_again_share": 16.7,
        "entered": 2,
    }
    assert (found["base"], found["on"], found["compared_with"]) == (6, "2021-03-01", "2020-03-01")
    assert {(one["to"], one["clients"]) for one in found["entries"] if one["clients"]} == {("2", 1), ("5", 1)}
    shares = {row["to"]: row["share"] for row in found["rows"] if row["from"] == "2"}
    assert shares["left"] == 33.3
    assert {row["share"] for row in found["rows"] if row["from"] == "3"} == {None}
    assert {tuple(row) for row in found["rows"]} == {("from", "to", "clients", "share")}


def test_a_year_before_is_compared_when_nothing_is_said(eight: Municipality, report: Report) -> None:
    assert report("movement", "--on", "2021-03-01") == report("movement", *DAYS)


@pytest.mark.covers("B-14")
def test_what_was_known_before_the_second_file_comes_out_again(eight: Municipality, report: Report) -> None:
    before = report("movement", *DAYS, "--known-at", "2020-12-31")
    assert before["totals"]["cohort"] == before["totals"]["not_measured_again"] == 6
    assert before["totals"]["entered"] == 0


@pytest.mark.covers("G-5", page="report movement")
def test_a_scale_that_counts_half_levels_sees_the_small_step(eight: Municipality, report: Report) -> None:
    Scale.objects.filter(key="vng").update(growth_on_halves=True)
    found = report("movement", *DAYS)
    assert (found["totals"]["risen"], found["totals"]["level"], found["totals"]["fallen"]) == (2, 1, 1)
    assert cells(found)["2-", "2+"] == 1
    assert cells(found)["1", "3-"] == 1


def test_a_grouping_says_same_and_moved(eight: Municipality, report: Report) -> None:
    totals = report("movement", *DAYS, "--scale", "steenwijkerland")["totals"]
    assert {"same", "moved", "left", "not_measured_again", "entered"} <= set(totals)
    assert not {"risen", "level", "fallen"} & set(totals)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--on", "2021-03-01", "--compared-with", "2021-03-01"], "01-03-2021, moet vóór de peildatum liggen"),
        (["--on", "2021-03-01", "--compared-with", "2022-01-01"], "01-01-2022, moet vóór de peildatum liggen"),
        (["--on", "2021-03-01", "--compared-with", "31-02-2020"], "is geen dag"),
    ],
)
def test_the_wrong_way_round_is_refused(
    eight: Municipality, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report_command.run(["movement", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.covers("B-01", "B-41", "B-58", "B-60", "A-11", page="/rapporten/beweging/")
def test_the_page_says_it_in_a_sentence_two_charts_and_two_tables(eight: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(eight, "coordinator")
    page = client.get(PAGE)
    text = page.content.decode()
    assert page.context["lead"].startswith(
        "Van de 6 mensen die op 1 mrt 2020 geplaatst waren, zijn er 1 gestegen (16,7\xa0%), 2 gelijk gebleven"
    )
    assert "Nieuw op de ladder: 2." in text
    charts = [picture.svg for picture, _table in page.context["sections"]]
    assert "▲ Gestegen" in charts[0]
    assert "2 Sociale contacten buitenshuis → Uit begeleiding: 1" in charts[1]
    outcomes, matrix = (table for _picture, table in page.context["sections"])
    assert [[cell.text for cell in row.cells] for row in outcomes.rows] == [
        ["▲ Gestegen", "1", "16,7\xa0%"],
        ["= Gelijk gebleven", "2", "33,3\xa0%"],
        ["▼ Gedaald", "1", "16,7\xa0%"],
        ["Uit begeleiding", "1", "16,7\xa0%"],
        ["Niet opnieuw geplaatst", "1", "16,7\xa0%"],
        ["Totaal", "6", ""],
        ["Nieuw op de ladder", "2", ""],
    ]
    two = next(row for row in matrix.rows if row.cells[0].level == "2")
    assert [cell.text for cell in two.cells[1:]] == ["0", "1", "0", "0", "0", "0", "1", "1", "3"]


def test_every_cell_leads_to_as_many_people_as_it_says(eight: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(eight, "coordinator")
    followed = 0
    for path in (PAGE, PAGE + "&by=benefit", PAGE + "&where=benefit=participatiewet"):
        for _picture, table in client.get(path).context["sections"]:
            for row in table.rows:
                for cell in (cell for cell in row.cells if cell.url):
                    people = client.get(cell.url)
                    assert people.context["page_obj"].paginator.count == int(cell.text), cell.url
                    followed += 1
    assert followed > 40


@pytest.mark.covers("B-41", "C-02", page="/rapporten/beweging/mensen/")
def test_the_people_of_a_cell_are_shown_with_both_levels(eight: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(eight, "coordinator")
    page = client.get("/rapporten/beweging/mensen/?on=2021-03-01&from=4&to=3")
    (row,) = page.context["people"]
    assert (row.name, row.earlier, row.level) == ("Visser", "4", "3+")
    text = page.content.decode()
    assert "van 4 Onbetaald werk naar 3 Deelname" in text
    assert "Trede op 1 mrt 2020" in text
    left = client.get("/rapporten/beweging/mensen/?on=2021-03-01&outcome=left")
    assert [one.name for one in left.context["people"]] == ["Smit"]
    assert client.get("/rapporten/beweging/mensen/?on=2021-03-01&from=9").status_code == 400
    assert client.get("/rapporten/beweging/mensen/?on=2021-03-01&outcome=flown").status_code == 400


def test_groups_are_those_of_the_start_and_add_up(eight: Municipality, report: Report) -> None:
    whole = report("movement", *DAYS)["totals"]
    groups = report("movement", *DAYS, "--by", "sex")["totals"]["groups"]
    for key in ("cohort", "risen", "level", "fallen", "left", "not_measured_again", "entered"):
        assert sum(group[key] for group in groups) == whole[key]


def test_files_hold_the_ways_and_the_outcomes_in_words(eight: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(eight, "coordinator")
    text = client.get("/rapporten/beweging/bestand/csv/?on=2021-03-01").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0] == ["Van", "Naar", "Cliënten", "%"]
    assert ["4 Onbetaald werk", "3 Deelname aan georganiseerde activiteiten", "1", "100,0"] in rows
    assert ["Totaal", "▲ Gestegen", "1", "16,7"] in rows
    for kind in ("xlsx", "ods"):
        content = client.get(f"/rapporten/beweging/bestand/{kind}/?on=2021-03-01").content
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert book.get_sheet_by_index(0).to_python()[-4][:3] == ["Totaal", "Uit begeleiding", 1.0]
        told = book.get_sheet_by_name("Toelichting").to_python()
        assert any("Vergeleken met: 1 mrt 2020" in str(line) for line in told)


def test_outsiders_are_refused_and_the_fragment_equals_the_page(eight: Municipality, signed_in: SignedIn) -> None:
    assert signed_in(eight, "functional_administrator").get(PAGE).status_code == 403
    client = signed_in(eight, "coordinator")
    whole = client.get(PAGE).content.decode()
    fragment = client.get(PAGE, headers={"hx-request": "true"}).content.decode().strip()
    assert fragment in whole
    client.get(PAGE + "&by=team")
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE + "&by=team")
    assert len(captured) <= 15
    with CaptureQueriesContext(connection) as listed:
        client.get("/rapporten/beweging/mensen/?on=2021-03-01&outcome=level")
    assert len(listed) <= 15


def test_nobody_at_the_start_says_so(eight: Municipality, signed_in: SignedIn) -> None:
    page = signed_in(eight, "coordinator").get("/rapporten/beweging/?on=2020-01-15&compared_with=2010-01-01")
    assert page.status_code == 200
    assert "Op 1 jan 2010 was niemand in begeleiding en op deze ladder geplaatst" in page.content.decode()


@pytest.mark.covers("B-35", "B-48")
def test_a_case_manager_counts_the_own_people_of_the_start(sneek: Municipality, report: Report) -> None:
    days = ("--on", "2010-09-15", "--compared-with", "2010-07-01")
    worker = User.objects.get(name="CM02")
    seen = report("movement", *days, "--as", worker.name)
    groups = report("movement", *days, "--by", "worker")["totals"]["groups"]
    own = next(group for group in groups if group["group"] == "CM02")
    assert {key: seen["totals"][key] for key in own if key != "group"} == {k: v for k, v in own.items() if k != "group"}
    assert "naar de caseload van 1 jul 2010" in seen["notes"][0]


def test_the_example_file_has_one_placement_each_so_nobody_moves(sneek: Municipality, report: Report) -> None:
    found = report("movement", "--on", "2010-09-15", "--compared-with", "2010-06-30")
    with SNEEK.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter=";") if row["Trede"]]
    placed = [date(*(int(part) for part in reversed(row["Datum meting"].split("-")))) for row in rows]
    by_then = sum(day <= date(2010, 6, 30) for day in placed)
    assert found["totals"]["cohort"] == found["totals"]["not_measured_again"] == by_then > 100
    assert found["totals"]["entered"] == sum(date(2010, 6, 30) < day <= date(2010, 9, 15) for day in placed)


def test_no_personal_data_stands_in_an_address(eight: Municipality, signed_in: SignedIn) -> None:
    text = signed_in(eight, "coordinator").get(PAGE + "&by=benefit").content.decode()
    links = re.findall(r'href="([^"]*mensen[^"]*)"', text)
    assert links
    assert not any("Bakker" in link or "1980" in link for link in links)
