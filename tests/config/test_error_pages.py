"""What a visitor reads when something is not there, not allowed, expired or broken: in Dutch and in English."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from opstap.config import views
from tests.factories.accounts import a_coordinator
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
EXPIRED = {"nl": "Dit formulier is verlopen", "en": "This form has expired"}
MISSING = {"nl": "Deze pagina bestaat niet", "en": "This page does not exist"}
CLOSED = {"nl": "U heeft geen toegang tot deze pagina", "en": "You have no access to this page"}
BROKEN = {"nl": "Er ging iets mis in Opstap", "en": "Something went wrong in Opstap"}
in_both = pytest.mark.parametrize("language", ["nl", "en"])


def browser(language: str, **words: bool) -> Client:
    """A coordinator who chose a language on screen."""
    client = Client(**words)  # type: ignore[arg-type]  # options of the test client
    client.force_login(a_coordinator(a_municipality()), backend="django.contrib.auth.backends.ModelBackend")
    if language == "en":
        client.handler.enforce_csrf_checks = False
        client.post("/taal/", {"language": "en", "next": "/rapporten/"})
        client.handler.enforce_csrf_checks = words.get("enforce_csrf_checks", False)
    return client


def read(response: Any, status: int, language: str) -> str:
    text = str(response.content.decode())
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    return text


@in_both
def test_a_form_that_expired_saves_nothing_and_says_so(language: str) -> None:
    answer = browser(language, enforce_csrf_checks=True).post("/import/", {"scale": "vng"})
    assert EXPIRED[language] in read(answer, 403, language)


@in_both
def test_a_page_that_is_not_there(language: str) -> None:
    assert MISSING[language] in read(browser(language).get("/bestaat-niet/"), 404, language)


@in_both
def test_a_page_that_is_not_for_you(language: str) -> None:
    assert CLOSED[language] in read(browser(language).get("/beheer/"), 403, language)


@in_both
def test_a_page_that_breaks(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(request: HttpRequest) -> list[tuple[str, str]]:
        raise RuntimeError(request.path)

    client = browser(language, raise_request_exception=False)
    monkeypatch.setattr(views, "items_of", breaks)
    assert BROKEN[language] in read(client.get("/"), 500, language)
