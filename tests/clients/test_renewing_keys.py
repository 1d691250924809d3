"""New keys while people work: both keys open and find, the new ones seal, and nothing is ever in between."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from opstap.accounts.selectors.links import LASTS
from opstap.audit.models import PermittedRow, Recording
from opstap.audit.operations import sealing
from opstap.audit.selectors import latest_recording
from opstap.audit.selectors.sealed import left_by_table, sealed_tables
from opstap.clients.logic import PersonRow
from opstap.clients.logic.outside import Sought
from opstap.clients.models import BsnHolder, Client, Person
from opstap.clients.operations import BsnHeldByAnother, correct_person, merge_clients, record_persons, undo_merge
from opstap.clients.selectors.bsn import bsn_cipher, bsn_look_up
from opstap.clients.selectors.merged import holder_of
from opstap.clients.selectors.outside import find_outside
from opstap.config.command import Refusal
from opstap.config.commands import keys_command
from opstap.contacts.models import Contact
from opstap.contacts.selectors.notes import opened_note
from opstap.foundation.appendonly import AppendOnlyModel
from opstap.foundation.crypto import Cipher, change_keys
from opstap.foundation.crypto.keys import without_former
from tests.exchange.imports import counts, imported, lines, town
from tests.factories.clients import BY, a_bsn, a_client, an_identity, person_of
from tests.factories.contacts import spoken
from tests.factories.municipality import a_municipality
from tests.keys_changed import Keys, keys

__all__ = ["keys"]
BSN, OTHER = a_bsn(1), a_bsn(2)
# Bytes that no key of a field made: digests of what can't be made anew, and the access log.
NOT_SEALED = {"municipality.SetupCode.digest", "audit.SentForm.digest"}
LOGS = {"audit.Access", "audit.AccessCut"}  # chained and sealed by the key of the log


def former(keys: Keys, use: str, context: str) -> Cipher:
    """What only the key of before opens."""
    return Cipher(keys.ring.former[use][0].key, context)


def rows_left() -> int:
    return sum(one.rows for one in left_by_table().values())


def named(person: Person) -> str:
    return bsn_cipher().decrypt(bytes(person.bsn_encrypted or b""))


@pytest.mark.django_db
def test_all_that_is_sealed_says_the_same_by_the_new_keys(keys: Keys) -> None:
    client = a_client(a_municipality(), bsn=BSN)
    spoken(client, date(2026, 3, 4), note="Belt zelf terug.")
    keys.renew()
    left = left_by_table()
    assert [left[table].rows for table in ("clients.person", "contacts.contact", "clients.bsnholder")] == [1, 1, 0]
    assert keys.seal_all_anew() == 3
    assert rows_left() == 0
    person, contact, holder = person_of(client), Contact.objects.get(), BsnHolder.objects.get()
    assert (named(person), person.bsn_key) == (BSN, keys.ring.key("bsn").identifier)
    assert bytes(holder.digest) == bytes(person.bsn_digest or b"") == bsn_look_up().digest(BSN)
    assert (opened_note(contact.note_encrypted).text, contact.note_key) == (
        "Belt zelf terug.", keys.ring.key("notes").identifier
    )  # fmt: skip
    change_keys(keys.path, without_former)
    assert named(person_of(client)) == BSN


def test_every_sealed_column_is_sealed_anew() -> None:
    """A new one that no table of sealed rows knows, or that its trigger would not let through, fails the build."""
    known = {table.model: table for table in sealed_tables}
    assert {table.model._meta.label_lower for table in known.values()} == set(sealed_tables.keys())
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            if isinstance(field, models.BinaryField) and name not in NOT_SEALED and model._meta.label not in LOGS:
                assert model in known, f"{name} is in no table that is sealed anew"
                if issubclass(model, AppendOnlyModel):
                    assert field.name in model.sealed_columns, f"the trigger lets {name} not be sealed anew"


@pytest.mark.django_db
def test_a_value_that_no_key_opens_is_named_and_holds_nothing_up(
    keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    place = a_municipality()
    broken, other = person_of(a_client(place, bsn=BSN)), person_of(a_client(place, bsn=OTHER))
    PermittedRow.objects.create(table="clients_person", row=broken.pk)
    Person.objects.filter(pk=broken.pk).update(bsn_encrypted=b"made by nobody's key")
    PermittedRow.objects.all().delete()
    keys.renew()
    keys.seal_all_anew()
    assert bsn_cipher().is_current(bytes(Person.objects.get(pk=other.pk).bsn_encrypted or b""))
    assert (left_by_table()["clients.person"].closed, left_by_table()["clients.person"].sealed) == ([broken.pk], 0)
    assert keys_command.run(["status"]) == 0
    said = capsys.readouterr().out
    assert f"1 BSN's waar geen sleutel op past: tabel clients.person, rij {broken.pk}." in said
    keys.age(max(LASTS.values()))
    with pytest.raises(Refusal, match="1 rijen zijn nog niet met de nieuwe sleutels"):
        keys_command.run(["retire"])
    assert keys.ring.former


@pytest.mark.django_db
def test_who_holds_a_number_that_no_person_has_keeps_the_old_keys(keys: Keys) -> None:
    client = a_client(a_municipality(), bsn=BSN)
    BsnHolder.objects.update(digest=bsn_look_up().digest(OTHER))
    assert rows_left() == 0
    keys.renew()
    keys.seal_all_anew()
    assert left_by_table()["clients.bsnholder"].closed == [BsnHolder.objects.get(client=client).pk]


@pytest.mark.django_db
@pytest.mark.parametrize("sealed_anew", [False, True])
def test_a_bsn_is_found_and_held_whichever_key_sealed_it(keys: Keys, *, sealed_anew: bool) -> None:
    place = a_municipality()
    client = a_client(place, bsn=BSN)
    keys.renew()
    if sealed_anew:
        keys.seal_all_anew()
    assert holder_of(place.pk, BSN) == client.pk
    assert find_outside(place.pk, Sought(number=BSN)) == [client]
    with pytest.raises(BsnHeldByAnother):
        a_client(place, bsn=BSN)
    assert BsnHolder.objects.count() == 1
    other = a_client(place, bsn=OTHER)
    with pytest.raises(BsnHeldByAnother):
        given(other, BSN)
    assert bsn_cipher().is_current(bytes(person_of(other).bsn_encrypted or b""))


def given(client: Client, bsn: str | None) -> None:
    row = PersonRow(client.pk, "Voorbeeld", bsn=bsn, replaces_id=person_of(client).pk)
    record_persons(by=BY, municipality=client.municipality, rows=[row])


@pytest.mark.django_db
def test_what_is_carried_over_is_sealed_by_the_new_key(keys: Keys) -> None:
    client = a_client(a_municipality(), bsn=BSN)
    held = person_of(client)
    keys.renew()
    correct_person(by=BY, client=client, given=PersonRow(client.pk, "Anders", replaces_id=held.pk), why="typefout")
    person = person_of(client)
    assert (person.surname, named(person), person.bsn_key) == ("Anders", BSN, keys.ring.key("bsn").identifier)
    assert bytes(BsnHolder.objects.get().digest) == bytes(person.bsn_digest or b"") == bsn_look_up().digest(BSN)
    assert former(keys, "bsn", "bsn").decrypt(bytes(Person.objects.get(pk=held.pk).bsn_encrypted or b"")) == BSN


@pytest.mark.django_db
def test_a_number_is_free_again_once_corrected(keys: Keys) -> None:
    place = a_municipality()
    client = a_client(place, bsn=BSN)
    keys.renew()
    given(client, OTHER)
    other = a_client(place, bsn=BSN)
    assert (holder_of(place.pk, BSN), holder_of(place.pk, OTHER)) == (other.pk, client.pk)


@pytest.mark.django_db
def test_two_dossiers_with_one_number_come_apart_as_before(keys: Keys) -> None:
    place = a_municipality()
    first, second = a_client(place, bsn=BSN), an_identity(place)
    merge_clients(by=BY, client=second, kept=first, why="dezelfde")
    record_persons(by=BY, municipality=place, rows=[PersonRow(second.pk, "Voorbeeld", bsn=BSN)])
    keys.renew()
    undo_merge(by=BY, client=second, why="toch niet")
    assert person_of(first).bsn_encrypted is not None
    assert person_of(second).bsn_encrypted is None
    assert holder_of(place.pk, BSN) == first.pk


@pytest.mark.django_db
def test_a_file_read_again_brings_no_news(keys: Keys) -> None:
    place = town()
    content = lines(
        "Klantnummer;BSN;Achternaam;Geboortedatum;Begin uitkering;Datum meting;Huidige trede",
        f"K1;{BSN};Bakker;1970-01-01;01-01-2020;01-03-2020;2",
        f";{OTHER};Visser;1980-01-01;01-01-2021;01-03-2021;3",
    )
    assert counts(imported(place, content))[0] == 2
    keys.renew()
    assert counts(imported(place, content)) == (0, 0, 2, 0)
    renamed = content.replace(b"Bakker", b"Bakkers")
    assert counts(imported(place, renamed)) == (0, 1, 1, 0)
    assert {named(one) for one in Person.objects.current()} == {BSN, OTHER}
    keys.seal_all_anew()
    assert counts(imported(place, renamed)) == (0, 0, 2, 0)


@pytest.mark.django_db(transaction=True)
def test_stopped_anywhere_it_goes_on(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    place = a_municipality()
    people = {a_client(place, bsn=a_bsn(serial)).pk: a_bsn(serial) for serial in range(10, 40)}
    monkeypatch.setattr("opstap.audit.selectors.sealed.BATCH", 7)
    keys.renew()
    whole, done = sealing._sealed_anew, []

    def stopping(table: Any, row: Any) -> int:
        done.append(row)
        if len(done) % 9 == 0:
            raise KeyboardInterrupt
        return whole(table, row)

    monkeypatch.setattr(sealing, "_sealed_anew", stopping)
    for _time in range(200):
        try:
            keys.seal_all_anew()
        except KeyboardInterrupt:
            assert not PermittedRow.objects.exists()
            assert {one.client_id: named(one) for one in Person.objects.current()} == people
            assert {holder_of(place.pk, bsn) for bsn in people.values()} == set(people)
        else:
            break
    assert rows_left() == 0
    assert len(done) > 2 * len(people)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="of SQLite programs do it, in tests/config/test_keys.py")
def test_who_writes_meanwhile_is_not_kept_waiting_nor_lost(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    place = a_municipality()
    people = {a_client(place, bsn=a_bsn(serial)).pk: a_bsn(serial) for serial in range(50, 90)}
    monkeypatch.setattr("opstap.audit.selectors.sealed.BATCH", 5)
    failed: list[BaseException] = []

    def write() -> None:
        try:
            for serial in range(100, 120):
                people[a_client(place, bsn=a_bsn(serial)).pk] = a_bsn(serial)
        except BaseException as error:  # noqa: BLE001 - told below, by the test
            failed.append(error)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    keys.renew()
    while writer.is_alive():
        keys.seal_all_anew()
    writer.join()
    assert failed == []
    keys.seal_all_anew()
    assert rows_left() == 0
    assert {one.client_id: named(one) for one in Person.objects.current()} == people
    assert {holder_of(place.pk, bsn) for bsn in people.values()} == set(people)
    assert set(Person.objects.values_list("bsn_key", flat=True)) == {keys.ring.key("bsn").identifier}


@pytest.mark.django_db
def test_a_permit_lets_nothing_change_but_what_is_sealed() -> None:
    person = person_of(a_client(a_municipality(), bsn=BSN))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(bsn_encrypted=b"x")
    PermittedRow.objects.create(table="clients_person", row=person.pk)
    for change in ({"surname": "Anders"}, {"surname": "Anders", "bsn_encrypted": b"x"}, {"birth_date": None}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(**change)
    Person.objects.filter(pk=person.pk).update(bsn_encrypted=b"x", bsn_key="y")
    person.refresh_from_db()
    assert (bytes(person.bsn_encrypted or b""), person.bsn_key, person.surname) == (b"x", "y", "Voorbeeld")


@pytest.mark.django_db
def test_nothing_that_is_known_changes_by_it(keys: Keys) -> None:
    a_client(a_municipality(), bsn=BSN)
    keys.renew()
    before = latest_recording()
    keys.seal_all_anew()
    assert latest_recording() == before == Recording.objects.latest("number").number
