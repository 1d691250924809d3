"""Wrong codes at the second step: they count too, lock who guesses, and shut no colleague out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opstap.accounts.models import User
from opstap.accounts.operations import set_password
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality
from tests.factories.second_step import PASSWORD, STEP, code_now, is_in, typed_password, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def worker(town: Municipality) -> User:
    user = a_case_manager(a_team(town))
    set_password(by=command_line(), user=user, password=PASSWORD)
    return user


def test_a_wrong_code_lets_nobody_in_and_says_what_to_do(worker: User) -> None:
    browser = typed_password(with_app(worker))
    answer = browser.post(STEP, {"code": "000000" if code_now() != "000000" else "111111"})
    assert answer.status_code == 400
    assert "Wacht op de volgende" in answer.content.decode()
    assert not is_in(browser)


def test_wrong_codes_lock_this_name_at_this_address_and_nobody_else(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    colleague = a_case_manager(a_team(worker.municipality))
    set_password(by=command_line(), user=colleague, password=PASSWORD)
    browser = typed_password(with_app(worker))
    answers = [browser.post(STEP, {"code": "x"}).status_code for _ in range(3)]
    assert answers == [400, 400, 429]
    assert browser.post(STEP, {"code": code_now()}).status_code == 429
    assert Client().post("/aanmelden/", {"username": worker.sign_in_name, "password": PASSWORD}).status_code == 429
    assert typed_password(colleague).get("/").headers["Location"] == "/mijn/tweede-stap/"


def test_mistakes_count_together_however_the_name_is_written(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    name = str(worker.sign_in_name)
    tries = [
        Client().post("/aanmelden/", {"username": typed, "password": "mis"})
        for typed in (name.upper(), name, f" {name} ")
    ]
    assert [answer.status_code for answer in tries] == [200, 200, 429]


def test_wrong_codes_from_many_addresses_stop_everybody_who_has_the_password(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 4
    with_app(worker)
    for number in range(4):
        browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert typed_password(worker, browser).post(STEP, {"code": "x"}).status_code == 400
    other = typed_password(worker, Client(REMOTE_ADDR="203.0.113.99"))
    assert other.post(STEP, {"code": code_now()}).status_code == 429


def test_behind_the_server_in_front_a_colleague_is_not_shut_out(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    elsewhere = {"X-Forwarded-For": "203.0.113.66"}
    wrong = {"username": worker.sign_in_name, "password": "mis"}
    answers = [Client(headers=elsewhere).post("/aanmelden/", wrong).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert typed_password(worker, Client(headers={"X-Forwarded-For": "203.0.113.5"})).get("/").status_code == 302


def test_a_wrong_code_is_no_deed_of_its_owner_and_stands_in_the_log(worker: User) -> None:
    browser = typed_password(with_app(worker))
    browser.post(STEP, {"code": "x"})
    assert not Event.objects.filter(verb="prove_factor").exists()
    Client().post("/aanmelden/sleutel/", {"passkey": "{}"})
    tried = Access.objects.exclude(action="accounts:sign-in").values_list("user", "action", "result")
    assert set(tried) == {("", "accounts:second-step", "refused"), ("", "accounts:passkey-sign-in", "refused")}
    browser.post(STEP, {"code": code_now()})
    assert Event.objects.filter(verb="prove_factor", about=worker.reference).count() == 1
