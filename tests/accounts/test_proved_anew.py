"""Before what guards an account is changed, whoever signed in a while ago proves again who they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.models import SecondFactor, Session, User
from opstap.accounts.operations import give_one_time_password, reset_factors, send_link, unlink
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.second_step import with_app
from tests.factories.sessions import PASSWORD, after, entered
from tests.factories.windows import version_at

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


@pytest.fixture
def admin() -> User:
    town = a_municipality()
    a_setting(town, "second_factor_roles", "none")
    return a_functional_administrator(town)


def under_users(user: User) -> str:
    return f"/beheer/gebruikers/{user.reference}/"


def test_an_administrator_changes_how_they_sign_in_at_my_account_only(admin: User) -> None:
    browser, page = entered(admin), under_users(with_app(admin))
    Client().post("/aanmelden/", {"username": admin.sign_in_name, "password": PASSWORD})
    User.objects.filter(pk=admin.pk).update(email="beheer@zeist.example")
    said = says(browser, page)
    assert f'<a class="button" href="{ACCOUNT}">Naar Mijn account</a>' in said
    for action in ("password", "mail", "factors", "unlink", "sessions", "close", "open", "invite"):
        assert f'value="{action}"' not in said
        sent = {"action": action, "invite-sign_in_name": "anders"}
        assert browser.post(page, sent).status_code == 404, action
    assert browser.get(ACCOUNT).status_code == 200
    assert User.objects.get(pk=admin.pk).check_password(PASSWORD)
    assert SecondFactor.objects.filter(user=admin, kind="app").exists()
    for operation in (give_one_time_password, send_link, reset_factors, unlink):
        with pytest.raises(PermissionDenied):
            operation(by=acting(admin), user=admin)


def test_their_own_mail_address_too_is_changed_after_the_password(admin: User) -> None:
    browser, page = entered(admin), under_users(admin)
    sent = {"action": "change", "change-name": "Bea Beheer", **version_at(browser, page, "change-name")}
    mail = {"change-email": "van.een.ander@zeist.example"}
    with after(minutes=11):
        assert browser.post(page, sent | mail).status_code == 403
        assert User.objects.get(pk=admin.pk).email is None
        assert browser.post(page, sent).status_code == 302
        assert User.objects.get(pk=admin.pk).name == "Bea Beheer"
        assert proves(browser, "mis", page=page).status_code == 400
        assert proves(browser, page=page).headers["Location"] == page
        again = {"action": "change", "change-name": "Bea Beheer", **version_at(browser, page, "change-name")}
        assert browser.post(page, again | mail).status_code == 302
    assert User.objects.get(pk=admin.pk).email == "van.een.ander@zeist.example"


def test_of_a_colleague_nothing_of_this_is_asked(admin: User) -> None:
    colleague = a_case_manager(a_team(admin.municipality))
    browser, page = entered(admin), under_users(colleague)
    sent = {"action": "change", "change-name": "Cas", "change-email": "cas@zeist.example"}
    sent |= version_at(browser, page, "change-name")
    with after(minutes=11):
        assert browser.post(page, sent).status_code == 302
        assert proves(browser, page=page).status_code == 404
    assert User.objects.get(pk=colleague.pk).email == "cas@zeist.example"
