"""The gate for who sees clients by name, and for interns: whom, from when to when, at what cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.logic import batch_roles
from opstap.accounts.models import RoleHolding, Team, User
from opstap.accounts.operations import HoldingRefused, give_role
from opstap.audit.permissions import command_line
from opstap.clients.models import Assignment, Client
from opstap.clients.operations import Share, assign_clients, take_back_assigning
from opstap.clients.permissions import require_reach, visible_clients
from opstap.foundation.dates import clock_at
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader, a_worker, acting, an_intern
from tests.factories.clients import a_client, beside, in_caseload
from tests.factories.municipality import a_municipality

TODAY = date(2026, 6, 10)
TOMORROW = TODAY + timedelta(days=1)


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


def seen(user: User) -> set[Client]:
    return set(visible_clients(acting(user)))


@pytest.mark.parametrize("role", sorted(batch_roles()))
def test_a_batch_is_whom_one_was_given_by_name(town: Municipality, team: Team, role: str) -> None:
    worker, manager = a_worker(town, role, team=team), a_case_manager(team)
    given, of_team, of_manager = (a_client(town) for _ in range(3))
    for client in (given, of_team, of_manager):
        in_caseload(client, manager, team=team)
    beside(given, worker)
    assert seen(worker) == {given}
    assert seen(manager) == {given, of_team, of_manager}


def test_a_batch_holds_the_clients_of_whom_one_is_the_case_manager_too(town: Municipality, team: Team) -> None:
    external = a_worker(town, "external_consultant", team=team)
    own, along, other = (a_client(town) for _ in range(3))
    in_caseload(own, external, team=team)
    beside(along, external, "external_consultant")
    in_caseload(other, team=team)
    assert seen(external) == {own, along}


@pytest.mark.parametrize(
    ("since", "until", "visible"),
    [
        (TODAY, None, True),
        (date(2026, 1, 1), TOMORROW, True),
        (date(2026, 1, 1), TODAY, False),
        (TOMORROW, None, False),
    ],
)
def test_a_batch_holds_on_its_days_only(town: Municipality, since: date, until: date | None, *, visible: bool) -> None:
    coach, client = a_worker(town, "job_coach"), a_client(town)
    beside(client, coach, since=since, until=until)
    assert (client in seen(coach)) is visible


def test_who_guides_along_has_nobody_in_a_caseload(town: Municipality, team: Team) -> None:
    manager, client = a_case_manager(team), a_client(town)
    beside(client, manager)
    assert seen(manager) == set()


def test_an_intern_sees_the_caseload_of_the_supervisor_from_a_day_to_a_day(town: Municipality, team: Team) -> None:
    supervisor = a_case_manager(team)
    theirs, of_other = a_client(town), a_client(town)
    in_caseload(theirs, supervisor, team=team)
    in_caseload(of_other, a_case_manager(team), team=team)
    intern = an_intern(supervisor, until=TOMORROW)
    assert seen(intern) == {theirs}
    with clock_at(datetime(2026, 6, 11, 10, tzinfo=UTC)):
        assert seen(intern) == set()


def test_an_intern_sees_nobody_once_the_supervisor_left(town: Municipality, team: Team) -> None:
    supervisor = a_case_manager(team)
    in_caseload(a_client(town), supervisor, team=team)
    intern = an_intern(supervisor)
    assert len(seen(intern)) == 1
    User.objects.filter(pk=supervisor.pk).update(is_active=False)
    assert seen(intern) == set()


def test_an_intern_needs_a_supervisor_with_a_caseload_and_an_end(town: Municipality, team: Team) -> None:
    somebody, manager = a_worker(town, "policy"), a_case_manager(team)

    def refused(supervisor: User | None, until: date | None) -> str:
        with pytest.raises(HoldingRefused) as found:
            give_role(
                by=command_line(), user=somebody, role="intern", team=None, since=TODAY, until=until,
                supervisor=supervisor,
            )  # fmt: skip
        return found.value.code

    assert refused(None, TOMORROW) == "supervisor_missing"
    assert refused(manager, None) == "end_missing"
    for nobody in (somebody, a_coordinator(town), a_case_manager(a_team(a_municipality()))):
        assert refused(nobody, TOMORROW) == "supervisor_without_caseload"


def test_an_intern_is_marked_by_whom_they_are_with(town: Municipality, team: Team) -> None:
    supervisor = a_case_manager(team, name="Fenna Hazelhoff")
    intern = an_intern(supervisor, name="Sem Veldkamp")
    assert acting(intern).name == "Sem Veldkamp (stagiair bij Fenna Hazelhoff)"
    assert acting(intern).on_behalf_of == "Fenna Hazelhoff"
    RoleHolding.objects.create(user=intern, municipality=intern.municipality, role="case_manager", starts_on=TODAY)
    assert acting(intern).name == "Sem Veldkamp"


@pytest.mark.parametrize("role", ["reception", "policy", "functional_administrator", "privacy_officer", "researcher"])
def test_who_has_no_scope_sees_nobody(town: Municipality, team: Team, role: str) -> None:
    worker, client = a_worker(town, role, team=team), a_client(town)
    in_caseload(client, worker, team=team)
    beside(client, worker)
    assert seen(worker) == set()
    with pytest.raises(PermissionDenied):
        require_reach(acting(worker), [client.pk])


def test_the_gate_is_one_query_whatever_the_roles(town: Municipality, team: Team) -> None:
    supervisor = a_case_manager(team)
    everything = a_team_leader(team)
    for role in ("case_manager", "job_coach"):
        RoleHolding.objects.create(user=everything, municipality=everything.municipality, role=role, starts_on=TODAY)
    RoleHolding.objects.create(
        user=everything, municipality=everything.municipality, role="intern", supervisor=supervisor, starts_on=TODAY
    )
    for worker in (everything, supervisor):
        in_caseload(a_client(town), worker)
    beside(a_client(town), everything)
    in_caseload(a_client(town), team=team)
    a_client(town)
    actor = acting(everything)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(list(visible_clients(actor))) == 4
    assert len(asked) == 1


def test_a_leader_lets_somebody_guide_along_and_takes_it_back(town: Municipality, team: Team) -> None:
    leader, coach, manager = acting(a_team_leader(team)), a_worker(town, "job_coach"), a_case_manager(team)
    client = a_client(town)
    in_caseload(client, manager, team=team)

    def along(worker: User) -> int | None:
        share = Share(client.pk, worker.pk, None, "job_coach")
        return assign_clients(by=leader, shares=[share], from_on=TODAY, reason="transferred").number

    number = along(coach)
    assert (seen(coach), seen(manager)) == ({client}, {client})
    assert along(coach) is None  # there already
    other = a_worker(town, "job_coach")
    last = along(other)
    assert (seen(coach), seen(other)) == (set(), {client})
    assert number is not None
    assert last is not None
    take_back_assigning(by=leader, number=last)
    assert (seen(coach), seen(other)) == ({client}, set())
    assert Assignment.objects.active_on(TODAY).get(client=client, role="case_manager").worker == manager


def test_only_who_sees_by_name_can_guide_along(town: Municipality, team: Team) -> None:
    leader, client = acting(a_team_leader(team)), a_client(town)
    in_caseload(client, team=team)
    elsewhere = a_worker(a_municipality(), "job_coach")
    for worker in (a_case_manager(team), a_worker(town, "policy"), elsewhere):
        share = Share(client.pk, worker.pk, None, "job_coach")
        with pytest.raises(PermissionDenied):
            assign_clients(by=leader, shares=[share], from_on=TODAY, reason="transferred")
