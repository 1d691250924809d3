"""Roles as the files give them, what they come to on a day, and making people who hold them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opstap.accounts.enums import Scope
from opstap.accounts.logic import permission_keys, roles
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import NewUser, create_team, create_user, create_workers, set_password
from opstap.accounts.selectors import standing_of
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.municipality.models import Municipality
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_functional_administrator,
    a_team,
    a_team_leader,
    a_worker,
    acting,
)
from tests.factories.municipality import a_municipality

DAY = date(2026, 6, 1)


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


def test_every_role_has_its_words_its_reach_and_permissions_that_exist() -> None:
    assert {key: role.scope for key, role in roles().items()} == {
        "case_manager": Scope.OWN_CASELOAD,
        "participation_consultant": Scope.OWN_CASELOAD,
        "income_consultant": Scope.BATCH,
        "matcher": Scope.BATCH,
        "job_coach": Scope.BATCH,
        "participation_coach": Scope.BATCH,
        "external_consultant": Scope.BATCH,
        "intern": Scope.SUPERVISED,
        "reception": Scope.NONE,
        "team_leader": Scope.TEAM,
        "coordinator": Scope.MUNICIPALITY,
        "policy": Scope.NONE,
        "functional_administrator": Scope.NONE,
        "privacy_officer": Scope.NONE,
        "researcher": Scope.NONE,
    }
    for role in roles().values():
        assert role.permissions <= permission_keys()
        assert all([role.name_nl, role.name_en, role.description_nl, role.description_en])
    assert roles()["coordinator"].name("nl") == "coördinator"
    assert roles()["coordinator"].name("en") == "coordinator"


def test_the_functional_administrator_touches_no_client_data_and_only_the_coordinator_imports() -> None:
    about_clients = {"see_clients", "see_reports", "record_clients", "record_placements", "import_clients"}
    assert not roles()["functional_administrator"].permissions & about_clients
    assert not roles()["privacy_officer"].permissions & about_clients
    assert [key for key, role in roles().items() if "import_clients" in role.permissions] == ["coordinator"]


def test_a_researcher_meets_nobody_and_permits_nothing() -> None:
    assert roles()["researcher"].permissions == {"see_scales", "take_research_extract"}
    permitting = [key for key, role in roles().items() if "permit_research" in role.permissions]
    assert permitting == ["coordinator", "privacy_officer"]


def test_a_role_holds_for_its_period_only(town: Municipality) -> None:
    user = a_worker(town, "coordinator", since=DAY)
    assert standing_of(user, DAY - timedelta(days=1), user.municipality_id).permissions == frozenset()
    assert standing_of(user, DAY, user.municipality_id).scopes == {Scope.MUNICIPALITY}
    RoleHolding.objects.filter(user=user).update(ends_on=DAY + timedelta(days=10))
    assert standing_of(user, DAY + timedelta(days=9), user.municipality_id).scopes == {Scope.MUNICIPALITY}
    assert standing_of(user, DAY + timedelta(days=10), user.municipality_id).scopes == frozenset()


def test_two_roles_together_give_both_their_permissions_and_the_reach_of_each(town: Municipality) -> None:
    user = a_functional_administrator(town)
    RoleHolding.objects.create(user=user, municipality=user.municipality, role="case_manager", starts_on=DAY)
    standing = standing_of(user, DAY, user.municipality_id)
    assert standing.scopes == {Scope.OWN_CASELOAD}
    RoleHolding.objects.create(
        user=user, municipality=user.municipality, role="team_leader", team=a_team(town), starts_on=DAY
    )
    assert standing_of(user, DAY, user.municipality_id).scopes == {Scope.OWN_CASELOAD, Scope.TEAM}
    assert {"manage_accounts", "see_clients"} <= standing.permissions
    assert {role.key for role in standing.roles} == {"functional_administrator", "case_manager"}


def test_a_team_counts_for_reach_only_where_the_role_reaches_a_team(town: Municipality) -> None:
    team = a_team(town)
    assert standing_of(a_team_leader(team), DAY, team.municipality_id).team_ids == {team.pk}
    assert standing_of(a_case_manager(team), DAY, team.municipality_id).team_ids == frozenset()


def test_a_role_that_is_no_longer_in_the_files_gives_nothing(town: Municipality) -> None:
    team = a_team(town)
    user = a_worker(town, "case_manager", team=team)
    RoleHolding.objects.filter(user=user).update(role="director")
    assert standing_of(user, DAY, user.municipality_id).permissions == frozenset()


def test_an_inactive_user_stands_nowhere(town: Municipality) -> None:
    user = a_coordinator(town)
    assert acting(user).may("reach_municipality")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert acting(user).permissions == frozenset()


def test_the_actor_of_a_user_carries_what_the_gate_asks(town: Municipality) -> None:
    team = a_team(town)
    user = a_team_leader(team)
    actor = acting(user)
    assert (actor.reference, actor.user_id, actor.municipality_id) == (user.reference, user.pk, town.pk)
    assert actor.team_ids == {team.pk}
    assert not actor.may_all
    assert actor.may("reach_team")
    assert not actor.may("reach_municipality")


def test_a_worker_is_made_with_role_and_team_and_no_password(town: Municipality) -> None:
    team = a_team(town)
    new = NewUser("Ans Voorbeeld", "ans", staff_code="A1", role="team_leader", team=team)
    user = create_user(by=command_line(), municipality=town, new=new, since=DAY)
    assert (user.name, user.sign_in_name, user.staff_code) == ("Ans Voorbeeld", "ans", "A1")
    assert not user.has_usable_password()
    assert RoleHolding.objects.get(user=user).team == team
    assert TeamMembership.objects.get(user=user).starts_on == DAY
    member = a_case_manager(team)
    assert (RoleHolding.objects.get(user=member).team, TeamMembership.objects.get(user=member).team) == (None, team)
    set_password(by=command_line(), user=user, password="lang genoeg")
    assert User.objects.get(pk=user.pk).check_password("lang genoeg")


def test_a_role_that_does_not_exist_makes_nobody(town: Municipality) -> None:
    before = latest_recording()
    with pytest.raises(ValueError, match="director"):
        create_workers(by=command_line(), municipality=town, rows=[NewUser("X", role="director")], since=DAY)
    assert latest_recording() == before
    assert not User.objects.filter(name="X").exists()


def test_an_importer_makes_workers_who_cannot_sign_in_and_no_others(town: Municipality) -> None:
    importer = acting(a_coordinator(town))
    create_team(by=importer, municipality=town, name="Noord")
    (named,) = create_workers(by=importer, municipality=town, rows=[NewUser("Genoemd")], since=DAY)
    assert named.sign_in_name is None
    with pytest.raises(PermissionDenied):
        create_workers(by=importer, municipality=town, rows=[NewUser("Wil erin", "wil")], since=DAY)
    with pytest.raises(PermissionDenied):
        set_password(by=importer, user=named, password="lang genoeg")


def test_who_may_not_manage_accounts_makes_nothing(town: Municipality) -> None:
    manager = acting(a_case_manager(a_team(town)))
    before = latest_recording()
    with pytest.raises(PermissionDenied):
        create_team(by=manager, municipality=town, name="Zuid")
    with pytest.raises(PermissionDenied):
        create_workers(by=manager, municipality=town, rows=[NewUser("Genoemd")], since=DAY)
    assert latest_recording() == before


def test_names_that_must_be_unique_are(town: Municipality) -> None:
    create_team(by=command_line(), municipality=town, name="Noord")
    with pytest.raises(IntegrityError), transaction.atomic():
        create_team(by=command_line(), municipality=town, name="Noord")
    assert create_team(by=command_line(), municipality=a_municipality(), name="Noord").pk
    rows = [NewUser("Een", staff_code="77"), NewUser("Twee", staff_code="77")]
    with pytest.raises(IntegrityError), transaction.atomic():
        create_workers(by=command_line(), municipality=town, rows=rows, since=DAY)
    create_workers(by=command_line(), municipality=town, rows=[NewUser("Een"), NewUser("Twee")], since=DAY)


def test_a_sign_in_name_is_found_whatever_its_capitals(town: Municipality) -> None:
    user = a_coordinator(town)
    assert user.sign_in_name is not None
    assert User.objects.get_by_natural_key(user.sign_in_name.upper()) == user
