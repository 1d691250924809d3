"""The lists of today and this week: whose, in what order, for whom, and what an empty one says."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.contacts.logic import week_of
from tests.contacts.desks import Desk
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed

WEDNESDAY = date(2026, 3, 4)
TODAY, WEEK = "/contact/vandaag/", "/contact/deze-week/"


@pytest.fixture(autouse=True)
def _on_wednesday() -> object:
    with time_machine.travel("2026-03-04T09:00:00+01:00", tick=False):
        yield


def names(page: str) -> list[str]:
    return re.findall(r'row-link__target" href="[^"]+">([^,<]+)', page)


def filled(desk: Desk) -> None:
    for number, (surname, day, at) in enumerate(
        (
            ("Morgen", WEDNESDAY + timedelta(days=1), time(9)),
            ("Middag", WEDNESDAY, time(14)),
            ("Ochtend", WEDNESDAY, time(9, 30)),
            ("Ergens", WEDNESDAY, None),
            ("Verstreken", WEDNESDAY - timedelta(days=12), time(11)),
            ("Zondag", WEDNESDAY + timedelta(days=4), None),
            ("Maandag", WEDNESDAY + timedelta(days=5), None),
        )
    ):
        client = desk.in_my_caseload(f"L{number}", surname=surname)
        agreed(client, day, at, place="kamer 2")


def test_today_begins_with_what_passed_its_day_and_goes_by_time(desk: Desk) -> None:
    filled(desk)
    page = desk.page(TODAY)
    assert names(page) == ["Verstreken", "Ochtend", "Middag", "Ergens"]
    assert "4 afgesproken contacten; van 1 is de dag voorbij." in page
    assert "kantoor, kamer 2" in page
    assert "14:00" in page


def test_this_week_goes_on_to_sunday(desk: Desk) -> None:
    filled(desk)
    assert names(desk.page(WEEK)) == ["Verstreken", "Ochtend", "Middag", "Ergens", "Morgen", "Zondag"]
    assert week_of(WEDNESDAY) == (date(2026, 3, 2), date(2026, 3, 8))


def test_what_became_of_it_leaves_the_list(desk: Desk) -> None:
    agreed(desk.client, WEDNESDAY)
    assert names(desk.page(TODAY)) == ["Voorbeeld"]
    desk.post({"looked": "not_discussed", "settled": "settles", "held_on": WEDNESDAY.isoformat()})
    page = desk.page(TODAY)
    assert "Voor vandaag is niets afgesproken" in page
    assert "Kijk naar deze week" in page
    assert "Voor deze week is niets afgesproken" in desk.page(WEEK)


@pytest.mark.covers("B-08", page="/contact/vandaag/")
def test_the_row_says_where_they_stand_and_leads_to_the_contact(desk: Desk) -> None:
    placed(desk.client, "3-", on=date(2025, 3, 4))
    agreed(desk.client, WEDNESDAY, time(10))
    page = desk.page(TODAY)
    assert re.search(r'class="level [^"]+">3-</span> <span class="nowrap">12 maanden geleden', page)
    assert f'href="/contact/{desk.client.reference}/?next=/contact/vandaag/"' in page


def test_a_case_manager_sees_the_own_caseload_only(desk: Desk) -> None:
    agreed(desk.client, WEDNESDAY)
    colleague = a_case_manager(desk.team)
    desk.sign_in(colleague)
    page = desk.page(TODAY)
    assert names(page) == []
    assert "Caseload van" not in page


def test_who_has_more_within_reach_chooses_whose_list_it_is(desk: Desk) -> None:
    other = a_case_manager(desk.team, name="Jerrel Pinas")
    far = a_case_manager(a_team(desk.town), name="Ver Weg")
    for worker, surname in ((other, "Vanjerrel"), (far, "Vanver")):
        client = a_client(desk.town, number=surname, surname=surname)
        in_caseload(client, worker, team=desk.team if worker is other else a_team(desk.town))
        agreed(client, WEDNESDAY)
    agreed(desk.client, WEDNESDAY)
    desk.sign_in(a_team_leader(desk.team))
    page = desk.page(TODAY)
    assert set(names(page)) == {"Voorbeeld", "Vanjerrel"}
    assert "Jerrel Pinas</td>" in page
    assert names(desk.page(f"{TODAY}?medewerker={other.reference}")) == ["Vanjerrel"]
    assert desk.browser.get(f"{TODAY}?medewerker={far.reference}").status_code == 404
    desk.sign_in(a_coordinator(desk.town))
    assert set(names(desk.page(TODAY))) == {"Voorbeeld", "Vanjerrel", "Vanver"}


def test_a_new_case_manager_finds_what_the_one_before_agreed(desk: Desk) -> None:
    client = a_client(desk.town, number="A1", surname="Overgedragen")
    before, now = a_case_manager(desk.team), desk.worker
    in_caseload(client, before, team=desk.team, until=WEDNESDAY)
    in_caseload(client, now, team=desk.team, since=WEDNESDAY)
    agreed(client, WEDNESDAY)
    assert names(desk.page(TODAY)) == ["Overgedragen"]


def test_the_list_costs_as_many_queries_for_forty_as_for_one(desk: Desk) -> None:
    desk.sign_in(a_coordinator(desk.town))
    counts = []
    for number in range(40):
        client = desk.in_my_caseload(f"Q{number}")
        agreed(client, WEDNESDAY)
        spoken(client, date(2026, 1, 5))
        if number in {0, 39}:
            desk.page(TODAY)
            with CaptureQueriesContext(connection) as captured:
                desk.page(TODAY)
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


def test_the_menu_leads_to_today(desk: Desk) -> None:
    assert 'href="/contact/vandaag/" aria-current="page">Vandaag' in desk.page(TODAY)


def test_a_contact_stands_under_today_in_the_menu_and_leads_to_the_dossier(desk: Desk) -> None:
    client = desk.in_my_caseload("Bakker")
    page = desk.page(f"/contact/{client.reference}/")
    assert 'href="/contact/vandaag/" aria-current="page">Vandaag' in page
    assert f'<li><a href="/clienten/{client.reference}/">' in page
