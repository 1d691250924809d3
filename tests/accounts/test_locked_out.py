"""Who guesses is stopped, and nobody is shut out by it who signed in here before: also behind one address."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client

from opstap.accounts.models import User
from opstap.accounts.operations import change_own_password, set_password
from opstap.audit.permissions import command_line
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.municipality import a_municipality
from tests.factories.second_step import PASSWORD, STEP, code_now, is_in, typed_password, with_app

pytestmark = pytest.mark.django_db
ANOTHER = "nog zo een lange eigen zin"


@pytest.fixture
def jo(settings: Any) -> User:
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 3
    user = a_case_manager(a_team(a_municipality()))
    set_password(by=command_line(), user=user, password=PASSWORD)
    return user


def tries(user: User, browser: Client, typed: str = "mis") -> int:
    return browser.post("/aanmelden/", {"username": user.sign_in_name, "password": typed}).status_code


def signed_out(user: User) -> Client:
    """A browser in which they signed in before."""
    browser = typed_password(user)
    browser.post("/afmelden/")
    return browser


def shut_out(user: User, browser: Client) -> None:
    assert [tries(user, browser) for _ in range(3)] == [200, 200, 429]


def test_a_colleague_behind_the_same_address_shuts_nobody_out_of_their_own_browser(jo: User) -> None:
    own = signed_out(jo)
    shut_out(jo, Client())
    assert tries(jo, Client(), PASSWORD) == 429
    assert tries(jo, own, PASSWORD) == 302


def test_guessing_in_a_browser_that_is_known_is_stopped_there(jo: User) -> None:
    own = signed_out(jo)
    shut_out(jo, own)
    assert tries(jo, own, PASSWORD) == 429
    assert tries(jo, Client(), PASSWORD) == 302


def test_the_second_step_goes_by_the_same_count(jo: User) -> None:
    own = typed_password(with_app(jo))
    assert own.post(STEP, {"code": code_now()}).status_code == 302
    own.post("/afmelden/")
    shut_out(jo, Client())
    assert tries(jo, own, PASSWORD) == 302
    assert own.post(STEP, {"code": code_now(later=1)}).status_code == 302
    assert is_in(own)


def test_a_browser_is_known_by_names_that_signed_in_there_and_by_what_we_signed(jo: User, settings: Any) -> None:
    colleague = a_case_manager(a_team(jo.municipality))
    set_password(by=command_line(), user=colleague, password=PASSWORD)
    theirs = signed_out(colleague)
    shut_out(jo, Client())
    assert tries(jo, theirs, PASSWORD) == 429
    made_up = Client()
    made_up.cookies[settings.OPSTAP_BROWSER_COOKIE] = "WyJhYmMiLFsieHl6Il1d:1abc:zelfverzonnen"
    assert tries(jo, made_up, PASSWORD) == 429


def test_who_share_a_computer_are_both_known_there(jo: User) -> None:
    colleague = a_case_manager(a_team(jo.municipality))
    set_password(by=command_line(), user=colleague, password=PASSWORD)
    shared = signed_out(jo)
    typed_password(colleague, shared).post("/afmelden/")
    shut_out(jo, Client())
    assert tries(jo, shared, PASSWORD) == 302


def test_the_cookie_says_no_name_and_is_out_of_reach_of_scripts(jo: User, settings: Any) -> None:
    morsel = typed_password(jo).cookies[settings.OPSTAP_BROWSER_COOKIE]
    assert str(jo.sign_in_name) not in morsel.value
    assert (bool(morsel["httponly"]), morsel["samesite"], morsel["path"]) == (True, "Lax", "/")


def test_trying_while_one_waits_prolongs_nothing(jo: User) -> None:
    browser = Client()
    shut_out(jo, browser)
    stood = list(AccessAttempt.objects.values_list("username", "attempt_time", "failures_since_start"))
    for password in ("mis", PASSWORD):
        assert tries(jo, browser, password) == 429
    assert list(AccessAttempt.objects.values_list("username", "attempt_time", "failures_since_start")) == stood


def test_a_new_password_opens_at_once(jo: User) -> None:
    own, other = signed_out(jo), Client()
    shut_out(jo, own)
    shut_out(jo, other)
    set_password(by=command_line(), user=jo, password=ANOTHER)
    assert (tries(jo, own, ANOTHER), tries(jo, other, ANOTHER)) == (302, 302)


def test_and_one_that_was_chosen_by_a_link_or_by_hand_too_but_of_no_colleague(jo: User) -> None:
    colleague = a_case_manager(a_team(jo.municipality))
    set_password(by=command_line(), user=colleague, password=PASSWORD)
    for user in (jo, colleague):
        shut_out(user, Client())
    change_own_password(by=acting(jo), user=jo, password=ANOTHER)
    assert (tries(jo, Client(), ANOTHER), tries(colleague, Client(), PASSWORD)) == (302, 429)


def test_wrong_codes_from_everywhere_are_forgotten_with_a_new_password(jo: User) -> None:
    with_app(jo)
    for number in range(3):
        typed_password(jo, Client(REMOTE_ADDR=f"203.0.113.{number}")).post(STEP, {"code": "x"})
    assert typed_password(jo, Client(REMOTE_ADDR="203.0.113.9")).post(STEP, {"code": code_now()}).status_code == 429
    set_password(by=command_line(), user=jo, password=PASSWORD)
    browser = typed_password(jo, Client(REMOTE_ADDR="203.0.113.9"))
    assert browser.post(STEP, {"code": code_now()}).status_code == 302
