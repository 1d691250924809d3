"""Of whom a second step is asked, and when it is set up."""

from __future__ import annotations

import pytest

from opstap.accounts.models import SecondFactor, User
from opstap.accounts.operations import (
    FactorRefused,
    remove_factor,
    renew_recovery_codes,
    set_password,
)
from opstap.accounts.selectors.factors import factors_of, needs_factor
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.second_step import CODE, PASSWORD, STEP, code_now, is_in, typed_password, with_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def worker(town: Municipality) -> User:
    user = a_case_manager(a_team(town))
    set_password(by=command_line(), user=user, password=PASSWORD)
    return user


def test_who_must_have_one_sets_it_up_before_anything_else(worker: User) -> None:
    browser = typed_password(worker)
    for path in ("/", "/clienten/", "/mijn/account/", "/rapporten/"):
        assert browser.get(path).headers["Location"] == "/mijn/tweede-stap/"
    assert "Uw gemeente vraagt" in browser.get("/mijn/tweede-stap/").content.decode()
    page = browser.get("/mijn/tweede-stap/app/").content.decode()
    assert "<svg" in page
    assert " style=" not in page
    found = CODE.search(page)
    assert found
    secret = found.group(1).replace(" ", "")
    assert browser.post("/mijn/tweede-stap/app/", {"code": "12"}).status_code == 400
    answer = browser.post("/mijn/tweede-stap/app/", {"code": code_now(secret)}, follow=True)
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == 10
    assert "herstelcodes.txt" in answer.content.decode()
    assert is_in(browser)
    assert browser.get("/mijn/tweede-stap/herstelcodes/").status_code == 302  # shown this once
    again = typed_password(worker)
    assert again.post(STEP, {"code": codes[3].upper().replace("-", " ")}).status_code == 302
    assert "nog 9 codes" in again.get("/mijn/tweede-stap/").content.decode()
    assert typed_password(worker).post(STEP, {"code": codes[3]}).status_code == 400


def test_the_municipality_says_of_whom_it_is_asked(town: Municipality, worker: User) -> None:
    assert needs_factor(worker)
    a_setting(town, "second_factor_roles", "team_leader,coordinator")
    assert not needs_factor(worker)
    a_setting(town, "second_factor_roles", "case_manager", since=dates.today())
    assert needs_factor(worker)
    a_setting(town, "second_factor_roles", "none", since=dates.today())
    assert is_in(typed_password(worker))


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("all", True),
        ("coordinator,case_manager", True),
        ("case_manager", True),
        ("coordinator", False),
        ("none", False),
    ],
)
def test_every_page_asks_it_as_the_setting_says(town: Municipality, worker: User, value: str, asked: bool) -> None:
    a_setting(town, "second_factor_roles", value)
    answer = typed_password(worker).get("/clienten/")
    assert (answer.status_code, answer.headers.get("Location")) == (
        (302, "/mijn/tweede-stap/") if asked else (200, None)
    )


def test_in_a_demo_it_is_asked_of_nobody_unless_chosen(town: Municipality, worker: User) -> None:
    Municipality.objects.filter(pk=town.pk).update(environment=Environment.DEMO)
    worker.refresh_from_db()
    assert not needs_factor(worker)
    a_setting(town, "second_factor_roles", "all")
    assert needs_factor(worker)


def test_the_setting_is_chosen_by_ticking_roles(town: Municipality) -> None:
    admin = signed_in(a_functional_administrator(town))
    page = "/beheer/instellingen/second_factor_roles/"
    sent = {"value": ["case_manager", "team_leader"], "since": dates.today().isoformat()}
    sent["version"] = str(admin.get(page).context["opened"].version)
    said = admin.post(page, sent, follow=True).content.decode()
    assert "casemanager, teamleider" in said
    assert "iedereen; in een demo niemand" in said


def test_one_who_needs_it_keeps_the_last(town: Municipality, worker: User) -> None:
    (app,) = factors_of(with_app(worker))
    renew_recovery_codes(by=acting(worker), user=worker)
    with pytest.raises(FactorRefused):
        remove_factor(by=acting(worker), user=worker, factor=app)
    said = signed_in(worker).post("/mijn/tweede-stap/", {"action": "remove", "factor": app.reference}, follow=True)
    assert "Dit is uw laatste" in said.content.decode()
    a_setting(town, "second_factor_roles", "none")
    signed_in(worker).post("/mijn/tweede-stap/", {"action": "remove", "factor": app.reference})
    assert not SecondFactor.objects.filter(user=worker).exists()


def test_what_is_asked_later_is_asked_of_who_is_in(town: Municipality, worker: User) -> None:
    a_setting(town, "second_factor_roles", "none")
    browser = typed_password(worker)
    assert is_in(browser)
    a_setting(town, "second_factor_roles", "case_manager", since=dates.today())
    assert browser.get("/clienten/").headers["Location"] == "/mijn/tweede-stap/"
    a_setting(town, "second_factor_roles", "none", since=dates.today())
    assert is_in(browser)
