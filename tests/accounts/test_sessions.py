"""Sessions: over after half an hour of doing nothing and after ten hours, listed, ended, gone with who leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.logic.browsers import browser_and_system
from opstap.accounts.models import RoleHolding, Session, User
from opstap.accounts.operations import (
    deactivate_user,
    empty_old_sessions,
    end_role,
    end_session,
    end_sessions_of,
    give_role,
    set_password,
)
from opstap.accounts.operations.session_store import SessionStore
from opstap.accounts.selectors.sessions import sessions_of
from opstap.audit.logic.entries import REFUSED
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.config.safety import faults_of_start
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_team_leader, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"
PASSWORD = "een zin om te onthouden"


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def worker(town: Municipality) -> User:
    return a_case_manager(a_team(town))


def after(**passed: float) -> Any:
    """So much later."""
    return dates.clock_at(dates.now() + timedelta(**passed))


def entered(user: User, agent: str = FIREFOX) -> Client:
    """A browser in which somebody typed their name and password."""
    set_password(by=command_line(), user=user, password=PASSWORD)
    browser = Client(headers={"User-Agent": agent})
    sent = {"username": user.sign_in_name, "password": PASSWORD}
    assert browser.post("/aanmelden/", sent).status_code == 302
    return browser


def session_of(browser: Client) -> Session:
    return Session.objects.get(session_key=browser.session.session_key)


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
        assert browser.get("/mijn/sessie/").json() == {"seconds": 0}
        assert browser.get("/clienten/").status_code == 302


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


def test_my_account_lists_my_browsers_and_ends_one(worker: User) -> None:
    here = entered(worker)
    there = Client(headers={"User-Agent": EDGE})
    there.post("/aanmelden/", {"username": worker.sign_in_name, "password": PASSWORD})
    page = here.get("/mijn/account/").content.decode()
    assert "Firefox op Linux" in page
    assert "Edge op Windows" in page
    assert page.count(">deze</span>") == 1
    answer = here.post("/mijn/account/", {"action": "end", "session": session_of(there).reference}, follow=True)
    assert "Edge op Windows" not in answer.content.decode()
    assert there.get("/clienten/").status_code == 302
    assert here.get("/clienten/").status_code == 200


def test_all_others_are_ended_at_once(worker: User) -> None:
    here, others = signed_in(worker), [signed_in(worker) for _ in range(3)]
    said = here.post("/mijn/account/", {"action": "end-others"}, follow=True).content.decode()
    assert "3 andere browsers" in said
    assert [other.get("/clienten/").status_code for other in others] == [302] * 3
    assert sessions_of(worker) == [session_of(here)]


def test_somebody_elses_session_is_not_there(worker: User) -> None:
    colleague = a_case_manager(a_team(worker.municipality))
    theirs = session_of(signed_in(colleague))
    assert signed_in(worker).post("/mijn/account/", {"action": "end", "session": theirs.reference}).status_code == 404
    with pytest.raises(PermissionDenied):
        end_session(by=acting(worker), session=theirs)
    with pytest.raises(PermissionDenied):
        end_sessions_of(by=acting(worker), user=colleague)


def test_my_account_is_for_who_signed_in(client: Client) -> None:
    assert client.get("/mijn/account/").status_code == 302
    assert client.get("/mijn/sessie/").status_code == 302


def test_who_is_closed_out_has_no_session_left(worker: User) -> None:
    browser = signed_in(worker)
    a_functional_administrator(worker.municipality)
    deactivate_user(by=command_line(), user=worker)
    assert not Session.objects.filter(user=worker).exists()
    assert browser.get("/clienten/").status_code == 302


def test_with_the_last_role_all_sessions_end(worker: User) -> None:
    team = worker.memberships.get().team
    second = give_role(by=command_line(), user=worker, role="team_leader", team=team, since=dates.today())
    browser = signed_in(worker)
    first = RoleHolding.objects.get(user=worker, role="case_manager")
    end_role(by=command_line(), holding=first, ends_on=dates.today())
    assert browser.get("/mijn/account/").status_code == 200
    end_role(by=command_line(), holding=second, ends_on=dates.today())
    assert not Session.objects.filter(user=worker).exists()
    assert browser.get("/mijn/account/").status_code == 302


def test_a_role_that_ends_later_ends_the_sessions_on_its_day(worker: User) -> None:
    browser = signed_in(worker)
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=worker), ends_on=dates.today() + timedelta(1))
    assert browser.get("/clienten/").status_code == 200
    moment = datetime.combine(dates.today() + timedelta(1), datetime.min.time(), dates.AMSTERDAM)
    Session.objects.update(used_at=moment, began_at=moment)
    with dates.clock_at(moment):
        answer = browser.get("/clienten/", follow=True)
    assert "geen rol" in answer.content.decode()
    assert not Session.objects.filter(user=worker).exists()


def test_another_password_ends_the_other_sessions(worker: User) -> None:
    here = entered(worker)
    there = Client()
    there.post("/aanmelden/", {"username": worker.sign_in_name, "password": PASSWORD})
    new = {"old_password": PASSWORD, "new_password1": "een heel andere zin", "new_password2": "een heel andere zin"}
    assert here.post("/mijn/wachtwoord/", new).status_code == 302
    assert here.get("/clienten/").status_code == 200
    assert sessions_of(worker) == [session_of(here)]
    assert there.get("/clienten/").status_code == 302


def test_the_administrator_ends_somebodys_sessions(worker: User) -> None:
    admin, browser = signed_in(a_functional_administrator(worker.municipality)), entered(worker)
    page = f"/beheer/gebruikers/{worker.reference}/"
    assert "1 browser" in admin.get(page).content.decode()
    said = admin.post(page, {"action": "sessions"}, follow=True).content.decode()
    assert "nergens meer aangemeld" in said
    assert browser.get("/clienten/").status_code == 302
    assert Event.objects.filter(verb="end_sessions", about=worker.reference).exists()
    leader = signed_in(a_team_leader(worker.memberships.get().team))
    assert leader.post(page, {"action": "sessions"}).status_code == 403


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


@pytest.mark.parametrize(
    ("agent", "known"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (EDGE, ("Edge", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_known_by_its_name_and_system(agent: str, known: tuple[str, str]) -> None:
    assert browser_and_system(agent) == known
