"""Answers of a provider that are not right: none lets anybody in, each is refused in words and in the log."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.test import Client

from opstap.accounts.models import User
from opstap.audit.models import Access
from opstap.foundation import dates
from opstap.foundation.openid import AnswerRefused, Connection
from opstap.foundation.openid.provider import provider_of
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.municipality import a_municipality, a_setting
from tests.openid.provider import BACK, INTO, Running, Visitor, person

pytestmark = [pytest.mark.django_db, pytest.mark.openid]


@pytest.fixture
def jo() -> User:
    town = a_municipality()
    a_setting(town, "second_factor_roles", "none")
    user = a_case_manager(a_team(town), name="Jo Jansen")
    user.sign_in_name = "jo@voorbeeldstad.example"
    user.save()
    return user


@pytest.fixture
def provider(provider: Running, jo: User) -> Running:
    provider.told(people={"s-1": person("Jo Jansen")})
    return provider


def is_in(visitor: Visitor) -> bool:
    return bool(visitor.browser.get("/mijn/account/").status_code == 200)


def refused(visitor: Visitor, answer: Any) -> bool:
    """Whether nobody got in, it is said in words, and the log knows of it."""
    last = Access.objects.filter(action="accounts:organisation-return").order_by("pk").last()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/aanmelden/")
    assert last is not None
    return not is_in(visitor) and last.result == "refused" and "is niet gelukt" in visitor.words()


@pytest.mark.parametrize(
    "fault",
    [
        "nonce",
        "no_nonce",
        "issuer",
        "audience",
        "two_audiences",
        "expired",
        "future",
        "none",
        "by_secret",
        "wrong_key",
        "changed",
        "no_subject",
        "no_token",
        "other_person",
    ],
)
def test_a_token_that_is_not_right_lets_nobody_in(provider: Running, fault: str) -> None:
    provider.told(fault=fault)
    visitor = Visitor()
    assert refused(visitor, visitor.sign_in("s-1"))
    provider.told(fault="")
    visitor.sign_in("s-1")
    assert is_in(visitor), "and without the fault the same browser gets in"


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token", "/me"])
def test_nobody_gets_in_by_an_answer_that_stands_elsewhere(provider: Running, path: str) -> None:
    provider.told(fault=f"moved {path}")
    visitor = Visitor()
    address = visitor.browser.get(INTO).headers["Location"]
    if path in {"/token", "/me"}:
        visitor.come_back(visitor.prove(address, "s-1"))
    else:
        assert address == "/aanmelden/", "the provider counts as down"
    asked = provider.told(fault="")
    assert [one.split()[1] for one in asked if path in one] == [path], asked
    assert not is_in(visitor)
    provider_of.cache_clear()
    visitor.sign_in("s-1")
    assert is_in(visitor), "and when it answers itself the same browser gets in"


def test_clocks_may_differ_a_little(provider: Running) -> None:
    provider.told(fault="just_expired")
    visitor = Visitor()
    visitor.sign_in("s-1")
    assert is_in(visitor)


def test_a_provider_that_offers_none_and_shared_secrets_is_not_believed_in_that(provider: Running) -> None:
    provider.told(fault="allows_none")
    visitor = Visitor()
    address = visitor.leave()
    for fault in ("none", "by_secret"):
        provider.told(fault=fault)
        assert refused(visitor, visitor.come_back(visitor.prove(address, "s-1")))
        address = visitor.leave()


def test_a_state_is_taken_once(provider: Running) -> None:
    visitor = Visitor()
    back = visitor.prove(visitor.leave(), "s-1")
    visitor.come_back(back)
    assert is_in(visitor)
    visitor.browser.post("/afmelden/")
    assert refused(visitor, visitor.come_back(back))


def test_an_answer_for_another_browser_lets_nobody_in(provider: Running) -> None:
    mine, theirs = Visitor(), Visitor()
    back = mine.prove(mine.leave(), "s-1")
    assert refused(theirs, theirs.come_back(back))
    theirs.leave()
    assert refused(theirs, theirs.come_back(back))


def test_an_answer_without_state_or_with_one_made_up_lets_nobody_in(provider: Running) -> None:
    visitor = Visitor()
    back = parse_qs(urlsplit(visitor.prove(visitor.leave(), "s-1")).query)
    given = {"code": back["code"][0], "iss": back["iss"][0]}
    assert refused(visitor, visitor.browser.get(f"{BACK}?{urlencode(given)}"))
    assert refused(visitor, visitor.browser.get(f"{BACK}?{urlencode(given | {'state': 'verzonnen'})}"))


def test_an_answer_that_says_another_issuer_or_none_is_refused(provider: Running) -> None:
    for change in ({"iss": "https://elsewhere.example"}, {"iss": None}):
        visitor = Visitor()
        asked = parse_qs(urlsplit(visitor.prove(visitor.leave(), "s-1")).query)
        back: dict[str, Any] = {name: values[0] for name, values in asked.items()}
        given = {name: value for name, value in (back | change).items() if value}
        assert refused(visitor, visitor.browser.get(f"{BACK}?{urlencode(given)}"))
        assert refused(visitor, visitor.browser.get(f"{BACK}?{urlencode(back)}")), "and its state is used up"


def test_who_is_away_too_long_begins_again(provider: Running) -> None:
    visitor = Visitor()
    back = visitor.prove(visitor.leave(), "s-1")
    with time_machine.travel(dates.now() + timedelta(minutes=11), tick=True):
        assert refused(visitor, visitor.come_back(back))


def test_a_code_of_somebody_else_does_not_go_with_the_verifier_of_this_browser(provider: Running) -> None:
    """Somebody who took a code along the way can't use it in a session of their own: PKCE."""
    victim, thief = Visitor(), Visitor()
    stolen = parse_qs(urlsplit(victim.prove(victim.leave(), "s-1")).query)["code"][0]
    own = parse_qs(urlsplit(thief.leave()).query)["state"][0]
    given = {"code": stolen, "state": own, "iss": provider.issuer}
    assert refused(thief, thief.browser.get(f"{BACK}?{urlencode(given)}"))


def test_keys_that_changed_are_fetched_once_more(provider: Running) -> None:
    Visitor().sign_in("s-1")
    provider.told(rotate=True)
    visitor = Visitor()
    visitor.sign_in("s-1")
    assert is_in(visitor)
    provider.told()
    Visitor().sign_in("s-1")
    asked = provider.told()
    assert "GET /jwks" not in asked
    assert "GET /.well-known/openid-configuration" not in asked


def test_a_description_of_another_issuer_is_no_provider(provider: Running) -> None:
    provider.told(fault="other_description")
    visitor = Visitor()
    assert visitor.browser.get(INTO).headers["Location"] == "/aanmelden/"
    assert "lukt nu niet" in visitor.words()


def test_who_does_not_sign_in_there_is_told_so_and_nothing_that_an_address_says(provider: Running) -> None:
    visitor = Visitor()
    visitor.come_back(visitor.prove(visitor.leave(), ""))
    words = visitor.words()
    assert "niet aangemeld bij uw organisatie" in words
    visitor.browser.get(f"{BACK}?error=%3Cb%3E&error_description=Bel+0900-1234")
    assert "0900-1234" not in visitor.words()


def test_what_is_logged_names_nobody(provider: Running, caplog: pytest.LogCaptureFixture) -> None:
    provider.told(fault="nonce")
    with caplog.at_level(logging.DEBUG):
        Visitor().sign_in("s-1")
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("opstap"))
    assert "refused" in ours
    assert "s-1" not in ours
    assert "jo@" not in ours
    assert "code=" not in ours


def test_what_waits_in_a_session_is_one_at_a_time(provider: Running) -> None:
    visitor = Visitor()
    for _time in range(5):
        visitor.leave()
    waiting = [key for key in list(visitor.browser.session.keys()) if key.startswith("_state_")]
    assert len(waiting) == 1


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"issuer": "http://login.example"}, "issuer_not_https"),
        ({"client_id": ""}, "client_id_missing"),
        ({"secret": ""}, "secret_missing"),
        ({"scope": "profile"}, "scope_without_openid"),
    ],
)
def test_a_connection_that_is_unsafe_or_not_whole_says_so(given: dict[str, str], fault: str) -> None:
    right: dict[str, Any] = {"issuer": "https://login.example", "client_id": "opstap", "secret": "geheim"}
    assert Connection(**right).faults() == []
    assert Connection(**{**right, **given}).faults() == [fault]
    assert "geheim" not in repr(Connection(**right))


def test_nothing_is_asked_of_the_provider_for_a_state_that_nobody_has(provider: Running) -> None:
    Visitor().leave()
    provider.told()
    with pytest.raises(AnswerRefused):
        provider_of(provider.connection()).answer(_asked(f"{BACK}?code=x&state=y&iss={provider.issuer}"))
    assert provider.told() == ["POST /control"]


def _asked(address: str) -> Any:
    request = Client().get("/aanmelden/").wsgi_request
    request.GET = request.GET.copy()  # type: ignore[assignment]  # the test fills it in
    request.GET.update({name: values[0] for name, values in parse_qs(urlsplit(address).query).items()})
    return request
