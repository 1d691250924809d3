"""Signing in with the organisation, at a real OpenID provider: who gets in, with which roles, and what is logged."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from opstap.accounts.models import GroupRole, Identity, RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import deactivate_user, end_group_role, give_by_group, give_role, unlink
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.foundation.openid.provider import provider_of
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, a_worker, acting
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.openid.provider import BACK, INTO, Running, Visitor, person

pytestmark = [pytest.mark.django_db, pytest.mark.openid]


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def team(town: Municipality) -> Team:
    return a_team(town, "Noord")


@pytest.fixture
def jo(team: Team) -> User:
    user = a_case_manager(team, name="Jo Jansen")
    user.sign_in_name = "jo@voorbeeldstad.example"
    user.save()
    return user


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def takes_new(town: Municipality) -> None:
    a_setting(town, "new_from_organisation", "make")


def gives(town: Municipality, group: str, role: str, team: Team | None = None) -> GroupRole:
    return give_by_group(by=command_line(), municipality=town, group=group, role=role, team=team)


def roles_of(user: User) -> set[str]:
    found = RoleHolding.objects.active_on(dates.today()).filter(user=user)
    return set(found.values_list("role", flat=True))


def results() -> list[tuple[str, str, str]]:
    rows = Access.objects.filter(action="accounts:organisation-return").order_by("pk")
    return list(rows.values_list("user", "method", "result"))


def is_in(visitor: Visitor) -> bool:
    return bool(visitor.browser.get("/mijn/account/").status_code == 200)


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


def test_where_the_setting_says_so_an_account_is_made_with_the_roles_of_the_groups(
    provider: Running, town: Municipality, team: Team, visitor: Visitor
) -> None:
    takes_new(town)
    gives(town, "g-cm", "case_manager", team)
    gives(town, "g-lead", "team_leader", team)
    provider.told(
        people={"s-9": person("Nieuw Iemand", "g-cm", "g-lead", "g-else"), "s-8": person("Ander Iemand", "g-else")}
    )
    visitor.sign_in("s-9")
    assert is_in(visitor)
    user = User.objects.get()
    assert (user.name, user.sign_in_name) == ("Nieuw Iemand", "nieuw@voorbeeldstad.example")
    assert not user.has_usable_password()
    held = RoleHolding.objects.filter(user=user).order_by("role").values_list("role", "team__name", "from_organisation")
    assert list(held) == [("case_manager", None, True), ("team_leader", "Noord", True)]
    assert TeamMembership.objects.get(user=user).team == team
    other = Visitor()
    other.sign_in("s-8")
    assert "maar hebt hier geen account" in other.words()


def test_who_left_a_group_loses_its_role_at_the_next_sign_in(
    provider: Running, town: Municipality, jo: User, visitor: Visitor
) -> None:
    gives(town, "g-cm", "case_manager")
    gives(town, "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-cm", "g-co")})
    visitor.sign_in("s-1")
    assert roles_of(jo) == {"case_manager", "coordinator"}
    provider.told(people={"s-1": person("Jo Jansen", "g-cm")})
    Visitor().sign_in("s-1")
    assert roles_of(jo) == {"case_manager"}
    provider.told(people={"s-1": person("Jo Jansen")})
    last = Visitor()
    last.sign_in("s-1")
    assert roles_of(jo) == set()
    assert "U hebt nu geen rol" in last.words()
    assert not is_in(last)
    assert not is_in(visitor), "whoever holds no role any more is signed out everywhere"
    assert results()[-1] == (jo.reference, "GET", "refused")


def test_a_role_that_was_given_by_hand_stays_and_one_that_a_group_gives_too_follows_the_group(
    provider: Running, town: Municipality, jo: User, visitor: Visitor
) -> None:
    give_role(by=command_line(), user=jo, role="coordinator", team=None, since=dates.today())
    gives(town, "g-cm", "case_manager")
    provider.told(people={"s-1": person("Jo Jansen", "g-cm")})
    visitor.sign_in("s-1")
    provider.told(people={"s-1": person("Jo Jansen")})
    Visitor().sign_in("s-1")
    assert roles_of(jo) == {"coordinator"}


def test_what_a_group_gave_is_gone_when_its_line_has_ended(
    provider: Running, town: Municipality, jo: User, visitor: Visitor
) -> None:
    row = gives(town, "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    visitor.sign_in("s-1")
    end_group_role(by=command_line(), row=row)
    Visitor().sign_in("s-1")
    assert roles_of(jo) == {"case_manager"}


def test_a_sign_in_that_changes_nothing_records_nothing(provider: Running, town: Municipality, jo: User) -> None:
    gives(town, "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    Visitor().sign_in("s-1")
    events = Event.objects.count()
    Visitor().sign_in("s-1")
    assert Event.objects.count() == events


def test_groups_of_another_municipality_give_nothing_here(provider: Running, jo: User, visitor: Visitor) -> None:
    gives(a_municipality(), "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    visitor.sign_in("s-1")
    assert roles_of(jo) == {"case_manager"}


def test_who_is_in_groups_of_two_municipalities_is_not_made_in_either(
    provider: Running, town: Municipality, visitor: Visitor
) -> None:
    for one in (town, a_municipality()):
        takes_new(one)
        gives(one, "g-cm", "case_manager")
    provider.told(people={"s-9": person("Nieuw Iemand", "g-cm")})
    visitor.sign_in("s-9")
    assert "meer dan één gemeente" in visitor.words()
    assert not User.objects.exists()


def test_more_groups_than_the_provider_tells_takes_no_role_away(
    provider: Running, town: Municipality, jo: User, visitor: Visitor
) -> None:
    gives(town, "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    Visitor().sign_in("s-1")
    many = dict(person("Jo Jansen", _claim_names={"groups": "src1"}))
    del many["groups"]
    provider.told(people={"s-1": many})
    visitor.sign_in("s-1")
    assert "zoveel groepen" in visitor.words()
    assert roles_of(jo) == {"case_manager", "coordinator"}


def test_groups_and_person_come_from_the_claims_that_are_set(
    provider: Running, town: Municipality, jo: User, visitor: Visitor, settings: Any
) -> None:
    """As Keycloak tells roles of the realm, and Entra ID the object of a person."""
    settings.OPSTAP_OPENID = provider.connection(person_claim="oid", groups_claim="realm_access.roles")
    gives(town, "r-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", oid="object-7", realm_access={"roles": ["r-co"]})})
    visitor.sign_in("s-1")
    assert Identity.objects.get(user=jo).subject == "object-7"
    assert roles_of(jo) == {"case_manager", "coordinator"}


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
