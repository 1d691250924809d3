"""Report `coverage`: placed ever, in the last year, twice; code 0 apart; and one line on every other report."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.clients.logic import MembershipRow
from opstap.clients.operations import create_programme, record_memberships
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
BY = command_line()
ON = ("--on", "2024-06-15")
PAGE = "/rapporten/dekking/?on=2024-06-15"
LONG_AGO, LATELY, LATER = date(2022, 1, 1), date(2024, 1, 1), date(2024, 7, 1)
KEYS = ("base", "placed", "placed_last_year", "placed_twice", "not_determined", "not_placed")
PLACED = (
    (("2", LONG_AGO), ("3", LATELY)),
    (("2", LONG_AGO),),
    (("4", LATELY),),
    (("0", LATELY),),
    (("2", LATER),),
    (),
)  # fmt: skip


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    kik = create_programme(by=BY, municipality=municipality, name="Kansen in Kaart")
    for number, placements in enumerate(PLACED):
        client = a_client(municipality)
        for code, day in placements:
            placed(client, code, on=day)
        if number % 2 == 0:
            in_caseload(client, team=team)
        if number < 3:
            until = date(2024, 6, 1) if number == 2 else None
            record_memberships(by=BY, rows=[MembershipRow(client.pk, kik.pk, LONG_AGO, until)])
    return municipality


@pytest.mark.covers("G-3", "B-47", "B-28", page="/rapporten/dekking/")
def test_ever_lately_and_twice_with_code_0_apart(town: Municipality, report: Report) -> None:
    found = report("coverage", *ON)
    (row,) = found["rows"]
    assert [row[key] for key in KEYS] == [6, 3, 2, 1, 1, 2]
    assert (row["group"], row["placed_share"], row["placed_last_year_share"], row["placed_twice_share"]) == (
        None, 50.0, 33.3, 16.7,
    )  # fmt: skip
    assert found["base"] == 6
    assert found["totals"]["not_determined"] == 1
    assert report("coverage", *ON, "--scale", "groningen")["rows"][0]["placed"] == 0
    assert report("coverage", "--on", "2024-07-01")["rows"][0]["placed"] == 4


@pytest.mark.covers("A-12", page="/rapporten/dekking/")
def test_by_programme_it_is_the_membership_of_the_day(town: Municipality, report: Report) -> None:
    rows = {row["group"]: [row[key] for key in KEYS] for row in report("coverage", *ON, "--by", "programme")["rows"]}
    assert rows == {"Kansen in Kaart": [2, 2, 1, 1, 0, 0], "unknown": [4, 1, 1, 0, 1, 2]}
    teams = {row["group"]: row["base"] for row in report("coverage", *ON, "--by", "team")["rows"]}
    assert teams == {"Noord": 3, "unknown": 3}


@pytest.mark.covers("B-47", "G-3", page="/rapporten/dekking/")
def test_lately_is_within_the_months_after_which_a_placement_is_old(
    town: Municipality, report: Report, client: Browser
) -> None:
    a_setting(town, "placement_months", 5, since=date(2024, 6, 10))
    assert report("coverage", *ON)["rows"][0]["placed_last_year"] == 0
    assert report("coverage", "--on", "2024-06-09")["rows"][0]["placed_last_year"] == 2  # 12 held until then
    assert report("coverage", "--on", "2024-07-02")["rows"][0]["placed_last_year"] == 1
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/rapporten/dekking/?on=2024-07-02")
    text = page.content.decode()
    assert "1 (16,7\xa0%) in de laatste 5 maanden" in text
    assert "laatste 12 maanden" not in text
    headings = [heading.label for heading in page.context["sections"][0][1].headings]
    assert "In de laatste 5 maanden" in headings
    listed = client.get("/rapporten/dekking/mensen/?on=2024-07-02&having=placed_last_year")
    assert listed.context["page_obj"].paginator.count == 1
    assert "geplaatst in de laatste 5 maanden" in listed.content.decode()
    saved = client.get("/rapporten/dekking/bestand/csv/?on=2024-07-02").content.decode("utf-8-sig")
    assert "In de laatste 5 maanden" in saved.splitlines()[0]


def test_as_known_before_anything_was_recorded_there_is_nobody(town: Municipality, report: Report) -> None:
    assert report("coverage", *ON, "--known-at", "2020-01-01")["base"] == 0


def test_the_page_says_it_and_every_figure_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    for address in (PAGE, f"{PAGE}&by=programme"):
        page = client.get(address)
        cells = [
            (cell.url, cell.text) for row in page.context["sections"][0][1].rows for cell in row.cells[1:] if cell.url
        ]
        assert len(cells) > 5
        for url, text in cells:
            assert client.get(url).context["page_obj"].paginator.count == int(text)
    text = client.get(PAGE).content.decode()
    assert (
        "Van de 6 mensen in begeleiding zijn er 3 (50,0\xa0%) ooit geplaatst op deze ladder; 2 (33,3\xa0%) in" in text
    )
    assert "Van 1 persoon is nog nooit een trede bepaald." in text
    nobody = client.get("/rapporten/dekking/mensen/?on=2024-06-15&having=not_placed")
    assert "zonder plaatsing" in nobody.content.decode()
    assert client.get("/rapporten/dekking/mensen/?having=iets").status_code == 400


@pytest.mark.covers("A-18", page="/rapporten/plaatsing/")
@pytest.mark.parametrize("name", [name for name in REPORTS if name != "coverage"])
def test_it_stands_as_one_line_on_every_other_report(
    town: Municipality, report: Report, client: Browser, name: str
) -> None:
    line = "Van de 6 mensen in begeleiding zijn er 3 (50,0\xa0%) ooit geplaatst op "
    assert any(note.startswith(line) for note in report(name, *ON)["notes"])
    assert not any(note.startswith(line) for note in report("coverage", *ON)["notes"])
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    slug = REPORTS[name].definition.slug
    assert line in client.get(f"/rapporten/{slug}/?on=2024-06-15").content.decode()
    sheet = client.get(f"/rapporten/{slug}/bestand/ods/?on=2024-06-15").content
    assert line in zipfile.ZipFile(io.BytesIO(sheet)).read("content.xml").decode()


def test_neither_the_report_nor_the_line_costs_more_queries(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    for address in (PAGE, "/rapporten/plaatsing/?on=2024-06-15"):
        forget_all()
        with CaptureQueriesContext(connection) as first_of_a_process:
            client.get(address)
        assert len(first_of_a_process) <= 16  # one of them: who is kept from the viewer
    client.get(f"{PAGE}&by=programme")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{PAGE}&by=programme")
    assert len(captured) <= 15


def test_the_published_caseload(sneek: Municipality, report: Report) -> None:
    found = report("coverage", "--on", "2010-09-15")
    (row,) = found["rows"]
    assert (row["base"], row["placed"], row["placed_share"]) == (1166, 1162, 99.7)
    assert row["placed"] + row["not_determined"] + row["not_placed"] == 1166
