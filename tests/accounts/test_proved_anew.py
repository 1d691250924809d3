"""Before what guards an account is changed, whoever signed in a while ago proves again who they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opstap.accounts.models import SecondFactor, Session, User
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.second_step import with_app
from tests.factories.sessions import PASSWORD, after, entered

pytestmark = pytest.mark.django_db
PAGE, ACCOUNT = "/mijn/tweede-stap/", "/mijn/account/"
PAGES = (PAGE, f"{PAGE}app/", f"{PAGE}sleutel/")
ASKED = "Nog eens uw wachtwoord"


@pytest.fixture
def jo() -> User:
    town = a_municipality()
    a_setting(town, "second_factor_roles", "none")
    return a_case_manager(a_team(town))


def proves(browser: Client, password: str = PASSWORD, page: str = PAGE) -> Any:
    return browser.post(page, {"action": "prove", "password": password})


def says(browser: Client, page: str) -> str:
    return browser.get(page).content.decode()


def test_just_after_signing_in_nothing_is_asked(jo: User) -> None:
    browser = entered(jo)
    with after(minutes=9):
        assert all(ASKED not in says(browser, page) for page in PAGES)


def test_later_the_password_is_asked_and_then_not_for_ten_minutes(jo: User) -> None:
    browser = entered(jo)
    with after(minutes=11):
        assert all(ASKED in says(browser, page) for page in PAGES)
        wrong = proves(browser, "mis")
        assert (wrong.status_code, "niet uw wachtwoord" in wrong.content.decode()) == (400, True)
        assert ASKED in says(browser, PAGE)
        assert proves(browser, page=PAGES[1]).headers["Location"] == PAGES[1]
        assert all(ASKED not in says(browser, page) for page in PAGES)
    with after(minutes=20):
        assert ASKED not in says(browser, PAGE)
    with after(minutes=22):
        assert ASKED in says(browser, PAGE)


def test_until_then_a_form_that_is_sent_changes_nothing(jo: User) -> None:
    browser = entered(jo)
    with_app(jo)
    factor = SecondFactor.objects.exclude(kind="recovery").get(user=jo)
    with after(minutes=11):
        for sent in ({"action": "remove", "factor": factor.reference}, {"action": "codes"}):
            answer = browser.post(PAGE, sent)
            assert (answer.status_code, ASKED in answer.content.decode()) == (403, True)
        assert list(SecondFactor.objects.filter(user=jo)) == [factor]
        proves(browser)
        assert browser.post(PAGE, {"action": "remove", "factor": factor.reference}).status_code == 302
    assert not SecondFactor.objects.filter(user=jo, kind="app").exists()


def test_ending_ones_sessions_asks_it_too_and_looking_does_not(jo: User) -> None:
    browser = entered(jo)
    Client().post("/aanmelden/", {"username": jo.sign_in_name, "password": PASSWORD})
    with after(minutes=11):
        assert ASKED not in says(browser, ACCOUNT)
        assert browser.post(ACCOUNT, {"action": "end-others"}).status_code == 403
        assert Session.objects.filter(user=jo).count() == 2
        assert proves(browser, page=ACCOUNT).headers["Location"] == ACCOUNT
        assert browser.post(ACCOUNT, {"action": "end-others"}).status_code == 302
    assert Session.objects.filter(user=jo).count() == 1


def test_who_has_no_password_here_is_not_asked(jo: User) -> None:
    browser = entered(jo)
    jo.set_unusable_password()
    User.objects.filter(pk=jo.pk).update(password=jo.password)
    browser.force_login(User.objects.get(pk=jo.pk), backend="django.contrib.auth.backends.ModelBackend")
    with after(minutes=11):
        assert ASKED not in says(browser, PAGE)


def test_guessing_it_is_stopped_as_at_signing_in(jo: User, settings: Any) -> None:
    browser = entered(jo)
    settings.AXES_ENABLED, settings.AXES_FAILURE_LIMIT = True, 3
    with after(minutes=11):
        assert [proves(browser, "mis").status_code for _ in range(3)] == [400, 400, 429]
        assert proves(browser).status_code == 429
        assert ASKED in says(browser, PAGE)
