"""Many rows at once: every kind of value comes back as given, ids are nobody else's, all within a transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from opstap.audit.models import Recording
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.clients.models import Client, Person
from opstap.foundation.bulk import VARIABLES, insert_rows, reserve_ids
from opstap.foundation.references import new_references
from opstap.municipality.models import Municipality, Setting
from tests.factories.clients import an_identity
from tests.factories.municipality import a_municipality

COLUMNS = ["id", "reference", "municipality_id", "number", "recording_id"]


def clients(municipality: Municipality, ids: range, recording: Recording) -> list[tuple[object, ...]]:
    references = new_references(len(ids))
    return [(pk, ref, municipality.pk, f"B{pk}", recording.pk) for pk, ref in zip(ids, references, strict=True)]


@pytest.mark.django_db
def test_every_kind_of_value_comes_back_as_given() -> None:
    client = an_identity(a_municipality())
    values = {
        "client_id": client.pk,
        "recording_id": client.recording_id,
        "withdrawn": False,
        "surname": "Ünal\t\\N 'x'\n%s",
        "birth_date": date(1980, 2, 29),
        "died_on": None,
        "bsn_encrypted": b"\x00\xff\\\n\t%",
        "bsn_digest": None,
        "bsn_key": "",
        "name_prefix": "",
        "given_names": "Ağça",
        "sex": "",
        "phone": "",
        "email": "",
        "preferred_language": "",
        "preferred_channel": "",
        "folded_name": "unal agca",
    }
    insert_rows(Person, list(values), [tuple(values.values())])
    person = Person.objects.get(client=client)
    stored = {name: getattr(person, name) for name in values} | {"bsn_encrypted": bytes(person.bsn_encrypted or b"")}
    assert stored == values


@pytest.mark.django_db
@pytest.mark.parametrize("value", [5, "vng", [1, "a"], {"nl": "é"}, None])
def test_structured_values_come_back_as_given(value: object) -> None:
    municipality = a_municipality()
    with writing(by=command_line(), verb="test") as recording:
        row = (municipality.pk, "test", value, date(2020, 1, 1), False, recording.pk)
        names = ["municipality_id", "key", "value", "starts_on", "withdrawn", "recording_id"]
        if value is None:
            with pytest.raises(IntegrityError), transaction.atomic():
                insert_rows(Setting, names, [row])
            return
        insert_rows(Setting, names, [row])
    assert Setting.objects.get(municipality=municipality, key="test").value == value


@pytest.mark.django_db
def test_moments_come_back_as_given() -> None:
    moment = datetime(2025, 10, 26, 0, 30, 1, 999999, tzinfo=UTC)
    insert_rows(
        Recording, ["number", "at", "actor_reference", "actor_name", "source"], [(10**9, moment, "x", "x", "x")]
    )
    assert Recording.objects.get(number=10**9).at == moment


@pytest.mark.django_db
def test_reserved_ids_are_those_that_follow_and_are_not_given_again() -> None:
    municipality = a_municipality()
    before = an_identity(municipality).pk
    with writing(by=command_line(), verb="test") as recording:
        ids = reserve_ids(Client, 3)
        assert list(ids) == [before + 1, before + 2, before + 3]
        insert_rows(Client, COLUMNS, clients(municipality, ids, recording))
    assert an_identity(municipality).pk == before + 4


@pytest.mark.django_db
def test_more_rows_than_fit_in_one_statement() -> None:
    municipality = a_municipality()
    count = 2 * (VARIABLES // len(COLUMNS)) + 1
    with writing(by=command_line(), verb="test") as recording:
        rows = clients(municipality, reserve_ids(Client, count), recording)
        insert_rows(Client, COLUMNS, rows)
    assert Client.objects.filter(municipality=municipality).count() == count


@pytest.mark.django_db
def test_nothing_to_insert_and_a_column_that_is_not_there() -> None:
    insert_rows(Client, ["no_such_column"], [])
    with pytest.raises(ValueError, match="Client has no column no_such_column"):
        insert_rows(Client, ["no_such_column"], [(1,)])


@pytest.mark.django_db
def test_the_database_still_judges_the_rows() -> None:
    municipality = a_municipality()
    client = an_identity(municipality, "B1")
    row = (client.pk + 1, "r", municipality.pk, "B1", client.recording_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Client, COLUMNS, [row])
    assert Client.objects.filter(number="B1", municipality=municipality).count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_refused() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(transaction.TransactionManagementError, match="within a transaction"):
        insert_rows(Client, ["number"], [("1",)])
