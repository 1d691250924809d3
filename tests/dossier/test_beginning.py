"""A new dossier: whose caseload it comes in, with which team it waits, and who looks like somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opstap.clients.models import Assignment, Client
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from opstap.municipality.logic import OUTSIDE_AN_HOUR
from tests.dossier.desks import Desk, words_of
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_team,
    a_team_leader,
)
from tests.factories.clients import a_bsn, a_client, in_caseload
from tests.factories.desk import days_ago
from tests.factories.municipality import a_municipality, a_setting

pytestmark = pytest.mark.django_db


NEW = {
    "number": "N1", "surname": "Öztürk", "given_names": "Ayşe", "birth_date": "1991-03-02", "ground": "benefit",
    "starts_on": "2026-11-01", "benefit": "participatiewet", "benefit_from": "2026-11-01",
}  # fmt: skip


def test_somebody_new_comes_in_the_own_caseload(desk: Desk) -> None:
    response = desk.browser.post("/clienten/nieuw/", NEW | {"bsn": a_bsn(3)})
    client = Client.objects.get(number="N1")
    assert response["Location"] == f"/clienten/{client.reference}/"
    text = desk.words(response["Location"])
    for part in ("Öztürk, Ayşe", "J. Visser", "Participatiewet", "Nog niet geplaatst"):
        assert part in text
    taken = desk.browser.post("/clienten/nieuw/", NEW | {"surname": "Anders", "birth_date": "1950-01-01"})
    assert "Dit cliëntnummer is al in gebruik." in taken.content.decode()


def test_who_looks_like_somebody_is_warned_of_and_may_go_on(desk: Desk) -> None:
    desk.browser.post("/clienten/nieuw/", NEW | {"bsn": a_bsn(3)})
    same = desk.browser.post("/clienten/nieuw/", NEW | {"number": "N2", "bsn": a_bsn(3)}).content.decode()
    assert "Cliëntnummer N1 heeft dit BSN al." in same
    alike = NEW | {"number": "N2", "surname": "Ozturk", "given_names": "Ayse"}
    warned = words_of(desk.browser.post("/clienten/nieuw/", alike).content.decode())
    assert "Is dit een van hen?" in warned
    assert "zelfde geboortedatum en een naam die erop lijkt" in warned
    assert not Client.objects.filter(number="N2").exists()
    assert desk.browser.post("/clienten/nieuw/", alike | {"anyway": "on"}).status_code == 302
    other = NEW | {"number": "N3", "surname": "Vries", "given_names": "Jan"}
    assert desk.browser.post("/clienten/nieuw/", other).status_code == 302


def test_the_same_address_is_warned_of(desk: Desk) -> None:
    where = {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"}
    desk.browser.post("/clienten/nieuw/", NEW | where)
    other = {"number": "N4", "surname": "Vries", "birth_date": "1960-01-01", "postcode": "9999ab"}
    assert "zelfde adres" in desk.browser.post("/clienten/nieuw/", NEW | where | other).content.decode()


def test_who_has_no_caseload_begins_a_dossier_with_a_team_where_it_waits(desk: Desk) -> None:
    other = a_team(desk.town, "Werk")
    desk.sign_in(desk.coordinator)
    assert "De cliënt wacht bij het team" in desk.words("/clienten/nieuw/")
    refused = desk.browser.post("/clienten/nieuw/", NEW)
    assert "Kies het team." in refused.content.decode()
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": other.reference}).status_code == 302
    held = Assignment.objects.current().get(client__number="N1")
    assert (held.worker, held.team) == (None, other)
    assert "1 wacht op verdeling" in desk.words("/team/")
    desk.sign_in(a_team_leader(other))
    assert "1 wacht op verdeling" in desk.words("/team/")


def test_a_team_leader_begins_one_with_the_own_team_and_no_other(desk: Desk) -> None:
    other = a_team(desk.town, "Werk")
    desk.sign_in(desk.leader)
    form = desk.page("/clienten/nieuw/")
    assert f'value="{desk.team.reference}" selected' in form
    assert other.reference not in form
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": other.reference}).status_code == 400
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": desk.team.reference}).status_code == 302
    held = Assignment.objects.current().get(client__number="N1")
    assert (held.worker, held.team) == (None, desk.team)


def test_where_there_are_no_teams_yet_a_dossier_waits_with_nobody(desk: Desk) -> None:
    town = a_municipality()
    desk.sign_in(a_coordinator(town))
    assert desk.browser.post("/clienten/nieuw/", NEW).status_code == 302
    assert not Assignment.objects.filter(client__number="N1").exists()
    assert "1 wacht op verdeling" in desk.words("/team/")


def test_a_case_manager_is_asked_no_team(desk: Desk) -> None:
    assert 'name="team"' not in desk.page("/clienten/nieuw/")
    assert "De cliënt wacht bij het team" not in desk.words("/clienten/nieuw/")


def test_somebody_alike_beyond_the_reach_is_warned_of_without_a_name(desk: Desk) -> None:
    where = {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"}
    colleague = a_case_manager(desk.team)
    desk.sign_in(colleague)
    assert desk.browser.post("/clienten/nieuw/", NEW | where).status_code == 302
    desk.sign_in(desk.worker)
    alike = NEW | {"number": "N2", "surname": "Ozturk", "given_names": "Ayse"}
    warned = desk.browser.post("/clienten/nieuw/", alike)
    text = words_of(warned.content.decode())
    assert "Een cliënt die u niet mag zien, heeft dezelfde geboortedatum en een naam die erop lijkt." in text
    assert "Is dit een van hen?" not in text
    for secret in ("Öztürk", "N1", Client.objects.get(number="N1").reference):
        assert secret not in warned.content.decode()
    assert not Client.objects.filter(number="N2").exists()
    other = NEW | where | {"number": "N3", "surname": "Vries", "given_names": "Jan"}
    assert desk.browser.post("/clienten/nieuw/", other).status_code == 302
    assert desk.browser.post("/clienten/nieuw/", alike | {"anyway": "on"}).status_code == 302


def test_a_form_does_not_tell_without_end_who_is_known(desk: Desk) -> None:
    """As the question "who is calling?": limited by the hour, the misses of a real intake not counted."""
    a_setting(desk.team.municipality, OUTSIDE_AN_HOUR, "2", days_ago(0))
    others = [a_client(desk.team.municipality, surname=f"Anders{place}", bsn=a_bsn(place)) for place in range(4)]
    in_caseload(others[0], a_case_manager(desk.team), team=desk.team)
    for place in range(3):  # somebody new each time: nothing is told
        new = NEW | {"number": f"V{place}", "surname": f"Vrij{place}", "birth_date": f"1950-01-0{place + 1}"}
        assert desk.browser.post("/clienten/nieuw/", new).status_code == 302
    for place in (0, 1):
        told = desk.browser.post("/clienten/nieuw/", NEW | {"number": f"M{place}", "bsn": a_bsn(place)})
        assert "Een cliënt buiten uw bereik heeft dit BSN al." in told.content.decode()
    for bsn in (a_bsn(2), a_bsn(77)):  # known or not: the answer is the same
        refused = desk.browser.post("/clienten/nieuw/", NEW | {"number": "M3", "bsn": bsn})
        text = words_of(refused.content.decode())
        assert "Binnen een uur voerde u enkele mensen in die buiten uw bereik bekend zijn." in text
        assert "heeft dit BSN" not in text
        assert 'value="Öztürk"' in refused.content.decode(), "what was typed is kept"
    assert not Client.objects.filter(number="M3").exists()
    with clock_at(dates.now() + timedelta(minutes=61)):
        desk.sign_in(desk.worker)
        assert desk.browser.post("/clienten/nieuw/", NEW | {"number": "M3", "bsn": a_bsn(77)}).status_code == 302


def test_a_form_that_is_refused_for_something_else_tells_no_more_often_that_nobody_is_known(desk: Desk) -> None:
    a_setting(desk.team.municipality, OUTSIDE_AN_HOUR, "2", days_ago(0))
    a_client(desk.team.municipality, number="N9")
    for place in range(2):
        refused = desk.browser.post("/clienten/nieuw/", NEW | {"number": "N9", "bsn": a_bsn(place + 50)})
        assert refused.status_code == 400
        assert "enkele mensen" not in refused.content.decode()
    stopped = desk.browser.post("/clienten/nieuw/", NEW | {"number": "N9", "bsn": a_bsn(60)})
    assert "Binnen een uur voerde u enkele mensen in" in words_of(stopped.content.decode())


def test_nobody_of_another_municipality_is_warned_of(desk: Desk) -> None:
    a_client(a_municipality(), surname="Öztürk", born=date(1991, 3, 2))
    assert desk.browser.post("/clienten/nieuw/", NEW | {"given_names": ""}).status_code == 302
