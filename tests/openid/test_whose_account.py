"""Whose account it is: who signs in with the organisation alone, when a name is believed, and what groups end."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from opstap.accounts.logic.organisation import Presented, presented
from opstap.accounts.logic.totp import code_of, step_of
from opstap.accounts.models import Identity, OwnRole, RoleHolding, Session, User
from opstap.accounts.operations import (
    Composition,
    FactorFirst,
    NotAdmitted,
    add_app,
    admit,
    compose_role,
    give_by_group,
    give_role,
    unlink,
)
from opstap.accounts.selectors.organisation import may_sign_in_here
from opstap.audit.permissions import command_line, the_organisation
from opstap.foundation import dates
from opstap.foundation.openid import Connection
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_functional_administrator, acting
from tests.factories.pages import signed_in
from tests.openid.provider import Running, Visitor, person

pytestmark = pytest.mark.django_db
SET = Connection("https://login.voorbeeldstad.example", "opstap", "heel geheim")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def jo(jo: User) -> User:
    jo.set_password("een zin om te onthouden")
    jo.save()
    return jo


def presents(*groups: str, tells: bool = True, more: bool = False) -> Presented:
    return Presented(
        SET.issuer, "s-1", "jo@voorbeeldstad.example", "Jo Jansen", frozenset(groups), more, tells_groups=tells
    )


def admitted(somebody: Presented, **options: Any) -> User:
    return admit(by=the_organisation(), presented=somebody, **options)


def gives(town: Municipality, group: str, role: str) -> None:
    give_by_group(by=command_line(), municipality=town, group=group, role=role, team=None)


def with_app(user: User) -> User:
    with dates.clock_at(dates.now() - timedelta(hours=1)):
        add_app(by=acting(user), user=user, secret=SECRET, code=code_now())
    return user


def code_now() -> str:
    moment = int(dates.now().timestamp()) // 30
    code = code_of(base64.b32decode(SECRET), moment)
    assert step_of(base64.b32decode(SECRET), code, dates.now(), after=0) is not None
    return code


def held(user: User) -> set[tuple[str, str]]:
    rows = RoleHolding.objects.active_on(dates.today()).filter(user=user).select_related("own_role")
    return {(row.role, row.own_role.name_nl if row.own_role else "") for row in rows}


def a_composed_role(town: Municipality) -> OwnRole:
    may = ["see_clients", "hold_caseload", "hand_over", "see_inbox", "see_scales"]
    new = Composition("gesprekspartner", "Voert gesprekken.", may)
    return compose_role(by=command_line(), municipality=town, base="case_manager", new=new)


def composed_for(user: User) -> OwnRole:
    own = a_composed_role(user.municipality)
    give_role(by=command_line(), user=user, role=own.base, team=None, since=dates.today(), own_role=own)
    return own


def test_who_came_by_the_provider_has_no_other_way_in(jo: User, settings: Any) -> None:
    assert may_sign_in_here(jo)
    settings.OPSTAP_OPENID = SET
    assert may_sign_in_here(jo), "with a provider and nobody met there, all is as it was"
    admitted(presents())
    assert not may_sign_in_here(jo)
    page = signed_in(jo).get("/mijn/account/").content.decode()
    assert "/mijn/wachtwoord/" not in page
    settings.OPSTAP_LOCAL_SIGN_IN = frozenset({jo.sign_in_name})
    assert may_sign_in_here(jo)


def test_who_holds_what_a_group_gave_has_no_other_way_in(town: Municipality, jo: User, settings: Any) -> None:
    settings.OPSTAP_OPENID = SET
    gives(town, "g-co", "coordinator")
    admitted(presents("g-co"))
    Identity.objects.all().delete()
    assert not may_sign_in_here(jo)


@pytest.mark.openid
def test_a_password_is_refused_of_who_came_by_the_provider(provider: Running, jo: User) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    sent = {"username": jo.sign_in_name, "password": "een zin om te onthouden"}
    assert Visitor().browser.post("/aanmelden/", sent).status_code == 302
    Visitor().sign_in("s-1")
    refused = Visitor().browser.post("/aanmelden/", sent)
    assert "Gebruik daarvoor de knop" in refused.content.decode()


def test_a_composed_role_does_not_hide_that_its_base_ends(town: Municipality, jo: User) -> None:
    gives(town, "g-cm", "case_manager")
    admitted(presents("g-cm"))
    composed_for(jo)
    assert held(jo) == {("case_manager", ""), ("case_manager", "gesprekspartner")}
    admitted(presents())
    assert held(jo) == {("case_manager", "gesprekspartner")}


def test_a_composed_role_is_not_taken_for_what_a_group_gives(town: Municipality, jo: User) -> None:
    RoleHolding.objects.filter(user=jo).delete()
    composed_for(jo)
    gives(town, "g-cm", "case_manager")
    admitted(presents("g-cm"))
    assert held(jo) == {("case_manager", ""), ("case_manager", "gesprekspartner")}
    admitted(presents())
    assert held(jo) == {("case_manager", "gesprekspartner")}


def test_an_account_for_emergencies_is_linked_to_nobody(jo: User, settings: Any) -> None:
    settings.OPSTAP_OPENID, settings.OPSTAP_LOCAL_SIGN_IN = SET, frozenset({jo.sign_in_name})
    with pytest.raises(NotAdmitted) as refused:
        admitted(presents())
    assert refused.value.code == "for_emergencies"
    assert not Identity.objects.exists()


def test_nothing_is_linked_before_the_factor_of_the_account_is_proved(town: Municipality, jo: User) -> None:
    gives(town, "g-co", "coordinator")
    with_app(jo)
    with pytest.raises(FactorFirst):
        admitted(presents("g-co", more=True))
    assert not Identity.objects.exists()
    assert held(jo) == {("case_manager", "")}
    admitted(presents("g-co", more=True), proved=True)
    assert held(jo) == {("case_manager", ""), ("coordinator", "")}
    admitted(presents("g-co"))


@pytest.mark.openid
def test_who_is_met_by_a_name_with_a_factor_proves_it_first(
    provider: Running, town: Municipality, jo: User, settings: Any
) -> None:
    settings.OPSTAP_OPENID = provider.connection(second_step=frozenset({"mfa"}))
    gives(town, "g-co", "coordinator")
    with_app(jo)
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    visitor = Visitor()
    answer = visitor.sign_in("s-1", more=True, address="/aanmelden/organisatie/?next=/clienten/")
    assert answer.headers["Location"] == "/aanmelden/tweede-stap/"
    assert visitor.browser.post("/aanmelden/tweede-stap/", {"code": "12"}).status_code == 400
    assert not Identity.objects.exists()
    assert held(jo) == {("case_manager", "")}
    inside = visitor.browser.post("/aanmelden/tweede-stap/", {"code": code_now()})
    assert inside.headers["Location"] == "/clienten/"
    assert Identity.objects.get().user == jo
    assert held(jo) == {("case_manager", ""), ("coordinator", "")}
    again = Visitor()
    assert again.sign_in("s-1", more=True).headers["Location"] == "/", "from then on the provider is believed"
    assert "session/end" in visitor.browser.post("/afmelden/").content.decode()


@pytest.mark.openid
def test_who_may_not_come_in_after_the_factor_is_told_why(provider: Running, jo: User) -> None:
    with_app(jo)
    RoleHolding.objects.filter(user=jo).delete()
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor = Visitor()
    visitor.sign_in("s-1")
    answer = visitor.browser.post("/aanmelden/tweede-stap/", {"code": code_now()})
    assert answer.headers["Location"] == "/aanmelden/"
    assert "U hebt nu geen rol" in visitor.words()
    assert visitor.browser.get("/mijn/account/").status_code == 302


def test_taking_the_link_away_ends_the_sessions(town: Municipality, jo: User) -> None:
    admitted(presents())
    browser = signed_in(jo)
    assert browser.get("/mijn/account/").status_code == 200
    unlink(by=acting(a_functional_administrator(town)), user=jo)
    assert browser.get("/mijn/account/").status_code == 302
    assert not Session.objects.filter(user=jo).exists()


def test_a_claim_of_groups_that_is_gone_takes_nothing_away(town: Municipality, jo: User) -> None:
    gives(town, "g-co", "coordinator")
    silent = presents(tells=False)
    admitted(silent)
    admitted(presents("g-co"))
    with pytest.raises(NotAdmitted) as refused:
        admitted(silent)
    assert refused.value.code == "groups_missing"
    assert held(jo) == {("case_manager", ""), ("coordinator", "")}
    admitted(replace(silent, tells_groups=True))
    assert held(jo) == {("case_manager", "")}


def test_no_groups_is_not_the_same_as_nothing_about_groups() -> None:
    claims = {"sub": "s-1", "preferred_username": "jo@voorbeeldstad.example"}
    names = replace(SET, groups_claim="groups")
    assert presented(claims | {"groups": []}, names).tells_groups
    assert not presented(claims, names).tells_groups


@pytest.mark.openid
def test_a_claim_of_groups_that_is_gone_is_said_in_words(provider: Running, town: Municipality, jo: User) -> None:
    gives(town, "g-co", "coordinator")
    provider.told(people={"s-1": person("Jo Jansen", "g-co")})
    Visitor().sign_in("s-1")
    without = dict(person("Jo Jansen"))
    del without["groups"]
    provider.told(people={"s-1": without})
    visitor = Visitor()
    visitor.sign_in("s-1")
    assert "in welke groepen u zit" in visitor.words()
    assert held(jo) == {("case_manager", ""), ("coordinator", "")}


@pytest.mark.openid
def test_a_token_that_can_not_be_read_any_more_does_not_keep_anybody_in(provider: Running, jo: User) -> None:
    provider.told(people={"s-1": person("Jo Jansen")})
    visitor = Visitor()
    visitor.sign_in("s-1")
    session = visitor.browser.session
    session["by_organisation"] = [jo.reference, "00" * 40]
    session.save()
    answer = visitor.browser.post("/afmelden/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/aanmelden/")
    assert visitor.browser.get("/mijn/account/").status_code == 302
