"""Assigning many at once: what was before ends, it can be taken back, and nobody reaches past the own team."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import end_role, end_team, join_team, leave_team
from opstap.clients.logic import FollowUpRow
from opstap.clients.models import Assignment, Client
from opstap.clients.operations import Share, TakenBack, assign_clients, close_follow_up, take_back_assigning
from opstap.clients.operations.held import record_held_fact
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.sizes import team_size
from tests.factories.accounts import acting
from tests.factories.clients import BY, FOLLOWED_SINCE, followed
from tests.factories.desk import Office, days_ago

pytestmark = pytest.mark.django_db
REASON = "worker_absent"


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


def give(office: Office, clients: list[Client], to: User, *, by: User | None = None, on: date | None = None) -> int:
    shares = [Share(client.pk, to.pk, office.team.pk) for client in clients]
    done = assign_clients(by=acting(by or office.leader), shares=shares, from_on=on or days_ago(0), reason=REASON)
    assert done.number is not None
    assert done.clients == len(clients)
    return done.number


def held(client: Client) -> list[tuple[str | None, date, date | None, str]]:
    rows = Assignment.objects.current().filter(client=client).order_by("starts_on", "pk").select_related("worker")
    return [(row.worker.name if row.worker else None, row.starts_on, row.ends_on, row.end_reason) for row in rows]


def test_what_was_before_ends_on_the_day_with_its_reason(office: Office) -> None:
    client = office.of(office.jo)
    give(office, [client], office.kim, on=days_ago(3))
    assert held(client) == [
        ("Jo Visser", FOLLOWED_SINCE, days_ago(3), REASON),
        ("Kim Smit", days_ago(3), None, ""),
    ]


def test_who_was_reassigned_keeps_no_access(office: Office) -> None:
    client = office.of(office.jo)
    assert visible_clients(acting(office.jo)).filter(pk=client.pk).exists()
    give(office, [client], office.kim)
    assert not visible_clients(acting(office.jo)).filter(pk=client.pk).exists()
    assert visible_clients(acting(office.kim)).filter(pk=client.pk).exists()


def test_from_a_later_day_on_both_keep_what_they_have_until_then(office: Office) -> None:
    client = office.of(office.jo)
    give(office, [client], office.kim, on=days_ago(-5))
    assert visible_clients(acting(office.jo)).filter(pk=client.pk).exists()
    assert not visible_clients(acting(office.kim)).filter(pk=client.pk).exists()
    assert not visible_clients(acting(office.jo), on=days_ago(-5)).filter(pk=client.pk).exists()


def test_an_assignment_that_had_yet_to_begin_gives_way(office: Office) -> None:
    client = office.of(office.jo)
    give(office, [client], office.kim, on=days_ago(-5))
    give(office, [client], office.jo, on=days_ago(-2))
    assert held(client) == [
        ("Jo Visser", FOLLOWED_SINCE, days_ago(-2), REASON),
        ("Jo Visser", days_ago(-2), None, ""),
    ]


def test_who_has_the_client_already_keeps_them(office: Office) -> None:
    client = office.of(office.jo)
    share = Share(client.pk, office.jo.pk, office.team.pk)
    done = assign_clients(by=acting(office.leader), shares=[share], from_on=days_ago(0), reason=REASON)
    assert (done.number, done.clients) == (None, 0)
    assert held(client) == [("Jo Visser", FOLLOWED_SINCE, None, "")]


def test_taken_back_it_is_as_before(office: Office) -> None:
    clients = [office.of(office.jo), office.of(office.jo), office.of(None, team=office.team)]
    before = [held(client) for client in clients]
    number = give(office, clients, office.kim)
    assert take_back_assigning(by=acting(office.leader), number=number) == TakenBack(3, 0)
    assert [held(client) for client in clients] == before
    assert take_back_assigning(by=acting(office.leader), number=number) == TakenBack(0, 3)


def test_what_somebody_did_since_stays(office: Office) -> None:
    first, second = office.of(office.jo), office.of(office.jo)
    number = give(office, [first, second], office.kim)
    give(office, [second], office.jo, by=office.coordinator)
    assert take_back_assigning(by=acting(office.leader), number=number) == TakenBack(1, 1)
    assert held(first) == [("Jo Visser", FOLLOWED_SINCE, None, "")]
    assert held(second)[-1] == ("Jo Visser", days_ago(0), None, "")


def test_an_assignment_that_gave_way_comes_back(office: Office) -> None:
    client = office.of(office.jo)
    give(office, [client], office.kim, on=days_ago(-5))
    before = held(client)
    number = give(office, [client], office.kim, on=days_ago(-2))
    take_back_assigning(by=acting(office.leader), number=number)
    assert held(client) == before


def test_nobody_takes_back_what_another_did(office: Office) -> None:
    number = give(office, [office.of(office.jo)], office.kim)
    with pytest.raises(PermissionDenied):
        take_back_assigning(by=acting(office.coordinator), number=number)
    with pytest.raises(PermissionDenied):
        take_back_assigning(by=acting(office.leader), number=number - 1)


def test_a_leader_steers_the_own_team_only(office: Office) -> None:
    own, other = office.of(office.jo), office.of(office.lee, team=office.other_team)
    leader, today = acting(office.leader), days_ago(0)
    refused = [
        Share(other.pk, office.kim.pk, office.team.pk),
        Share(own.pk, office.lee.pk, office.other_team.pk),
        Share(own.pk, office.lee.pk, office.team.pk),
        Share(own.pk, office.kim.pk, office.other_team.pk),
        Share(own.pk, office.kim.pk, None),
    ]
    for share in refused:
        with pytest.raises(PermissionDenied):
            assign_clients(by=leader, shares=[share], from_on=today, reason=REASON)
    done = assign_clients(by=acting(office.coordinator), shares=refused[:2], from_on=today, reason=REASON)
    assert done.clients == 2


def test_a_case_manager_assigns_nobody(office: Office) -> None:
    share = Share(office.of(office.jo).pk, office.jo.pk, office.team.pk)
    with pytest.raises(PermissionDenied):
        assign_clients(by=acting(office.jo), shares=[share], from_on=days_ago(0), reason=REASON)


def test_no_worker_of_another_municipality(office: Office, client: Browser) -> None:
    own, elsewhere = office.of(office.jo), Office(client)
    share = Share(own.pk, elsewhere.jo.pk, elsewhere.team.pk)
    with pytest.raises(PermissionDenied):
        assign_clients(by=acting(office.coordinator), shares=[share], from_on=days_ago(0), reason=REASON)


def empty_team(office: Office, team: Team) -> None:
    """Nobody is in the team any more."""
    for joined in TeamMembership.objects.filter(team=team):
        leave_team(by=BY, membership=joined, ends_on=days_ago(0))
    for role in RoleHolding.objects.filter(team=team):
        end_role(by=BY, holding=role, ends_on=days_ago(0))


def test_taken_back_nobody_returns_to_a_team_that_ended_since(office: Office) -> None:
    gone, stays = office.of(office.lee, team=office.other_team), office.of(office.jo)
    shares = [Share(client.pk, office.kim.pk, office.team.pk) for client in (gone, stays)]
    done = assign_clients(by=acting(office.coordinator), shares=shares, from_on=days_ago(0), reason=REASON)
    empty_team(office, office.other_team)
    end_team(by=BY, team=office.other_team)
    assert take_back_assigning(by=acting(office.coordinator), number=done.number or 0) == TakenBack(1, 0, 1)
    assert held(gone)[-1] == ("Kim Smit", days_ago(0), None, "")
    assert held(stays) == [("Jo Visser", FOLLOWED_SINCE, None, "")]


def test_only_who_is_still_followed_keeps_a_team_from_ending(office: Office) -> None:
    client = office.of(office.lee, team=office.other_team)
    assert team_size(office.other_team.pk, days_ago(0)) == 1
    close_follow_up(by=BY, client=client, ends_on=days_ago(0), reason="work")
    assert team_size(office.other_team.pk, days_ago(0)) == 0
    followed(client, days_ago(-9))  # agreed to come back
    assert team_size(office.other_team.pk, days_ago(0)) == 1


@pytest.mark.parametrize("with_worker", [True, False])
def test_followed_again_nobody_is_in_a_team_that_ended_meanwhile(office: Office, with_worker: bool) -> None:
    client = office.of(office.lee if with_worker else None, team=office.other_team)
    close_follow_up(by=BY, client=client, ends_on=days_ago(9), reason="work")
    empty_team(office, office.other_team)
    end_team(by=BY, team=office.other_team)
    join_team(by=BY, user=office.lee, team=office.team, since=days_ago(0))
    row = FollowUpRow(client.pk, days_ago(0))
    record_held_fact(by=acting(office.coordinator), what="follow_up", row=row)
    rows = Assignment.objects.active_on(days_ago(0)).filter(client=client)
    expected = [("Lee Bos", "Meedoen")] if with_worker else []
    assert list(rows.values_list("worker__name", "team__name")) == expected
    assert team_size(office.other_team.pk, days_ago(0)) == 0
