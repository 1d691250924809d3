"""Roles and teams over time, accounts that close, passwords for one time; and there is always an administrator left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations import (
    HoldingRefused,
    change_own_password,
    change_user,
    create_team,
    deactivate_user,
    end_role,
    end_team,
    give_one_time_password,
    give_role,
    invite_user,
    join_team,
    leave_team,
    reactivate_user,
    rename_team,
    reopen_team,
    set_password,
)
from opstap.accounts.selectors import standing_of
from opstap.accounts.selectors.people import open_teams_of, team_in_use
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import AssignmentRow
from opstap.clients.models import Assignment
from opstap.clients.operations import record_assignments
from opstap.config.command import Refusal
from opstap.config.commands import user_command
from opstap.foundation import dates
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
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2026, 3, 1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def admin(town: Municipality) -> User:
    return a_functional_administrator(town)


def holding_of(user: User, role: str = "functional_administrator") -> RoleHolding:
    return RoleHolding.objects.get(user=user, role=role)


def test_a_role_is_given_from_a_day_until_a_day(town: Municipality, admin: User) -> None:
    user = a_case_manager(a_team(town))
    give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY, until=DAY + timedelta(days=31))
    roles = [
        {role.key for role in standing_of(user, DAY + timedelta(days=day), user.municipality_id).roles}
        - {"case_manager"}
        for day in (-1, 0, 30, 31)
    ]
    assert roles == [set(), {"coordinator"}, {"coordinator"}, set()]


def test_a_role_that_reaches_a_team_needs_one_and_another_takes_none(town: Municipality, admin: User) -> None:
    user, team = a_worker(town, "case_manager"), a_team(town)
    with pytest.raises(HoldingRefused, match="team_missing"):
        give_role(by=acting(admin), user=user, role="team_leader", team=None, since=DAY)
    assert give_role(by=acting(admin), user=user, role="team_leader", team=team, since=DAY).team == team
    assert give_role(by=acting(admin), user=user, role="coordinator", team=team, since=DAY).team is None


def test_periods_of_one_role_do_not_overlap_and_go_forward(town: Municipality, admin: User) -> None:
    user = a_worker(town, "case_manager")
    give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY, until=DAY + timedelta(days=10))
    for since, until in ((DAY + timedelta(days=9), None), (DAY - timedelta(days=5), DAY + timedelta(days=1))):
        with pytest.raises(HoldingRefused, match="already_held"):
            give_role(by=acting(admin), user=user, role="coordinator", team=None, since=since, until=until)
    with pytest.raises(HoldingRefused, match="ends_before"):
        give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY, until=DAY)
    give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY + timedelta(days=10))


def test_a_role_that_ends_on_its_first_day_was_never_held_and_leaves_room(town: Municipality, admin: User) -> None:
    user = a_worker(town, "case_manager")
    given = give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY)
    with pytest.raises(HoldingRefused, match="ends_before"):
        end_role(by=acting(admin), holding=given, ends_on=DAY - timedelta(days=1))
    end_role(by=acting(admin), holding=given, ends_on=DAY)
    assert "coordinator" not in {role.key for role in standing_of(user, DAY, user.municipality_id).roles}
    give_role(by=acting(admin), user=user, role="coordinator", team=None, since=DAY)


def test_nobody_takes_away_their_own_last_administrator_role(town: Municipality, admin: User) -> None:
    a_functional_administrator(town)
    before = latest_recording()
    for day in (dates.today(), dates.today() + timedelta(days=90)):
        with pytest.raises(HoldingRefused, match="own_last"):
            end_role(by=acting(admin), holding=holding_of(admin), ends_on=day)
    with pytest.raises(HoldingRefused, match="own_last"):
        deactivate_user(by=acting(admin), user=admin)
    admin.refresh_from_db()
    assert admin.is_active
    assert holding_of(admin).ends_on is None
    assert latest_recording() == before


def test_nor_the_last_one_of_the_municipality(town: Municipality, admin: User) -> None:
    other = a_functional_administrator(town)
    end_role(by=acting(admin), holding=holding_of(other), ends_on=dates.today())
    a_functional_administrator(a_municipality())
    with pytest.raises(HoldingRefused, match="last_administrator"):
        end_role(by=command_line(), holding=holding_of(admin), ends_on=dates.today())
    with pytest.raises(HoldingRefused, match="last_administrator"):
        deactivate_user(by=command_line(), user=admin)


def test_an_account_that_is_closed_comes_in_no_more_and_keeps_its_roles(town: Municipality, admin: User) -> None:
    user = a_coordinator(town)
    deactivate_user(by=acting(admin), user=user)
    assert acting(user).permissions == frozenset()
    reactivate_user(by=acting(admin), user=user)
    assert acting(user).may("see_reports")


def test_a_worker_known_from_a_file_is_invited(town: Municipality, admin: User) -> None:
    user = a_worker(town, "case_manager")
    User.objects.filter(pk=user.pk).update(sign_in_name=None)
    password = invite_user(by=acting(admin), user=user, sign_in_name="Jan@Example.nl")
    user.refresh_from_db()
    assert user.sign_in_name == "jan@example.nl"
    assert user.must_change_password
    assert user.check_password(password)
    assert len(set(password)) > 6


def test_a_password_for_one_time_ends_when_another_is_chosen(town: Municipality, admin: User) -> None:
    user = a_coordinator(town)
    first = give_one_time_password(by=acting(admin), user=user)
    assert first != give_one_time_password(by=acting(admin), user=user)
    change_own_password(by=acting(user), user=user, password="een eigen lange zin")
    user.refresh_from_db()
    assert not user.must_change_password
    assert user.check_password("een eigen lange zin")
    with pytest.raises(PermissionDenied):
        change_own_password(by=acting(a_coordinator(town)), user=user, password="van een ander niet")


def test_teams_are_joined_left_and_renamed(town: Municipality, admin: User) -> None:
    user, team = a_worker(town, "case_manager"), create_team(by=acting(admin), municipality=town, name="Noord")
    joined = join_team(by=acting(admin), user=user, team=team, since=DAY)
    with pytest.raises(HoldingRefused, match="already_held"):
        join_team(by=acting(admin), user=user, team=team, since=DAY + timedelta(days=4))
    leave_team(by=acting(admin), membership=joined, ends_on=DAY + timedelta(days=8))
    assert TeamMembership.objects.active_on(DAY + timedelta(days=7)).filter(user=user).exists()
    assert not TeamMembership.objects.active_on(DAY + timedelta(days=8)).filter(user=user).exists()
    rename_team(by=acting(admin), team=team, name="Noordwest")
    assert Team.objects.get(pk=team.pk).name == "Noordwest"


def test_every_change_is_an_event_and_only_who_manages_accounts_makes_one(town: Municipality, admin: User) -> None:
    user, team = a_worker(town, "case_manager"), a_team(town)
    joined = join_team(by=acting(admin), user=user, team=team, since=DAY)
    change_user(by=acting(admin), user=user, name="Andere Naam", staff_code="A7")
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))[-2:]
    assert verbs == ["join_team", "change_user"]
    outsider, before = acting(a_coordinator(town)), latest_recording()
    held = holding_of(user, "case_manager")
    refused = (
        lambda: change_user(by=outsider, user=user, name="X", staff_code=""),
        lambda: invite_user(by=outsider, user=user, sign_in_name="x"),
        lambda: give_one_time_password(by=outsider, user=user),
        lambda: set_password(by=outsider, user=user, password="een lange zin"),
        lambda: deactivate_user(by=outsider, user=user),
        lambda: reactivate_user(by=outsider, user=user),
        lambda: give_role(by=outsider, user=user, role="coordinator", team=None, since=DAY),
        lambda: end_role(by=outsider, holding=held, ends_on=DAY),
        lambda: join_team(by=outsider, user=user, team=team, since=DAY),
        lambda: leave_team(by=outsider, membership=joined, ends_on=DAY),
        lambda: rename_team(by=outsider, team=team, name="X"),
    )
    for change in refused:
        with pytest.raises(PermissionDenied):
            change()
    assert latest_recording() == before


def test_a_team_ends_when_nobody_is_left_in_it(town: Municipality) -> None:
    team, other = a_team(town), a_team(town)
    worker = a_case_manager(team)
    someone = a_client(town)
    in_caseload(someone, worker, team=team)
    assigned = Assignment.objects.get()
    with pytest.raises(HoldingRefused, match="team_in_use"):
        end_team(by=BY, team=team)
    leave_team(by=BY, membership=TeamMembership.objects.get(user=worker), ends_on=dates.today())
    with pytest.raises(HoldingRefused, match="team_in_use"):  # a role in it goes on
        end_team(by=BY, team=team)
    end_role(by=BY, holding=holding_of(worker, "case_manager"), ends_on=dates.today())
    with pytest.raises(HoldingRefused, match="team_in_use"):  # a client has it
        end_team(by=BY, team=team)
    record_assignments(
        by=BY,
        rows=[
            AssignmentRow(someone.pk, assigned.starts_on, dates.today(), team.pk, worker.pk, replaces_id=assigned.pk),
            AssignmentRow(someone.pk, dates.today(), None, other.pk),
        ],
    )
    end_team(by=BY, team=team)
    assert Team.objects.get(pk=team.pk).ended_on == dates.today()
    assert [one.pk for one in open_teams_of(town.pk, dates.today())] == [other.pk]


def test_nobody_joins_an_ended_team_until_it_is_opened_again(town: Municipality) -> None:
    team, worker = a_team(town), a_worker(town, "case_manager")
    end_team(by=BY, team=team)
    for join in (
        lambda: join_team(by=BY, user=worker, team=team, since=dates.today()),
        lambda: give_role(by=BY, user=worker, role="team_leader", team=team, since=dates.today()),
    ):
        with pytest.raises(HoldingRefused, match="team_ended"):
            join()
    reopen_team(by=BY, team=team)
    assert join_team(by=BY, user=worker, team=team, since=dates.today()).team == team


def test_a_closed_account_does_not_keep_a_team_open(town: Municipality, admin: User) -> None:
    team = a_team(town)
    worker = a_case_manager(team)
    deactivate_user(by=acting(admin), user=worker)
    end_team(by=BY, team=team)


def test_ending_a_team_is_for_who_manages_accounts(town: Municipality) -> None:
    team = a_team(town)
    for change in (end_team, reopen_team):
        with pytest.raises(PermissionDenied):
            change(by=acting(a_coordinator(town)), team=team)


def test_the_command_names_an_ended_team_and_the_way_out(town: Municipality) -> None:
    end_team(by=BY, team=a_team(town, "Oost"))
    with pytest.raises(Refusal, match="Oost is opgeheven"):
        user_command.run([*"Nina --sign-in nina --role case_manager --team oost --municipality".split(), town.name])
    assert not User.objects.filter(sign_in_name="nina").exists()


def test_an_account_that_opens_again_is_in_no_team_that_ended_meanwhile(town: Municipality, admin: User) -> None:
    team = a_team(town, "Oost")
    leader, other = a_team_leader(team), a_case_manager(a_team(town, "West"))
    deactivate_user(by=acting(admin), user=leader)
    deactivate_user(by=acting(admin), user=other)
    end_team(by=BY, team=team)
    assert [one.name for one in reactivate_user(by=acting(admin), user=leader)] == ["Oost"]
    assert reactivate_user(by=acting(admin), user=other) == []
    today = dates.today()
    assert not TeamMembership.objects.active_on(today).filter(user=leader).exists()
    assert not RoleHolding.objects.active_on(today).filter(user=leader).exists()
    assert TeamMembership.objects.active_on(today).filter(user=other).exists()
    assert not team_in_use(Team.objects.get(pk=team.pk), today).is_used
