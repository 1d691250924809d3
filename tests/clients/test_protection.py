"""Protected dossiers and acquaintances in the gate: who is kept out, who is let in, and from when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import Team, User
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Acquaintance, Admission, Client, Protection
from opstap.clients.operations import (
    assign_clients,
    end_known,
    end_protection,
    merge_clients,
    protect_dossier,
    review_protection,
    say_known,
)
from opstap.clients.operations.assigning import Share
from opstap.clients.permissions import guarded_clients, require_reach, visible_clients, withheld_ids
from opstap.clients.selectors.merged import looks_like_another
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader, a_worker, acting, an_intern
from tests.factories.clients import a_client, beside, in_caseload
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
SOON = timedelta(days=90)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def team(town: Municipality) -> Team:
    return a_team(town)


@pytest.fixture
def manager(team: Team) -> User:
    return a_case_manager(team)


@pytest.fixture
def leader(team: Team) -> User:
    return a_team_leader(team)


@pytest.fixture
def client(town: Municipality, team: Team, manager: User) -> Client:
    found = a_client(town, surname="Geheim", born=date(1980, 6, 15))
    in_caseload(found, manager, team=team)
    return found


def seen(user: User) -> set[Client]:
    return set(visible_clients(acting(user)))


def protect(by: User, client: Client, *readers: User) -> Protection:
    protect_dossier(
        by=acting(by), client=client, reason="colleague", review_on=dates.today() + SOON, why="werkt hier",
        readers=[one.pk for one in readers],
    )  # fmt: skip
    return Protection.objects.active_on(dates.today()).get(client=client)


def test_only_the_case_manager_and_those_named_see_it(
    town: Municipality, team: Team, manager: User, leader: User, client: Client
) -> None:
    coordinator, second = a_coordinator(town), a_team_leader(team)
    coach, intern = a_worker(town, "job_coach"), an_intern(manager)
    beside(client, coach)
    everybody = (manager, leader, second, coordinator, coach, intern)
    assert all(client in seen(user) for user in everybody)
    protect(leader, client, second)
    assert [client in seen(user) for user in everybody] == [True, False, True, False, False, False]
    with pytest.raises(PermissionDenied):
        require_reach(acting(coordinator), [client.pk])
    assert client in set(visible_clients(command_line()))
    assert withheld_ids(acting(coordinator)) == {client.pk}
    assert client in set(guarded_clients(acting(leader)))
    assert not guarded_clients(acting(manager)).exists()


def test_being_let_in_gives_no_more_than_the_own_role(team: Team, leader: User, client: Client) -> None:
    outsider = a_case_manager(a_team(team.municipality))
    protect(leader, client, outsider)
    assert client not in seen(outsider)


def test_a_new_case_manager_sees_it_and_the_former_one_no_more(
    team: Team, manager: User, leader: User, client: Client
) -> None:
    protect(leader, client, leader)
    successor = a_case_manager(team)
    share = Share(client.pk, successor.pk, team.pk)
    assign_clients(by=acting(leader), shares=[share], from_on=dates.today(), reason="transferred")
    assert (client in seen(successor), client in seen(manager)) == (True, False)


def test_both_dossiers_of_one_person_are_protected(
    town: Municipality, team: Team, leader: User, client: Client
) -> None:
    other = a_client(town, surname="Geheim")
    in_caseload(other, team=team)
    merge_clients(by=command_line(), client=other, kept=client, why="dezelfde")
    protect(leader, client)
    assert client not in seen(leader)
    with pytest.raises(PermissionDenied):
        require_reach(acting(leader), [other.pk])


def test_a_protection_is_reviewed_and_ended(leader: User, client: Client, team: Team) -> None:
    second = a_team_leader(team)
    first = protect(leader, client, second)
    later = dates.today() + 2 * SOON
    review_protection(by=acting(leader), protection=first, review_on=later, why="blijft nodig", readers=[leader.pk])
    assert (client in seen(leader), client in seen(second)) == (True, False)
    held = Protection.objects.active_on(dates.today()).get(client=client)
    assert (held.review_on, held.reason) == (later, "colleague")
    with pytest.raises(ReplacedMeanwhile):
        end_protection(by=acting(leader), protection=first, why="te laat")
    end_protection(by=acting(leader), protection=held, why="niet meer nodig")
    assert client in seen(second)
    assert not Admission.objects.active_on(dates.today()).exists()


def test_what_can_not_be_protected_is_refused(manager: User, leader: User, client: Client) -> None:
    with pytest.raises(PermissionDenied):
        protect(manager, client)
    with pytest.raises(RowsRefused):
        protect_dossier(by=acting(leader), client=client, reason="relative", review_on=dates.today(), why="x")
    protect(leader, client, leader)
    with pytest.raises(RowsRefused):
        protect(leader, client)


def test_who_knows_somebody_sees_nothing_whatever_the_role(manager: User, leader: User, client: Client) -> None:
    say_known(by=acting(manager), client=client, why="buren")
    assert (client in seen(manager), client in seen(leader)) == (False, True)
    known = Acquaintance.objects.get()
    with pytest.raises(PermissionDenied):
        end_known(by=acting(manager), acquaintance=known, why="toch niet")
    end_known(by=acting(leader), acquaintance=known, why="vergissing")
    assert client in seen(manager)


def test_nobody_undoes_their_own_acquaintance(leader: User, client: Client, town: Municipality) -> None:
    say_known(by=acting(leader), client=client)
    known = Acquaintance.objects.get()
    with pytest.raises(RowsRefused):
        end_known(by=acting(leader), acquaintance=known, why="toch niet")
    end_known(by=acting(a_coordinator(town)), acquaintance=known, why="vergissing")
    assert client in seen(leader)


def test_whether_somebody_protected_exists_is_not_said(town: Municipality, leader: User, client: Client) -> None:
    elsewhere = acting(a_case_manager(a_team(town)))
    told = {"surname": "Geheim", "given_names": "", "birth_date": date(1980, 6, 15)}
    assert looks_like_another(town.pk, visible_clients(elsewhere), **told)  # type: ignore[arg-type]
    protect(leader, client)
    assert not looks_like_another(town.pk, visible_clients(elsewhere), **told)  # type: ignore[arg-type]


def test_the_gate_stays_one_query(leader: User, client: Client) -> None:
    protect(leader, client)
    actor = acting(leader)
    with CaptureQueriesContext(connection) as asked:
        assert list(visible_clients(actor)) == []
    assert len(asked) == 1


def test_every_dossier_of_one_person_is_kept_from_who_knows_one(
    town: Municipality, team: Team, manager: User, client: Client
) -> None:
    first, second = a_client(town), a_client(town)
    for one in (first, second):
        merge_clients(by=command_line(), client=one, kept=client, why="dezelfde")
    say_known(by=acting(manager), client=first)
    for one in (first, second, client):
        with pytest.raises(PermissionDenied):
            require_reach(acting(manager), [one.pk])


def test_who_knows_somebody_does_not_guard_them(town: Municipality, leader: User, client: Client) -> None:
    say_known(by=acting(leader), client=client)
    protection = protect(a_coordinator(town), client)
    assert not guarded_clients(acting(leader)).exists()
    with pytest.raises(PermissionDenied):
        review_protection(
            by=acting(leader), protection=protection, review_on=dates.today() + SOON, why="x", readers=[leader.pk]
        )
    with pytest.raises(PermissionDenied):
        end_protection(by=acting(leader), protection=protection, why="x")
