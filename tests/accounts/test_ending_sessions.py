"""Own sessions are listed and ended; they end with who leaves, with the last role and with another password."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.logic.browsers import browser_and_system
from opstap.accounts.models import RoleHolding, Session, User
from opstap.accounts.operations import deactivate_user, end_role, end_session, end_sessions_of, give_role
from opstap.accounts.selectors.sessions import sessions_of
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_team_leader, acting
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.sessions import EDGE, FIREFOX, PASSWORD, entered, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def worker(town: Municipality) -> User:
    return a_case_manager(a_team(town))


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
