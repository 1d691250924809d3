"""The BSN: never readable at rest, found by its digest, one holder in a municipality, free again when corrected."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from opstap.audit.models import Recording
from opstap.audit.operations import undo_recording, writing
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import PersonRow, RowsRefused
from opstap.clients.models import BsnHolder, Client, Person
from opstap.clients.operations import BsnHeldByAnother, record_persons, release_bsns
from opstap.clients.selectors.bsn import bsn_cipher, bsn_look_up
from opstap.municipality.models import Municipality
from tests.factories.clients import a_bsn, a_client, an_identity, person_of
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
BSN, OTHER = a_bsn(1), a_bsn(2)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def corrected(client: Client, bsn: str | None) -> None:
    row = PersonRow(client.pk, "Voorbeeld", bsn=bsn, replaces_id=person_of(client).pk)
    record_persons(by=BY, municipality=client.municipality, rows=[row])


def undone(imported: Recording, undoing: Recording) -> None:
    undo_recording(imported, recording=undoing)
    release_bsns(by=BY, undone=imported)


def holder(bsn: str, town: Municipality) -> Client | None:
    found = BsnHolder.objects.filter(municipality=town, digest=bsn_look_up().digest(bsn)).first()
    return found.client if found else None


def test_it_is_stored_encrypted_and_read_back(town: Municipality) -> None:
    person = person_of(a_client(town, bsn=BSN))
    assert person.bsn_encrypted is not None
    assert BSN.encode() not in bytes(person.bsn_encrypted)
    assert bsn_cipher().decrypt(bytes(person.bsn_encrypted)) == BSN
    assert person.bsn_key == bsn_cipher().key_id


def test_no_column_of_any_row_shows_it(town: Municipality) -> None:
    a_client(town, bsn=BSN)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - own names
            for row in cursor.fetchall():
                assert not any(BSN.encode() in raw(value) for value in row), table


def raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_the_file_of_the_database_does_not_hold_it(town: Municipality, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no single file; its columns are looked through above")
    a_client(town, bsn=BSN, surname="Leesbaar")
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        copy.executescript(";".join(line for line in connection.connection.iterdump() if "clients_person" in line))
    copy.close()
    content = (tmp_path / "copy.sqlite3").read_bytes()
    assert b"Leesbaar" in content
    assert BSN.encode() not in content


def test_it_is_found_by_its_digest(town: Municipality) -> None:
    client = a_client(town, bsn=BSN)
    a_client(town, bsn=OTHER)
    found = Person.objects.current().filter(bsn_digest=bsn_look_up().digest(BSN))
    assert [person.client for person in found] == [client]
    assert holder(BSN, town) == client


def test_another_client_of_the_municipality_cannot_have_it(town: Municipality) -> None:
    a_client(town, bsn=BSN)
    second = an_identity(town)
    before = latest_recording()
    row = PersonRow(second.pk, "Ander", bsn=BSN)
    with pytest.raises(BsnHeldByAnother) as refused, transaction.atomic():
        record_persons(by=BY, municipality=town, rows=[row])
    assert isinstance(refused.value, IntegrityError)
    assert BSN not in str(refused.value)
    assert latest_recording() == before
    assert not Person.objects.filter(client=second).exists()


def test_two_clients_in_one_call_cannot_share_it(town: Municipality) -> None:
    rows = [PersonRow(an_identity(town).pk, "Een", bsn=BSN), PersonRow(an_identity(town).pk, "Twee", bsn=BSN)]
    with pytest.raises(BsnHeldByAnother), transaction.atomic():
        record_persons(by=BY, municipality=town, rows=rows)
    assert not Person.objects.exists()


def test_in_another_municipality_it_is_another_dossier(town: Municipality) -> None:
    elsewhere = a_municipality()
    first, second = a_client(town, bsn=BSN), a_client(elsewhere, bsn=BSN)
    assert (holder(BSN, town), holder(BSN, elsewhere)) == (first, second)


def test_after_a_correction_it_is_free_and_the_new_one_is_held(town: Municipality) -> None:
    client = a_client(town, bsn=BSN)
    corrected(client, OTHER)
    assert (holder(BSN, town), holder(OTHER, town)) == (None, client)
    assert a_client(town, bsn=BSN) == holder(BSN, town)


def test_a_correction_of_the_name_keeps_it(town: Municipality) -> None:
    client = a_client(town, bsn=BSN)
    corrected(client, BSN)
    assert holder(BSN, town) == client


def test_two_clients_can_change_places_in_one_call(town: Municipality) -> None:
    first, second = a_client(town, bsn=BSN), a_client(town, bsn=OTHER)
    rows = [
        PersonRow(first.pk, "Een", bsn=OTHER, replaces_id=person_of(first).pk),
        PersonRow(second.pk, "Twee", bsn=BSN, replaces_id=person_of(second).pk),
    ]
    record_persons(by=BY, municipality=town, rows=rows)
    assert (holder(BSN, town), holder(OTHER, town)) == (second, first)


def test_undoing_gives_back_what_was_held(town: Municipality) -> None:
    client = a_client(town, bsn=BSN)
    with writing(by=BY, verb="import") as imported:
        corrected(client, OTHER)
        a_client(town, bsn=BSN)
    with writing(by=BY, verb="undo") as undoing:
        undone(imported, undoing)
    assert (holder(BSN, town), holder(OTHER, town)) == (client, None)


def test_undoing_is_refused_when_somebody_else_has_it_meanwhile(town: Municipality) -> None:
    client = a_client(town, bsn=BSN)
    with writing(by=BY, verb="import") as imported:
        corrected(client, OTHER)
    a_client(town, bsn=BSN)
    with pytest.raises(BsnHeldByAnother), writing(by=BY, verb="undo") as undoing:
        undone(imported, undoing)
    assert holder(OTHER, town) == client


@pytest.mark.parametrize("bsn", ["999900007", "99990006", "0999900006", "99990000a", "", "000000000"])
def test_a_number_that_fails_the_test_is_refused(town: Municipality, bsn: str) -> None:
    client = an_identity(town)
    with pytest.raises(RowsRefused, match="bsn_invalid"):
        record_persons(by=BY, municipality=town, rows=[PersonRow(client.pk, "Voorbeeld", bsn=bsn)])
    assert not Person.objects.exists()
