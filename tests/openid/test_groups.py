"""Signing in at the provider: its groups give roles and take them away, and make an account where that was set."""

from __future__ import annotations

from typing import Any

import pytest

from opstap.accounts.models import Identity, RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import end_group_role, give_role
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.municipality import a_municipality
from tests.openid.provider import Running, Visitor, person
from tests.openid.signing import gives, is_in, results, roles_of, takes_new

pytestmark = [pytest.mark.django_db, pytest.mark.openid]


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
