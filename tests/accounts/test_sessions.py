"""Sessions: over after half an hour of doing nothing and after ten hours, and nothing typed is lost by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import Session, User
from opstap.accounts.operations import empty_old_sessions
from opstap.accounts.operations.session_store import SessionStore
from opstap.audit.logic.entries import REFUSED
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.config.safety import faults_of_start
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.sessions import PASSWORD, after, entered, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def worker(town: Municipality) -> User:
    return a_case_manager(a_team(town))


def test_after_half_an_hour_without_doing_anything_one_signs_in_again_and_goes_on(worker: User) -> None:
    browser = signed_in(worker)
    with after(minutes=29):
        assert browser.get("/clienten/?lijst=alles").status_code == 200
    with after(minutes=58):
        assert browser.get("/clienten/").status_code == 200
    with after(minutes=89):
        answer = browser.get("/clienten/?lijst=alles")
        assert answer.headers["Location"] == "/aanmelden/?next=/clienten/%3Flijst%3Dalles"
        said = browser.get(answer.headers["Location"]).content.decode()
        assert "een tijd niets gedaan was" in said
        assert 'value="/clienten/?lijst=alles"' in said
    assert browser.get("/clienten/").status_code == 302
    assert not Session.objects.filter(user=worker).exists()


def test_the_access_log_says_that_a_session_that_is_over_showed_nothing(worker: User) -> None:
    browser = signed_in(worker)
    with after(minutes=31):
        browser.get("/clienten/")
    assert Access.objects.latest("pk").result == REFUSED


def test_after_ten_hours_one_signs_in_again_however_busy(worker: User) -> None:
    browser = signed_in(worker)
    for minutes in range(20, 600, 20):
        with after(minutes=minutes):
            assert browser.get("/clienten/").status_code == 200
    with after(hours=10, seconds=1):
        assert browser.get("/clienten/").status_code == 302


def test_saving_in_a_session_does_not_begin_it_anew(worker: User) -> None:
    browser = entered(worker)
    began_at = session_of(browser).began_at
    with after(hours=0.4):
        session = browser.session
        session["something"] = 1
        session.save()
    assert session_of(browser).began_at == began_at
    assert session_of(browser).used_at > began_at


def test_asking_how_long_it_lasts_does_not_prolong_it(worker: User) -> None:
    browser = signed_in(worker)
    with after(minutes=20):
        left = browser.get("/mijn/sessie/").json()["seconds"]
        assert 590 <= left <= 600
    with after(minutes=31):
        assert browser.get("/mijn/sessie/").json()["seconds"] == 0
        assert browser.get("/clienten/").status_code == 302


def test_near_the_end_of_the_longest_session_one_cannot_stay_and_each_page_knows(worker: User) -> None:
    browser = entered(worker)
    for minutes in range(25, 600, 25):
        with after(minutes=minutes):
            page = browser.get("/clienten/").content.decode()
            told = browser.get("/mijn/sessie/").json()
        seconds = int(re.findall(r'data-limit="(\d+)"', page)[0])
        assert abs(seconds - min(30, 600 - minutes) * 60) <= 5
        assert abs(told["seconds"] - seconds) <= 1
        assert told["stays"] is (minutes + 30 + 2 <= 600)


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        (
            "/plaatsen/{}/",
            {"ladder": "vng", "client_view": "Half opgeschreven verhaal", "save": "1"},
            "Half opgeschreven",
        ),
        (
            "/contact/{}/",
            {"note": "Half opgeschreven verhaal", "kind": "phone", "outcome": "held"},
            "Half opgeschreven",
        ),
    ],
)
def test_what_was_being_filled_in_is_there_again_after_signing_in(
    worker: User, path: str, sent: dict[str, str], said: str
) -> None:
    client = a_client(worker.municipality)
    in_caseload(client, worker)
    browser = entered(worker)
    page = path.format(client.reference)
    with after(minutes=45):
        answer = browser.post(page, sent, headers={"Referer": f"http://testserver{page}?ladder=vng"})
        assert answer.headers["Location"].startswith("/aanmelden/?next=")
        form = browser.get(answer.headers["Location"]).content.decode()
        assert "is bewaard" in form
        again = {"username": worker.sign_in_name, "password": PASSWORD, "next": f"{page}?ladder=vng"}
        back = browser.post("/aanmelden/", again)
        assert back.headers["Location"] == f"{page}?ladder=vng"
        assert said in browser.get(back.headers["Location"]).content.decode()


def test_of_what_is_never_kept_it_is_said_that_it_is_not_saved(worker: User) -> None:
    browser = entered(worker)
    with after(minutes=45):
        page = "http://testserver/mijn/wachtwoord/"
        answer = browser.post("/mijn/wachtwoord/", {"old_password": "x"}, headers={"Referer": page})
        said = browser.get(answer.headers["Location"]).content.decode()
        assert "niet bewaard" in said
    with after(minutes=46):
        other = entered(worker)
    with after(minutes=120):
        said = other.get(other.get("/clienten/").headers["Location"]).content.decode()
        assert ("niets gedaan was" in said, "niet bewaard" in said) == (True, False)


def test_what_is_sent_in_for_somebody_elses_client_is_not_kept(worker: User) -> None:
    client = a_client(worker.municipality)
    browser = signed_in(worker)
    with after(minutes=45):
        answer = browser.post(f"/contact/{client.reference}/", {"note": "van een ander"})
    assert answer.status_code == 302
    assert not worker.drafts.exists()


def test_a_fragment_takes_the_whole_page_to_signing_in_and_back(worker: User) -> None:
    browser = signed_in(worker)
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/rapporten/?a=1"}
    with after(minutes=45):
        answer = browser.get("/clienten/", headers=htmx)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/aanmelden/?next=/rapporten/%3Fa%3D1"


def test_another_site_can_not_be_led_back_to(worker: User) -> None:
    browser = signed_in(worker)
    htmx = {"HX-Request": "true", "HX-Current-URL": "https://elders.example//kwaad.example/"}
    with after(minutes=45):
        assert browser.get("/clienten/", headers=htmx).headers["HX-Redirect"] == "/aanmelden/"


def test_what_is_over_is_emptied(worker: User) -> None:
    signed_in(worker)
    with after(hours=12):
        assert empty_old_sessions(by=command_line()) == 1
        assert empty_old_sessions(by=command_line()) == 0
    with pytest.raises(PermissionDenied):
        empty_old_sessions(by=acting(worker))


def test_a_visitors_session_is_short_and_nobodys() -> None:
    store = SessionStore()
    store["something"] = 1
    store.save()
    row = Session.objects.get()
    assert row.user_id is None
    assert row.expire_date <= dates.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPSTAP_IDLE_LIMIT", timedelta(0)),
        ("OPSTAP_IDLE_LIMIT", timedelta(hours=9)),
        ("OPSTAP_SESSION_LENGTH", timedelta(days=3)),
    ],
)
def test_limits_out_of_bounds_are_not_served(settings: Any, name: str, value: timedelta) -> None:
    setattr(settings, name, value)
    assert any(fault.startswith(("OPSTAP_IDLE_MINUTES", "OPSTAP_SESSION_HOURS")) for fault in faults_of_start())
