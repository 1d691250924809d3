"""Report `ready`: fifteen people counted by hand; the working list and the indicator name the same people."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.dossier.selectors.attention import desk_of
from opstap.dossier.selectors.groups import ids_of_group
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates
from opstap.ladder.models import Scale
from opstap.municipality.models import Municipality
from opstap.selections.logic import READY
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.plans import a_trajectory
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-06-15")
PAGE = "/rapporten/klaar-voor-een-stap/?on=2024-06-15"
PEOPLE = "/rapporten/klaar-voor-een-stap/mensen/?on=2024-06-15"
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATELY, A_YEAR, LONG = "2024-01-01", "2023-06-15", "2022-01-01"

# Level, expected level, day of the placement; and a trajectory: from and until ("keeps": it keeps the level), its goal.
WAYS = (
    ("1", "2", LATELY, "", ""),  # ready
    ("1", "2", "2023-06-16", "", ""),  # ready: a day less than a year ago
    ("1", "2", A_YEAR, "", ""),  # a year ago to the day
    ("1", "2", LATELY, "2024-02-01", "", "2"),  # on their way
    ("2", "4", LATELY, "2024-02-01", "2024-06-15", "4"),  # ready: it ended
    ("2", "4", LATELY, "2024-07-01", "", "4"),  # ready: it had not begun
    ("2", "4", LATELY, "keeps", ""),  # ready: it keeps the level
    ("2+", "4", LATELY, "2024-02-01", "", "2"),  # ready: it leads no higher
    ("4", "5", LATELY, "2024-02-01", "", "3"),  # ready: it leads lower
    ("4", "5", LATELY, "2024-02-01", ""),  # where it leads was not recorded
    ("2-", "2+", LATELY, "", ""),  # no higher whole level
    ("3", "2", LATELY, "", ""),  # a lower one
    ("3", "", LATELY, "", ""),  # none known
    ("0", "3", LATELY, "", ""),  # not determined
    ("", "", "", "", ""),  # not placed
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (level, expected, on, since, until, *goal) in enumerate(WAYS):
        client = a_client(municipality)
        if level:
            placed(client, level, on=date.fromisoformat(on), expected=expected or None)
        if since:
            keeps = since == "keeps"
            starts = date(2024, 2, 1) if keeps else date.fromisoformat(since)
            ends = date.fromisoformat(until) if until else None
            a_trajectory(
                client,
                since=starts,
                until=ends,
                goal=goal[0] if goal else None,
                keeps=keeps,
                reason="goal_reached" if ends else "",
            )
        if number < 4:
            in_caseload(client, team=team, worker=worker)
    return municipality


@pytest.mark.covers("A-10", page="report ready")
def test_each_level_by_why_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("ready", *ON)
    cells = {(row["level"], row["readiness"]): row["clients"] for row in found["rows"] if row["clients"]}
    assert cells == {
        ("1", "ready"): 2,
        ("1", "long_ago"): 1,
        ("1", "on_their_way"): 1,
        ("2", "ready"): 4,
        ("4", "ready"): 1,
        ("4", "no_goal"): 1,
        ("2", "not_higher"): 1,
        ("3", "not_higher"): 1,
        ("3", "not_known"): 1,
        ("0", "not_placed"): 1,
        (None, "not_placed"): 1,
    }
    totals = found["totals"]
    assert (totals["clients"], totals["ready"], totals["ready_share"]) == (15, 7, 46.7)
    assert sum(one["clients"] for one in totals["readiness"]) == found["base"] == 15


def test_the_indicator_is_the_same_figure(town: Municipality, report: Report) -> None:
    row = next(row for row in report("indicators", *ON)["rows"] if row["indicator"] == "ready")
    assert [row[key] for key in ("name", "whole", "known", "has", "share")] == ["Klaar voor een stap", 15, 15, 7, 46.7]


@pytest.mark.covers("A-10", page="/rapporten/klaar-voor-een-stap/")
def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    for address in (PAGE, f"{PAGE}&by=team"):
        page = client.get(address)
        cells = figures_of(page)
        assert len(cells) >= 21
        each_leads_to_its_people(client, cells)
    text = client.get(PAGE).content.decode()
    assert "15 mensen in begeleiding: 7 klaar voor een stap (46,7\xa0%). Van 1 wordt een hogere" in text
    assert "Van de anderen van wie een hogere trede wordt verwacht, heeft 1 al een traject omhoog." in text
    assert "1 heeft een traject waarvan niet is vastgelegd waar het heen gaat." in text
    assert "Van 1 wordt een hogere trede verwacht, maar de plaatsing is van 12 maanden geleden of langer." in text
    assert "Van 3 is het niet te zeggen: niet geplaatst, of geen verwachte trede." in text


def test_a_name_stands_above_the_people_of_a_cell(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(f"{PEOPLE}&level=2&readiness=ready")
    assert page.context["cell"] == "2 Sociale contacten buitenshuis, klaar voor een stap"
    assert client.get(f"{PEOPLE}&readiness=long_ago").context["cell"] == "langer geleden geplaatst"
    assert client.get(f"{PEOPLE}&readiness=never").status_code == 400


def test_by_team_the_groups_stand_below_each_other(town: Municipality, report: Report) -> None:
    groups = {one["group"]: one for one in report("ready", *ON, "--by", "team")["totals"]["groups"]}
    assert {name: (one["clients"], one["ready"]) for name, one in groups.items()} == {
        "Noord": (4, 2),
        "unknown": (11, 5),
    }


def test_who_has_a_caseload_counts_that_alone(town: Municipality, report: Report) -> None:
    own = report("ready", *ON, "--as", "Jo Jansen")
    assert (own["base"], own["totals"]["ready"]) == (4, 2)


@pytest.mark.parametrize(("halves", "ready"), [(False, 1), (True, 2)])
def test_the_working_list_names_the_same_people(
    town: Municipality, report: Report, *, halves: bool, ready: int
) -> None:
    """One rule: also on a scale that counts half-levels."""
    Scale.objects.filter(key="vng").update(growth_on_halves=halves)
    for expected in ("3", "2+", "2-"):
        placed(a_client(town), "2-", on=dates.today(), expected=expected)
    counted = report("ready", "--on", dates.today().isoformat())["totals"]["ready"]
    assert len(ids_of_group(desk_of(town.pk, dates.today()), READY)) == counted == ready


def test_a_grouping_has_no_step_up(town: Municipality, client: Browser, report: Report) -> None:
    found = report("ready", *ON, "--scale", "steenwijkerland")
    assert {one["readiness"] for one in found["totals"]["readiness"]} == {"no_order", "not_placed"}
    assert found["totals"]["ready_share"] is None
    indicators = report("indicators", *ON, "--scale", "steenwijkerland")["rows"]
    assert "ready" not in {row["indicator"] for row in indicators}
    client.force_login(a_coordinator(town), backend=BACKEND)
    text = client.get(f"{PAGE}&scale=steenwijkerland").content.decode()
    assert "Op deze indeling is er geen hoger of lager, dus van niemand is te zeggen" in text


def test_where_help_is_not_recorded_there_is_no_such_report(town: Municipality, client: Browser) -> None:
    a_setting(town, "part.plans", "off", date(2020, 1, 1))
    client.force_login(a_coordinator(town), backend=BACKEND)
    assert client.get(PAGE).status_code == 404


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    forget_all()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


def test_files_hold_the_rows_and_the_matrix(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    file = "/rapporten/klaar-voor-een-stap/bestand/{}/?on=2024-06-15"
    assert client.get(file.format("xlsx")).status_code == client.get(file.format("ods")).status_code == 200
    text = client.get(f"{file.format('csv')}&table=matrix").content.decode("utf-8-sig")
    heading, first, *_others = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[1] == "klaar voor een stap"
    assert first[1:] == ["0", "0", "0", "0", "0", "0", "1", "1"]
