"""Signing in with the organisation, at a real OpenID provider: who gets in, with which roles, and what is logged."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from opstap.accounts.models import Identity, User
from opstap.accounts.operations import deactivate_user, unlink
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.foundation.openid.provider import provider_of
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_functional_administrator, a_worker, acting
from tests.factories.municipality import a_setting
from tests.factories.pages import signed_in
from tests.openid.provider import BACK, INTO, Running, Visitor, person
from tests.openid.signing import gives, is_in, results

pytestmark = [pytest.mark.django_db, pytest.mark.openid]


def test_who_is_known_by_the_sign_in_name_is_let_in_and_linked(provider: Running, jo: User, visitor: Visitor) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    answer = visitor.sign_in("s-1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(visitor)
    identity = Identity.objects.get(user=jo)
    assert (identity.issuer, identity.subject) == (provider.issuer, "s-1")
    assert results() == [(jo.reference, "GET", "done")]


def test_what_is_asked_is_a_code_with_pkce_state_and_nonce_and_nothing_about_a_person(
    provider: Running, visitor: Visitor
) -> None:
    asked = parse_qs(urlsplit(visitor.leave()).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert asked["scope"] == ["openid profile"]
    assert {len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge")} == {True}
    standard = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
    assert set(asked) == standard | {"code_challenge", "code_challenge_method"}
    again = parse_qs(urlsplit(visitor.leave()).query)
    assert asked["state"] != again["state"]
    assert asked["nonce"] != again["nonce"]


def test_somebody_is_known_by_what_never_changes_there(provider: Running, jo: User, visitor: Visitor) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor.sign_in("s-1")
    provider.told(people={"s-1": person("Jo de Vries", preferred_username="jdevries@voorbeeldstad.example")})
    later = Visitor()
    later.sign_in("s-1")
    assert is_in(later)
    assert User.objects.count() == 1


def test_somebody_else_with_the_same_name_does_not_become_them(provider: Running, jo: User, visitor: Visitor) -> None:
    provider.told(people={"s-1": person("Jo Jansen"), "s-2": person("Jo Jansen")})
    visitor.sign_in("s-1")
    other = Visitor()
    other.sign_in("s-2")
    assert not is_in(other)
    assert "meldt zich hier al iemand anders" in other.words()
    assert results()[-1] == (jo.reference, "GET", "refused")
    unlink(by=command_line(), user=jo)
    other.sign_in("s-2")
    assert is_in(other)


def test_who_has_no_account_is_refused_in_words(provider: Running, town: Municipality, visitor: Visitor) -> None:
    gives(town, "g-cm", "case_manager")
    provider.told(people={"s-9": person("Nieuw Iemand", "g-cm")})
    answer = visitor.sign_in("s-9")
    assert answer.headers["Location"] == "/aanmelden/"
    assert "maar hebt hier geen account" in visitor.words()
    assert not User.objects.exists()
    assert results() == [("", "GET", "refused")]


def test_a_closed_account_stays_closed(provider: Running, jo: User, visitor: Visitor, town: Municipality) -> None:
    a_functional_administrator(town)
    provider.told(people={"s-1": person("Jo Jansen")})
    deactivate_user(by=command_line(), user=jo)
    visitor.sign_in("s-1")
    assert "Dit account is gesloten" in visitor.words()
    assert results() == [(jo.reference, "GET", "refused")]


def test_the_second_step_of_the_provider_counts_only_where_it_is_believed(
    provider: Running, town: Municipality, jo: User, settings: Any
) -> None:
    a_setting(town, "second_factor_roles", "all", since=dates.today())
    provider.told(people={"s-1": person("Jo Jansen")})
    unbelieved = Visitor()
    unbelieved.sign_in("s-1", more=True)
    assert unbelieved.browser.get("/").headers["Location"] == "/mijn/tweede-stap/"
    settings.OPSTAP_OPENID = provider.connection(second_step=frozenset({"mfa"}))
    once = Visitor()
    once.sign_in("s-1")
    assert once.browser.get("/").headers["Location"] == "/mijn/tweede-stap/"
    believed = Visitor()
    believed.sign_in("s-1", more=True)
    assert is_in(believed)
    settings.OPSTAP_OPENID = provider.connection(second_step=frozenset({"strong"}))
    by_acr = Visitor()
    by_acr.sign_in("s-1", more=True)
    assert is_in(by_acr)


def test_one_goes_on_to_the_page_one_wanted_and_never_to_another_site(provider: Running, jo: User) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    inside = Visitor().sign_in("s-1", address=f"{INTO}?next=/clienten/")
    assert inside.headers["Location"] == "/clienten/"
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        answer = Visitor().sign_in("s-1", address=f"{INTO}?next={elsewhere}")
        assert answer.headers["Location"] == "/"


def test_the_session_has_the_limits_of_every_session(provider: Running, jo: User, visitor: Visitor) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor.sign_in("s-1")
    with dates.clock_at(dates.now() + timedelta(minutes=31)):
        assert visitor.browser.get("/").headers["Location"].startswith("/aanmelden/")


def test_signing_out_ends_the_session_there_too_with_nobody_in_an_address(
    provider: Running, jo: User, visitor: Visitor
) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor.sign_in("s-1")
    page = visitor.browser.post("/afmelden/")
    assert not is_in(visitor)
    text = page.content.decode()
    assert f'action="{provider.issuer}/session/end"' in text
    assert 'name="id_token_hint" value="ey' in text
    assert f"form-action 'self' {provider.issuer};" in page.headers["Content-Security-Policy"] + ";"
    assert page.headers["Cache-Control"] == "no-store"
    context = page.context
    sent = {"id_token_hint": context["token"], "client_id": context["client_id"]}
    sent["post_logout_redirect_uri"] = context["back_to"]
    there = visitor.there.post(f"{provider.issuer}/session/end", data=sent, timeout=10)
    asked = re.search(r'action="([^"]+)".*?name="xsrf" value="([^"]+)"', there.text, re.DOTALL)
    assert asked, there.text
    confirmed = {"xsrf": asked[2], "logout": "yes"}
    over = visitor.there.post(asked[1], data=confirmed, allow_redirects=False, timeout=10)
    assert over.headers["Location"].split("?")[0] == "http://testserver/aanmelden/"
    assert "Aanmelden bij Voorbeeldstad" in visitor.there.get(visitor.leave(), timeout=10).text


def test_only_the_page_of_signing_out_may_send_a_form_to_the_provider(
    provider: Running, jo: User, visitor: Visitor
) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    assert provider.issuer not in visitor.browser.get("/aanmelden/").headers["Content-Security-Policy"]
    visitor.sign_in("s-1")
    assert provider.issuer not in visitor.browser.get("/").headers["Content-Security-Policy"]


def test_who_signed_in_here_signs_out_here_alone(provider: Running, jo: User) -> None:
    answer = signed_in(jo).post("/afmelden/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/aanmelden/")


def test_the_provider_down_is_said_in_words_and_the_emergency_account_gets_in(
    provider: Running, town: Municipality, jo: User, settings: Any
) -> None:
    settings.OPSTAP_OPENID = provider.connection(issuer="http://127.0.0.1:9")
    settings.OPSTAP_LOCAL_SIGN_IN = frozenset({"nood"})
    provider_of.cache_clear()
    visitor = Visitor()
    assert visitor.browser.get(INTO).headers["Location"] == "/aanmelden/"
    assert "lukt nu niet" in visitor.words()
    for user, name in ((jo, jo.sign_in_name), (a_worker(town, "functional_administrator"), "nood")):
        user.sign_in_name = name
        user.set_password("een zin om te onthouden")
        user.save()
    sent = {"username": "jo@voorbeeldstad.example", "password": "een zin om te onthouden"}
    refused = visitor.browser.post("/aanmelden/", sent)
    assert "Gebruik daarvoor de knop" in refused.content.decode()
    assert visitor.browser.post("/aanmelden/", sent | {"username": "nood"}).status_code == 302


def test_an_account_for_one_time_that_comes_by_the_provider_needs_no_password(
    provider: Running, jo: User, visitor: Visitor
) -> None:
    jo.must_change_password = True
    jo.save()
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor.sign_in("s-1")
    assert visitor.browser.get("/clienten/").status_code == 200


def test_without_a_provider_there_is_no_button_and_no_page(jo: User, visitor: Visitor) -> None:
    assert "Aanmelden met uw organisatie" not in visitor.words()
    assert visitor.browser.get(INTO).status_code == 404
    assert visitor.browser.get(BACK).status_code == 404


def test_the_page_of_signing_in_offers_the_organisation_first(provider: Running, town: Municipality) -> None:
    words = Visitor().words()
    assert "Aanmelden met uw organisatie" in words
    assert acting(a_functional_administrator(town)).may("manage_accounts")
