"""Targets beside the figures: of the year and of whom they are set for, by the interval, and as known then."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.reporting.logic import AGAIN, BECAME, Condition
from opstap.reporting.operations import correct_target, withdraw_indicator, withdraw_target
from tests.factories.accounts import a_coordinator, a_team_leader
from tests.factories.indicators import a_composition, a_target, an_indicator
from tests.factories.pages import signed_in
from tests.reporting.composed_town import ON, PAGE, Town, a_counted_town
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return a_counted_town()


def aims(found: dict[str, Any], group: str | None = None) -> dict[str, tuple[Any, Any]]:
    rows = [row for row in found["rows"] if row["target"] is not None and row.get("group") == group]
    return {row["indicator"]: (row["target"], row["status"]) for row in rows}


@pytest.mark.covers("B-53", page="report indicators")
def test_a_status_goes_by_the_interval_both_ways(town: Town, report: Report) -> None:
    assert aims(report("indicators", *ON)) == {}
    a_target(town.municipality, "placed", "85.8")  # 6 of 7 is 85,71 %
    a_target(town.municipality, "placed_last_year", "60")  # 5 of 7, exact
    a_target(town.municipality, "fallen", "1")  # 1 of 6 known of 7: at least 3 %, less is better
    a_target(town.municipality, "no_qualification", "20")  # 5 of 6 known of 7: at least 43 %, less is better
    a_target(town.municipality, "risen_of_placed_again", "50")  # 3 of 5 of 6: between 23 and 89 %
    assert aims(report("indicators", *ON)) == {
        "placed": (85.8, "missed"),
        "placed_last_year": (60, "reached"),
        "fallen": (1, "missed"),
        "no_qualification": (20, "missed"),
        "risen_of_placed_again": (50, "undecided"),
    }


@pytest.mark.covers("B-53", "G-3", page="report indicators")
def test_a_rise_that_is_not_known_of_everybody_is_held_against_its_target_by_its_interval(
    town: Town, report: Report
) -> None:
    a_target(town.municipality, "risen", "45")  # 3 of 7 would be 43 %; 3 of the 6 known is 50 %: between 18 and 82 %
    found = report("indicators", *ON)
    assert aims(found)["risen"] == (45, "undecided")
    risen = next(row for row in found["rows"] if row["indicator"] == "risen")
    assert [risen[key] for key in ("whole", "known", "has", "share")] == [7, 6, 3, 50.0]
    made = an_indicator(town.municipality, a_composition("Wie steeg", base=(), counted=Condition(BECAME, ("risen",))))
    a_target(town.municipality, made.key, "45")
    assert aims(report("indicators", *ON))[made.key] == (45, "undecided")


def test_a_composed_indicator_has_its_target_too(town: Town, report: Report) -> None:
    made = an_indicator(town.municipality, a_composition(counted=Condition(AGAIN, ("risen",))))
    a_target(town.municipality, made.key, "99.5")
    assert aims(report("indicators", *ON)) == {made.key: (99.5, "missed")}
    withdraw_indicator(by=command_line(), indicator=made)
    assert aims(report("indicators", *ON)) == {}


@pytest.mark.covers("B-53", page="/rapporten/indicatoren/")
def test_the_page_and_the_file_say_target_and_status_in_words_and_sign(town: Town) -> None:
    browser = signed_in(a_coordinator(town.municipality))
    assert '<th scope="col" class="num">Doel</th>' not in browser.get(PAGE).content.decode()
    a_target(town.municipality, "placed", "85.8")
    a_target(town.municipality, "risen", "10")  # 3 of 6 known of 7: at least 18 %
    for decimals, words in (("1", "85,8\xa0%"), ("0", "85,8\xa0%")):
        text = browser.get(f"{PAGE}&decimals={decimals}").content.decode()
        assert words in text
        assert "✗ niet gehaald" in text
        assert "✓ gehaald" in text
    file = browser.get(f"/rapporten/indicatoren/bestand/csv/?{PAGE.partition('?')[2]}").content.decode("utf-8-sig")
    rows = {row["Indicator"]: row for row in csv.DictReader(StringIO(file), delimiter=";")}
    assert (rows["placed"]["Doel"], rows["placed"]["Stand"]) == ("85,8", "✗ niet gehaald")
    assert (rows["growth"]["Doel"], rows["growth"]["Stand"]) == ("", "")


def test_a_target_stands_beside_whom_it_is_set_for_and_nobody_else(town: Town, report: Report) -> None:
    a_target(town.municipality, "placed", "90")
    a_target(town.municipality, "placed", "70", team=town.team)
    assert aims(report("indicators", *ON)) == {"placed": (90, "missed")}
    by_team = report("indicators", *ON, "--by", "team")
    assert aims(by_team, "Noord") == {"placed": (70, "reached")}
    assert [row["target"] for row in by_team["totals"]["indicators"] if row["indicator"] == "placed"] == [90]
    assert aims(report("indicators", *ON, "--where", "team=Noord")) == {"placed": (70, "reached")}
    leader = a_team_leader(town.team)
    notes = report("indicators", *ON, "--as", leader.name)["notes"]
    assert any(note.startswith("Bij een doel tellen alleen de mensen mee die u nu mag zien") for note in notes)
    assert aims(report("indicators", *ON, "--as", leader.name)) == {"placed": (70, "reached")}
    assert aims(report("indicators", *ON, "--as", leader.name, "--by", "team"), "Noord") == {"placed": (70, "reached")}
    for other in (("--as", "Jo Jansen"), ("--where", "sex=female"), ("--where", "team=Noord", "--where", "sex=female")):
        assert aims(report("indicators", *ON, *other)) == {}
    by_sex = report("indicators", *ON, "--by", "sex")
    assert not any(row["target"] for row in by_sex["rows"])
    by_worker = report("indicators", *ON, "--by", "worker")
    assert not any(row["target"] for row in by_worker["rows"])


def test_a_target_holds_for_its_year_and_for_days_a_year_apart(town: Town, report: Report) -> None:
    a_target(town.municipality, "placed", "50", year=2024)
    a_target(town.municipality, "risen", "50", year=2024)
    a_target(town.municipality, "risen", "60", year=2025)
    assert set(aims(report("indicators", *ON))) == {"placed", "risen"}
    months = report("indicators", "--on", "2024-06-15", "--compared-with", "2023-12-15")
    assert set(aims(months)) == {"placed"}
    assert any(note.startswith("Een doel gaat over een jaar.") for note in months["notes"])
    earlier = report("indicators", "--on", "2023-12-31", "--compared-with", "2022-12-31")
    assert aims(earlier) == {}
    later = report("indicators", "--on", "2025-01-01", "--compared-with", "2024-01-01")
    assert {key: target for key, (target, _status) in aims(later).items()} == {"risen": 60}


def test_as_known_earlier_the_targets_are_those_of_then(town: Town, report: Report) -> None:
    before = dates.now()
    with time_machine.travel(before + timedelta(days=1)):
        made = a_target(town.municipality, "placed", "50")
    with time_machine.travel(before + timedelta(days=3)):
        correct_target(by=command_line(), target=made, percent=Decimal("95.5"))
        made = type(made).objects.current().get(reference=made.reference)
    with time_machine.travel(before + timedelta(days=5)):
        withdraw_target(by=command_line(), target=made)
    with time_machine.travel(before + timedelta(days=6)):
        known = [(before + timedelta(days=days)).isoformat(timespec="seconds") for days in range(0, 7, 2)]
        found = [aims(report("indicators", *ON, "--known-at", moment)) for moment in known]
    assert found == [{}, {"placed": (50, "reached")}, {"placed": (95.5, "missed")}, {}]


def test_targets_cost_no_query_more(town: Town) -> None:
    browser = signed_in(a_coordinator(town.municipality))
    a_target(town.municipality, "placed", "50")
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    assert len(captured) <= 15
