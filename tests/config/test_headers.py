"""What every answer tells the browser, also a page that is refused, not there or broken, a file and a style sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.models import Session
from tests.factories.desk import Office

pytestmark = pytest.mark.django_db
TOO_LONG = "Dat duurde te lang. Meld u opnieuw aan."


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


def _page(office: Office) -> Any:
    return office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))


def _refused(office: Office) -> Any:
    return office.sign_in(office.jo).browser.get(reverse("accounts:users"))


def _not_there(office: Office) -> Any:
    return office.sign_in(office.jo).browser.get("/bestaat-niet/")


def _file(office: Office) -> Any:
    return office.sign_in(office.jo).browser.get(reverse("reporting:export", args=["caseload", "csv"]))


def _visitor(office: Office) -> Any:
    return office.browser.get(reverse("accounts:sign-in"))


def _expired(office: Office) -> Any:
    strict = Browser(enforce_csrf_checks=True)
    return strict.post(reverse("accounts:sign-in"), {"username": "x", "password": "y"})


def _style(office: Office) -> Any:
    response = office.browser.get("/static/ui/base.css")
    response.close()
    return response


ANSWERS: list[tuple[Callable[[Office], Any], int]] = [
    (_page, 200), (_refused, 403), (_not_there, 404), (_file, 200), (_visitor, 200), (_expired, 403), (_style, 200),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "status"), ANSWERS)
def test_every_answer_has_its_protection(office: Office, answer: Callable[[Office], Any], status: int) -> None:
    response = answer(office)
    assert response.status_code == status
    policy = response["Content-Security-Policy"]
    for directive in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert directive in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response or answer is _style


def test_a_page_that_breaks_has_it_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("opstap.dossier.views.caseload.municipality_of", breaks)
    browser = Browser(raise_request_exception=False)
    browser.force_login(office.jo, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get(reverse("dossier:caseload"))
    assert response.status_code == 500
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "RuntimeError" not in response.content.decode()


def test_a_nonce_is_another_each_time(office: Office) -> None:
    policies = {_visitor(office)["Content-Security-Policy"] for _ in range(2)}
    assert len(policies) == 2
    assert all("nonce-" in policy for policy in policies)


@pytest.mark.parametrize("answer", [_page, _refused, _file, _not_there])
def test_what_is_personal_is_kept_by_no_cache(office: Office, answer: Callable[[Office], Any]) -> None:
    assert "no-store" in answer(office)["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(office: Office) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    response = _visitor(office)
    assert all(morsel["samesite"] == "Lax" for morsel in response.cookies.values())


def test_what_is_told_is_kept_at_the_server_and_not_by_the_browser(office: Office) -> None:
    office.sign_in(office.leader)
    answer = office.browser.post("/clienten/samen/", {"what": "assign", "next": "/clienten/"})
    assert answer.status_code == 302
    assert set(office.browser.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    page = office.browser.get(answer["Location"]).content.decode()
    assert "Er is niemand aangevinkt" in page
    assert "Er is niemand aangevinkt" not in office.browser.get(answer["Location"]).content.decode(), "once"


def test_a_passer_by_is_told_something_and_makes_no_session(office: Office) -> None:
    browser = office.browser
    answer = browser.get(reverse("accounts:second-step"))
    assert answer.status_code == 302
    assert "messages" in browser.cookies
    assert Session.objects.count() == 0
    page = browser.get(answer["Location"])
    assert TOO_LONG in page.content.decode()
    assert page.cookies["messages"].value == ""
    assert TOO_LONG not in browser.get(answer["Location"]).content.decode(), "once"


def test_what_a_passer_by_was_told_and_did_not_see_is_shown_once_they_are_in(office: Office) -> None:
    office.browser.get(reverse("accounts:second-step"))
    page = office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    assert TOO_LONG in page.content.decode()
    assert page.cookies["messages"].value == ""
    assert TOO_LONG not in _page(office).content.decode(), "once"
