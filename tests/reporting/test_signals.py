"""Signals: two successive years wholly on the wrong side of the target, for who leads those they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import User
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Condition
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.indicators import a_composition, a_target, an_indicator
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.composed_town import Town, a_counted_town
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2025-06-15")
UNTOLD = (
    "Of dit doel gehaald is, kunt u niet van beide jaren zien, 2023 en 2024: Gestegen, van wie het bekend is (Noord)."
)
PAGE = "/rapporten/indicatoren/?on=2025-06-15"


@pytest.fixture
def town() -> Town:
    return a_counted_town()


def both_years(municipality: Municipality, indicator: str, percent: str, **whom: Any) -> None:
    for year in (2023, 2024):
        a_target(municipality, indicator, percent, year=year, **whom)


def said(found: dict[str, Any]) -> list[str]:
    return [one["text"] for one in found["signals"]]


@pytest.mark.covers("B-54", page="report indicators")
def test_two_years_wholly_on_the_wrong_side_are_a_signal_both_ways(town: Town, report: Report) -> None:
    assert said(report("indicators", *ON)) == []
    both_years(town.municipality, "placed", "90")  # 7 of 8 and 6 of 7, exact
    both_years(town.municipality, "no_qualification", "20")  # 6 of 7 and 5 of 6 known: at least 48 and 43 %
    both_years(town.municipality, "placed_twice", "0")  # reached
    found = report("indicators", *ON)
    assert said(found) == [
        "Ooit geplaatst, de hele gemeente: in 2023 en in 2024 niet gehaald.",
        "Geen startkwalificatie, de hele gemeente: in 2023 en in 2024 niet gehaald.",
    ]
    assert found["signals"][0]["periods"] == [
        "2023: 87,5\xa0% (exact: van iedereen bekend), het doel was 90\xa0%.",
        "2024: 85,7\xa0% (exact: van iedereen bekend), het doel was 90\xa0%.",
    ]
    assert "tussen 48\xa0% en 98\xa0%" in found["signals"][1]["periods"][0]


@pytest.mark.covers("B-54", page="report indicators")
def test_one_year_or_a_doubtful_one_is_no_signal(town: Town, report: Report) -> None:
    both_years(town.municipality, "no_qualification", "45")  # 2024: between 43 and 97 %
    both_years(town.municipality, "risen", "99")  # nobody was placed before 2023
    a_target(town.municipality, "placed", "99", year=2024)  # none for 2023
    a_target(town.municipality, "placed_last_year", "80", year=2023)  # 7 of 8
    a_target(town.municipality, "placed_last_year", "90", year=2024)  # 4 of 7
    assert said(report("indicators", *ON)) == []
    a_target(town.municipality, "placed", "99", year=2023)
    assert len(said(report("indicators", *ON))) == 1


def test_a_year_is_over_on_its_last_day(town: Town, report: Report) -> None:
    both_years(town.municipality, "placed", "90")
    for on, signals in (("2024-12-30", 0), ("2024-12-31", 1), ("2025-12-30", 1), ("2025-12-31", 0)):
        assert len(said(report("indicators", "--on", on))) == signals, on


def test_a_composed_indicator_gives_one_too(town: Town, report: Report) -> None:
    made = an_indicator(
        town.municipality,
        a_composition("Met een belemmering", base=(), counted=Condition("barrier", ("money",)), better=-1),
    )
    both_years(town.municipality, made.key, "10")  # 2 of 8 and 2 of 7
    assert said(report("indicators", *ON)) == [
        "Met een belemmering, de hele gemeente: in 2023 en in 2024 niet gehaald."
    ]


@pytest.mark.covers("B-54", page="report indicators")
def test_each_leader_sees_those_of_the_own_team_and_a_filter_changes_none(town: Town, report: Report) -> None:
    both_years(town.municipality, "placed", "90")
    both_years(town.municipality, "no_qualification", "20", team=town.team)  # everybody of Noord has none
    whole = "Ooit geplaatst, de hele gemeente: in 2023 en in 2024 niet gehaald."
    own = "Geen startkwalificatie, Noord: in 2023 en in 2024 niet gehaald."
    assert said(report("indicators", *ON)) == [whole, own]
    for more in (("--by", "sex"), ("--where", "sex=male"), ("--where", "team=Noord")):
        assert said(report("indicators", *ON, *more)) == [whole, own]
    leader = a_team_leader(town.team)
    assert said(report("indicators", *ON, "--as", leader.name)) == [own]
    assert said(report("indicators", *ON, "--as", "Jo Jansen")) == []


@dataclass(frozen=True)
class HandedOver:
    municipality: Municipality
    worker: User
    leader: User


def who_were_handed_over(year: int, percent: str) -> HandedOver:
    """Ten of Noord of whom six went to another team in the year before; nobody ever rose. For the leader 0 of 4, and 6
    unseen. The target holds in both years.
    """
    municipality = a_municipality()
    north, south = a_team(municipality, "Noord"), a_team(municipality, "Zuid")
    jo, kim = a_case_manager(north), a_case_manager(south)
    for number in range(10):
        client = a_client(municipality, followed_since=date(2020, 1, 1))
        gone = date(year - 1, 7, 1) if number < 6 else None
        in_caseload(client, jo, team=north, since=date(2020, 1, 1), until=gone)
        if gone:
            in_caseload(client, kim, team=south, since=gone)
        for placed_in in (year - 2, year - 1, year):
            placed(client, "1", on=date(placed_in, 6, 1))
    for one in (year - 1, year):
        a_target(municipality, "risen", percent, year=one, team=north)
    return HandedOver(municipality, jo, a_team_leader(north))


@pytest.mark.covers("B-54", page="/rapporten/indicatoren/")
@pytest.mark.parametrize(("percent", "signals", "untold"), [("30", (1, 0), 1), ("70", (1, 1), 0), ("0", (0, 0), 0)])
def test_who_may_not_see_what_became_of_all_is_told_so_and_who_can(
    db: None, report: Report, percent: str, signals: tuple[int, int], untold: int
) -> None:
    office = who_were_handed_over(2024, percent)
    municipality, jo, leader = office.municipality, office.worker, office.leader
    on, page = ("--on", "2024-12-31"), "/rapporten/indicatoren/?on=2024-12-31"
    whole, own = report("indicators", *on), report("indicators", *on, "--as", leader.name)
    assert (len(said(whole)), len(said(own))) == signals
    assert sum(UNTOLD in note for note in own["notes"]) == untold
    assert not any(UNTOLD in note for note in whole["notes"])
    assert not any(UNTOLD in note for note in report("indicators", *on, "--as", jo.name)["notes"])
    text = signed_in(leader).get(page).content.decode()
    assert (
        text.count(UNTOLD) == text.count("Een coördinator ziet iedereen van toen, en ook of het gehaald is.") == untold
    )
    assert UNTOLD not in signed_in(a_coordinator(municipality)).get(page).content.decode()


@pytest.mark.covers("B-54", page="/rapporten/indicatoren/")
def test_the_page_shows_them_on_top_and_each_leads_to_its_year(town: Town) -> None:
    both_years(town.municipality, "placed", "90")
    both_years(town.municipality, "no_qualification", "20", team=town.team)
    browser = signed_in(a_coordinator(town.municipality))
    page = browser.get(PAGE)
    text = page.content.decode()
    assert text.index("Ooit geplaatst, de hele gemeente: in 2023") < text.index('class="answer"')
    for signal in page.context["result"].signals:
        there = browser.get(signal.url).content.decode()
        assert "✗ niet gehaald" in there
    assert "by=team" in page.context["result"].signals[1].url
    file = browser.get("/rapporten/indicatoren/bestand/xlsx/?on=2025-06-15")
    assert file.status_code == 200


def test_as_known_earlier_they_are_those_of_then(town: Town, report: Report) -> None:
    before = dates.now()
    with time_machine.travel(before + timedelta(days=1)):
        both_years(town.municipality, "placed", "90")
    with time_machine.travel(before + timedelta(days=2)):
        assert len(said(report("indicators", *ON))) == 1
        known = before.isoformat(timespec="seconds")
        assert said(report("indicators", *ON, "--known-at", known)) == []


def test_without_targets_nothing_more_is_asked(town: Town) -> None:
    browser = signed_in(a_coordinator(town.municipality))
    both_years(town.municipality, "placed", "90")
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.covers("B-54", page="/clienten/")
def test_a_leader_meets_them_where_the_work_begins_and_a_case_manager_does_not(town: Town) -> None:
    year = dates.today().year
    leader, coordinator = signed_in(a_team_leader(town.team)), signed_in(a_coordinator(town.municipality))
    told = "1 doel is twee jaar achter elkaar duidelijk niet gehaald."
    for page in ("/clienten/", "/team/"):
        assert told not in leader.get(page).content.decode()
    for one in (year - 2, year - 1):
        a_target(town.municipality, "placed_last_year", "80", year=one, team=town.team)  # placed in 2023 and 2024 only
    for browser in (leader, coordinator):
        for page in ("/clienten/", "/team/"):
            text = browser.get(page).content.decode()
            assert f'<span aria-hidden="true">✗</span> {told}' in text
            assert 'href="/rapporten/indicatoren/"' in text
        assert told not in browser.get("/clienten/?attention=any").content.decode()
    assert told not in signed_in(town.worker).get("/clienten/").content.decode()
    assert len(leader.get("/rapporten/indicatoren/").context["result"].signals) == 1


@pytest.mark.covers("B-54", page="/team/")
@pytest.mark.parametrize(("percent", "is_said"), [("30", True), ("0", False)])
def test_a_leader_who_may_not_see_what_became_of_all_reads_so_where_the_work_begins(
    db: None, percent: str, is_said: bool
) -> None:
    office = who_were_handed_over(dates.today().year - 1, percent)
    untold = "Van 1 doel kunt u niet zien of het twee jaar gehaald is."
    for page in ("/clienten/", "/team/"):
        text = signed_in(office.leader).get(page).content.decode()
        assert (untold in text, "Lees waarom, en wie het wel ziet" in text) == (is_said, is_said)
        assert ('<span aria-hidden="true">?</span>' in text, "✗" in text) == (is_said, False)  # ✗ is: not reached
    assert untold not in signed_in(a_coordinator(office.municipality)).get("/team/").content.decode()
    assert untold not in signed_in(office.worker).get("/clienten/").content.decode()


def test_another_team_and_another_municipality_are_told_nothing(town: Town) -> None:
    year = dates.today().year
    for one in (year - 2, year - 1):
        a_target(town.municipality, "placed_last_year", "80", year=one, team=town.team)
    other, elsewhere = a_team(town.municipality), a_counted_town()
    for leader in (a_team_leader(other), a_team_leader(elsewhere.team), a_coordinator(elsewhere.municipality)):
        assert "twee jaar achter elkaar" not in signed_in(leader).get("/clienten/").content.decode()


def test_the_first_page_asks_nothing_more_of_it_the_second_time(town: Town) -> None:
    browser = signed_in(a_team_leader(town.team))
    browser.get("/clienten/")
    with CaptureQueriesContext(connection) as without:
        browser.get("/clienten/")
    both_years(town.municipality, "placed", "90", team=town.team)
    browser.get("/clienten/")
    with CaptureQueriesContext(connection) as captured:
        browser.get("/clienten/")
    assert len(captured) <= len(without)
