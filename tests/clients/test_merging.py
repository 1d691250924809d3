"""Two dossiers of one person: seen and reached as one, by whom either was given to; and two again."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.operations import undo_recording, writing
from opstap.audit.permissions import command_line
from opstap.clients.logic import BarrierRow, PersonRow, RowsRefused
from opstap.clients.models import BsnHolder, Client, Person
from opstap.clients.operations import (
    BsnHeldByAnother,
    correct_person,
    merge_clients,
    record_barriers,
    record_persons,
    release_bsns,
    show_bsn,
    undo_merge,
)
from opstap.clients.permissions import visible_clients
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader, acting
from tests.factories.clients import a_bsn, a_client, in_caseload, person_of
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()


def test_only_the_kept_dossier_is_seen_and_by_the_workers_of_both() -> None:
    town = a_municipality()
    team, other = a_team(town), a_team(town)
    first, second = a_case_manager(team), a_case_manager(other)
    kept, double = a_client(town), a_client(town)
    in_caseload(kept, first, team=team)
    in_caseload(double, second, team=other)
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    for user in (first, second, a_team_leader(team), a_team_leader(other), a_coordinator(town)):
        assert list(visible_clients(acting(user))) == [kept]
    record_barriers(by=acting(first), rows=[BarrierRow(double.pk, "health", date(2024, 1, 1))])
    undo_merge(by=BY, client=double, why="toch twee mensen")
    assert list(visible_clients(acting(first))) == [kept]
    assert list(visible_clients(acting(second))) == [double]


def test_who_may_not_merge_is_refused() -> None:
    town = a_municipality()
    team = a_team(town)
    worker = a_case_manager(team)
    kept, double = a_client(town), a_client(town)
    for client in (kept, double):
        in_caseload(client, worker, team=team)
    with pytest.raises(PermissionDenied):
        merge_clients(by=acting(worker), client=double, kept=kept, why="x")
    outsider = acting(a_team_leader(a_team(town)))
    with pytest.raises(PermissionDenied):
        merge_clients(by=outsider, client=double, kept=kept, why="x")
    merge_clients(by=acting(a_team_leader(team)), client=double, kept=kept, why="x")


def test_merges_do_not_run_on_through_each_other() -> None:
    town = a_municipality()
    first, second, third = a_client(town), a_client(town), a_client(town)
    with pytest.raises(RowsRefused, match="the_same_dossier"):
        merge_clients(by=BY, client=first, kept=first, why="x")
    merge_clients(by=BY, client=second, kept=first, why="x")
    with pytest.raises(RowsRefused, match="merged_already"):
        merge_clients(by=BY, client=second, kept=third, why="x")
    with pytest.raises(RowsRefused, match="others_merged_into_it"):
        merge_clients(by=BY, client=first, kept=third, why="x")
    with pytest.raises(RowsRefused, match="other_municipality"):
        merge_clients(by=BY, client=third, kept=a_client(a_municipality()), why="x")
    with pytest.raises(RowsRefused, match="not_merged"):
        undo_merge(by=BY, client=third, why="x")


def test_the_kept_dossier_may_say_the_bsn_of_the_merged_one_and_nobody_else_may() -> None:
    town = a_municipality()
    kept, double, other = a_client(town), a_client(town, bsn=a_bsn(1)), a_client(town)
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    for _twice in range(2):
        say_bsn(kept, a_bsn(1))
        assert show_bsn(by=BY, client=kept) == a_bsn(1)
        with pytest.raises(BsnHeldByAnother):
            say_bsn(other, a_bsn(1))
    assert BsnHolder.objects.get().client == double


def test_two_again_the_bsn_stays_with_the_one_that_had_it_first() -> None:
    town = a_municipality()
    kept, double = a_client(town), a_client(town, bsn=a_bsn(1))
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    say_bsn(kept, a_bsn(1))
    undo_merge(by=BY, client=double, why="toch twee mensen")
    assert (show_bsn(by=BY, client=kept), show_bsn(by=BY, client=double)) == (None, a_bsn(1))
    assert (person_of(kept).surname, person_of(kept).why) == ("Anders", "toch twee mensen")
    with pytest.raises(BsnHeldByAnother):
        say_bsn(kept, a_bsn(1))


def test_two_again_each_keeps_a_bsn_of_its_own() -> None:
    town = a_municipality()
    kept, double = a_client(town, bsn=a_bsn(2)), a_client(town, bsn=a_bsn(1))
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    undo_merge(by=BY, client=double, why="toch twee mensen")
    assert (show_bsn(by=BY, client=kept), show_bsn(by=BY, client=double)) == (a_bsn(2), a_bsn(1))


def say_bsn(client: Client, bsn: str) -> None:
    held = Person.objects.current().get(client=client)
    given = PersonRow(client.pk, "Anders", bsn=bsn, replaces_id=held.pk)
    correct_person(by=BY, client=client, given=given, why="van het pasje", keeps_bsn=False)


def test_after_an_undone_import_the_kept_dossier_still_holds_the_bsn_of_the_merged_one() -> None:
    town = a_municipality()
    kept, double, other = a_client(town), a_client(town), a_client(town)
    with writing(by=BY, verb="import_file") as imported:
        given = PersonRow(double.pk, "Dubbel", bsn=a_bsn(1), replaces_id=person_of(double).pk)
        record_persons(by=BY, municipality=town, rows=[given])
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    say_bsn(kept, a_bsn(1))
    with writing(by=BY, verb="undo_import") as undoing:
        undo_recording(imported, recording=undoing)
        release_bsns(by=BY, undone=imported)
    assert BsnHolder.objects.get().client == kept
    with pytest.raises(BsnHeldByAnother):
        say_bsn(other, a_bsn(1))
