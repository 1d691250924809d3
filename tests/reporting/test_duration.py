"""Report `duration`: nine people by level and time on benefit, counted by hand; its page, its people and its files."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload, on_benefit
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-06-15")
PAGE = "/rapporten/trede-en-uitkeringsduur/?on=2024-06-15"
BACKEND = "django.contrib.auth.backends.ModelBackend"

# Level; and since when on benefit (a year, or from and until), empty: nothing recorded.
PEOPLE = (
    ("1", "2024-01-01", ""),
    ("1", "2013-01-01", ""),
    ("1", "2018-06-15", ""),  # six years to the day
    ("2-", "2014-06-15", ""),  # ten years to the day
    ("2+", "2014-06-16", ""),  # a day less
    ("2", "2022-01-01", ""),
    ("6", "2019-01-01", "2024-01-01"),  # ended
    ("3", "", ""),
    ("", "2023-01-01", ""),
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, since, until) in enumerate(PEOPLE):
        client = a_client(municipality)
        if level:
            placed(client, level, on=date(2024, 1, 1))
        if since:
            on_benefit(client, date.fromisoformat(since), date.fromisoformat(until) if until else None)
        if number < 3:
            in_caseload(client, team=team, worker=worker)
    return municipality


@pytest.mark.covers("C-03", "C-04", page="report duration")
def test_each_level_by_class_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("duration", *ON)
    cells = {(row["level"], row["duration"]): row["clients"] for row in found["rows"] if row["clients"]}
    assert cells == {
        ("1", "<1"): 1,
        ("1", "5-10"): 1,
        ("1", ">=10"): 1,
        ("2", "2-5"): 1,
        ("2", "5-10"): 1,
        ("2", ">=10"): 1,
        ("3", "not_known"): 1,
        ("6", "no_benefit"): 1,
        (None, "1-2"): 1,
    }
    totals = found["totals"]
    assert totals["clients"] == found["base"] == 9
    assert (totals["long_from"], totals["long"], totals["long_share"]) == (5, 4, 50.0)  # of eight of whom it is known
    assert (totals["long_low"], totals["long_high"]) == (21.5, 78.5)  # Wilson: 21.52 and 78.48 %
    shares = {row["duration"]: row["share"] for row in found["rows"] if row["level"] == "1"}
    assert shares["<1"] == 33.3


@pytest.mark.covers("C-03", page="/rapporten/trede-en-uitkeringsduur/")
def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(PAGE)
    cells = figures_of(page)
    assert len(cells) == 9 + 5 + 7 + 1  # in the cells, the total of each level, of each class, and of all
    each_leads_to_its_people(client, cells)
    drawn = str(page.context["sections"][0][0].svg)
    for words in ("Geïsoleerd", "korter dan 1 jaar", "10 jaar of langer", "geen uitkering"):
        assert words in drawn
    text = page.content.decode()
    assert "9 mensen in begeleiding: 7 met een uitkering op deze dag, 1 zonder" in text
    assert "50\xa0% al 5 jaar of langer een uitkering" in text


@pytest.mark.parametrize(("long_on_one", "long_on_two", "is_said"), [(7, 5, False), (12, 5, True)])
def test_where_they_are_most_is_said_only_when_it_is_more_than_chance(
    client: Browser, long_on_one: int, long_on_two: int, is_said: bool
) -> None:
    town = a_municipality()
    for level, long in (("1", long_on_one), ("2", long_on_two)):
        for number in range(12):
            someone = a_client(town)
            placed(someone, level, on=date(2024, 1, 1))
            on_benefit(someone, date(2010 if number < long else 2023, 1, 1), None)
    client.force_login(a_coordinator(town), backend=BACKEND)
    assert ("Op trede 1 Geïsoleerd is dat het vaakst zo" in client.get(PAGE).content.decode()) == is_said


def test_a_name_stands_above_the_people_of_a_cell(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    people = "/rapporten/trede-en-uitkeringsduur/mensen/?on=2024-06-15"
    assert (
        client.get(f"{people}&level=2&duration=%3E%3D10").context["cell"]
        == "2 Sociale contacten buitenshuis, 10 jaar of langer"
    )
    assert client.get(f"{people}&duration=no_benefit").context["cell"] == "geen uitkering"
    assert client.get(f"{people}&duration=never").status_code == 400


@pytest.mark.covers("C-03", page="report duration")
def test_the_municipality_chooses_its_own_classes(town: Municipality, report: Report) -> None:
    a_setting(town, "duration_classes", "3,10", date(2024, 1, 1))
    found = report("duration", *ON)
    counted = {row["duration"]: row["clients"] for row in found["totals"]["durations"]}
    assert counted == {"<3": 3, "3-10": 2, ">=10": 2, "no_benefit": 1, "not_known": 1}
    assert found["totals"]["long_from"] == 3
    before = report("duration", "--on", "2023-12-31")["totals"]["durations"]
    assert [row["duration"] for row in before][:2] == ["<1", "1-2"]
    by_class = report("placement", *ON, "--by", "benefit-duration")["totals"]["groups"]
    assert {one["group"]: one["clients"] for one in by_class} == {"<3": 3, "3-10": 2, ">=10": 2, "unknown": 2}


def test_who_has_a_caseload_counts_that_alone(town: Municipality, report: Report) -> None:
    own = report("duration", *ON, "--as", "Jo Jansen")
    assert (own["base"], own["totals"]["long"]) == (3, 2)


def test_by_team_the_groups_stand_below_each_other(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    tables = [table for _picture, table in client.get(f"{PAGE}&by=team").context["sections"] if table]
    rows = {row.cells[0].text: row.cells[-1] for row in tables[1].rows}
    assert {name: cell.text for name, cell in rows.items()} == {"Noord": "3", "zonder team": "6", "Iedereen samen": "9"}
    assert client.get(rows["Noord"].url).context["page_obj"].paginator.count == 3


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 20
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


def test_files_hold_the_rows_and_the_matrix(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    file = "/rapporten/trede-en-uitkeringsduur/bestand/{}/?on=2024-06-15"
    assert client.get(file.format("xlsx")).status_code == client.get(file.format("ods")).status_code == 200
    text = client.get(f"{file.format('csv')}&table=matrix").content.decode("utf-8-sig")
    heading, first, *_others = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[1] == "korter dan 1 jaar"
    assert first == ["1 Geïsoleerd", "1", "0", "0", "1", "1", "0", "0", "3"]
