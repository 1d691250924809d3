"""The gate: whom each role sees, today; what is not yours and what does not exist answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import Http404

from opstap.accounts.models import RoleHolding, Team, User
from opstap.audit.operations import withdraw_facts, writing
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Assignment, Client
from opstap.clients.permissions import client_or_404, may_see_client, sees_whole_municipality, visible_clients
from opstap.foundation.dates import clock_at
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_functional_administrator,
    a_team,
    a_team_leader,
    acting,
)
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality

TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _today(db: None) -> Iterator[None]:
    with clock_at(datetime(2026, 6, 10, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def team(town: Municipality) -> Team:
    return a_team(town)


@pytest.fixture
def manager(team: Team) -> User:
    return a_case_manager(team)


def seen(user: User) -> set[Client]:
    return set(visible_clients(acting(user)))


def test_a_case_manager_sees_the_own_caseload(town: Municipality, team: Team, manager: User) -> None:
    mine, of_colleague, of_team, of_nobody = (a_client(town) for _ in range(4))
    in_caseload(mine, manager, team=team)
    in_caseload(of_colleague, a_case_manager(team), team=team)
    in_caseload(of_team, team=team)
    assert seen(manager) == {mine}
    assert may_see_client(acting(manager), mine)
    assert not any(may_see_client(acting(manager), other) for other in (of_colleague, of_team, of_nobody))


@pytest.mark.parametrize(
    ("since", "until", "visible"),
    [
        (TODAY, None, True),
        (TODAY - timedelta(days=9), TODAY + timedelta(days=1), True),
        (TODAY - timedelta(days=9), TODAY, False),
        (TODAY + timedelta(days=1), None, False),
    ],
    ids=["from today", "until today included", "ended today", "from tomorrow"],
)
def test_an_assignment_opens_the_gate_on_its_days_only(
    town: Municipality, manager: User, since: date, until: date | None, *, visible: bool
) -> None:
    client = a_client(town)
    in_caseload(client, manager, since=since, until=until)
    assert (client in seen(manager)) is visible


def test_an_assignment_that_was_withdrawn_opens_nothing(town: Municipality, manager: User) -> None:
    client = a_client(town)
    in_caseload(client, manager)
    with writing(by=command_line(), verb="withdraw") as recording:
        withdraw_facts(Assignment, [Assignment.objects.get(client=client).pk], recording=recording)
    assert seen(manager) == set()


def test_another_role_than_case_manager_puts_nobody_in_a_caseload(town: Municipality, manager: User) -> None:
    client = a_client(town)
    with writing(by=command_line(), verb="test") as recording:
        Assignment(
            recording=recording, client=client, worker=manager, role="job_coach", starts_on=TODAY - timedelta(days=1)
        ).save()
    assert seen(manager) == set()


def test_a_team_leader_sees_the_caseloads_of_the_own_team(town: Municipality, team: Team, manager: User) -> None:
    other = a_team(town)
    of_worker, of_team, elsewhere = (a_client(town) for _ in range(3))
    in_caseload(of_worker, manager, team=team)
    in_caseload(of_team, team=team)
    in_caseload(elsewhere, a_case_manager(other), team=other)
    assert seen(a_team_leader(team)) == {of_worker, of_team}
    assert seen(a_team_leader(other)) == {elsewhere}


def test_a_coordinator_sees_the_municipality_and_no_other(town: Municipality) -> None:
    mine, elsewhere = a_client(town), a_client(a_municipality())
    actor = acting(a_coordinator(town))
    assert set(visible_clients(actor)) == {mine}
    assert not may_see_client(actor, elsewhere)
    assert sees_whole_municipality(actor)


def test_a_case_manager_does_not_reach_into_another_municipality(manager: User) -> None:
    client = a_client(a_municipality())
    in_caseload(client, manager)
    assert seen(manager) == set()


def test_a_functional_administrator_sees_nobody(town: Municipality) -> None:
    a_client(town)
    actor = acting(a_functional_administrator(town))
    assert not visible_clients(actor).exists()
    assert not sees_whole_municipality(actor)


def test_an_inactive_user_sees_nobody(town: Municipality) -> None:
    a_client(town)
    user = a_coordinator(town)
    assert seen(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert seen(user) == set()


def test_a_change_of_role_takes_effect_at_once(town: Municipality, team: Team, manager: User) -> None:
    mine, other = a_client(town), a_client(town)
    in_caseload(mine, manager, team=team)
    assert seen(manager) == {mine}
    RoleHolding.objects.create(user=manager, municipality=manager.municipality, role="coordinator", starts_on=TODAY)
    assert seen(manager) == {mine, other}
    RoleHolding.objects.filter(user=manager).update(ends_on=TODAY)
    assert seen(manager) == set()


def test_someone_without_permission_to_see_clients_sees_nobody_whatever_the_reach(town: Municipality) -> None:
    a_client(town)
    actor = acting(a_coordinator(town))
    assert not visible_clients(replace(actor, permissions=actor.permissions - {"see_clients"})).exists()
    reach = frozenset({"reach_municipality", "reach_team", "reach_own_caseload"})
    assert not visible_clients(replace(actor, permissions=actor.permissions - reach)).exists()
    assert not visible_clients(replace(actor, municipality_id=None)).exists()
    assert not visible_clients(Actor(reference="x", name="x", source="screen")).exists()


def test_the_command_line_sees_all(town: Municipality) -> None:
    clients = {a_client(town), a_client(a_municipality())}
    assert set(visible_clients(command_line())) == clients
    assert sees_whole_municipality(command_line())


def test_what_is_not_yours_and_what_does_not_exist_answer_alike(town: Municipality, manager: User) -> None:
    mine, other = a_client(town), a_client(town)
    in_caseload(mine, manager)
    actor = acting(manager)
    assert client_or_404(actor, mine.reference) == mine
    answers = []
    for reference in (other.reference, new_reference(), mine.number, str(mine.pk)):
        with pytest.raises(Http404) as refused:
            client_or_404(actor, reference)
        answers.append(str(refused.value))
    assert len(set(answers)) == 1
