"""Append-only tables refuse every change in the database itself, also after a migration that remade one of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, models, router, transaction

from opstap.accounts.models import Team
from opstap.audit.models import Event, Fact, Recording
from opstap.clients.models import Client, FollowUp, KeptValue, Person
from opstap.foundation.appendonly import append_only_models, install, missing, remove
from opstap.foundation.appendonly.models import AppendOnlyError, AppendOnlyModel
from opstap.ladder.models import Measurement
from opstap.municipality.models import Setting
from tests.factories.clients import a_client
from tests.factories.municipality import a_municipality

EVENTS = ("update", "delete", "truncate")
each_table = pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model._meta.label)


def place_of(model: type[models.Model]) -> str:
    """The database in which the table is written."""
    return router.db_for_write(model)


def in_the_main_database() -> list[type[models.Model]]:
    """The tables that the main database holds; the access log may stand apart."""
    return [model for model in append_only_models() if router.allow_migrate_model("default", model)]


def refused(model: type[models.Model], statement: str) -> None:
    using = place_of(model)
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(using), connections[using].cursor() as cursor:
        cursor.execute(statement)


def assert_refuses(model: type[models.Model]) -> None:
    """Rows can't be changed or deleted; the table must hold some, for the triggers fire for rows."""
    table, column = model._meta.db_table, model._meta.pk.column
    assert model._default_manager.exists()
    refused(model, f'UPDATE "{table}" SET "{column}" = "{column}"')  # noqa: S608 - own names
    refused(model, f'DELETE FROM "{table}"')  # noqa: S608 - own names


def assert_refuses_emptying(model: type[models.Model]) -> None:
    """SQLite has no TRUNCATE."""
    if connection.vendor == "postgresql":
        refused(model, f'TRUNCATE "{model._meta.db_table}" CASCADE')


def fill(model: type[models.Model]) -> None:
    """A row that satisfies the columns of any append-only table, whatever it means."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connections[place_of(model)].cursor() as cursor:
        insert = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608 - own names
        cursor.execute(insert, [value_for(field) for field in fields])


def value_for(field: models.Field[Any, Any]) -> str | int | bytes | None:
    if field.null:
        return None
    if isinstance(field, models.ForeignKey):
        return 987_654_321
    kinds: dict[str, str | int | bytes] = {
        "BinaryField": b"x",
        "DateField": "2020-01-01",
        "DateTimeField": "2020-01-01T00:00:00+00:00",
        "BooleanField": False,
        "JSONField": "1",
        "CharField": "x",
        "TextField": "x",
    }
    if field.name == "about" and field.model.__name__ == "ComposedIndicator":
        return "day"  # its table asks for one of two words
    return kinds.get(field.get_internal_type(), 1)


def test_all_facts_and_all_that_orders_them_are_append_only() -> None:
    found: set[type[models.Model]] = set(append_only_models())
    assert {Recording, Event, Client, Setting, Person, FollowUp, KeptValue, Measurement} <= found
    assert all(issubclass(model, AppendOnlyModel) for model in found)
    assert {model for model in found if issubclass(model, Fact)} > {Person, Measurement}
    assert Team not in found


@pytest.mark.django_db
@each_table
def test_a_table_refuses_change_and_takes_new_rows(model: type[models.Model]) -> None:
    assert_refuses_emptying(model)
    with transaction.atomic(place_of(model)):
        before = model._default_manager.count()
        if model is not Recording:
            fill(model)
            assert model._default_manager.count() == before + 1
        assert_refuses(model)
        transaction.set_rollback(True, place_of(model))  # what was filled in leads nowhere


@pytest.mark.django_db
def test_rows_refuse_to_be_saved_again_or_deleted_with_the_way_out() -> None:
    client = a_client(a_municipality())
    person = Person.objects.get(client=client)
    for row in (client, person, Recording.objects.latest("number")):
        with pytest.raises(AppendOnlyError, match="add a row that replaces"):
            row.save()
        with pytest.raises(AppendOnlyError, match="withdraw"):
            row.delete()
    assert Client.objects.filter(pk=client.pk).exists()


@pytest.mark.django_db
def test_querysets_are_refused_by_the_database() -> None:
    client = a_client(a_municipality())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Person.objects.filter(client=client).update(surname="Anders")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FollowUp.objects.filter(client=client).delete()
    assert Person.objects.get(client=client).surname == "Voorbeeld"
    assert FollowUp.objects.filter(client=client).count() == 1


@pytest.mark.django_db
def test_what_is_missing_is_named_and_put_back() -> None:
    assert missing(connection) == []
    remove(connection)
    names = missing(connection)
    events = EVENTS if connection.vendor == "postgresql" else EVENTS[:2]
    assert set(names) == {f"ao_{model._meta.db_table}_{event}" for model in in_the_main_database() for event in events}
    install(connection)
    install(connection)
    assert missing(connection) == []


@pytest.mark.django_db
def test_a_trigger_that_was_switched_off_counts_as_missing_and_is_put_back() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can switch a trigger off")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE clients_person DISABLE TRIGGER ao_clients_person_update")
    assert missing(connection) == ["ao_clients_person_update"]
    install(connection)
    assert missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_after_a_migration_that_remakes_it_each_table_refuses_again() -> None:
    a_client(a_municipality())
    remade = in_the_main_database()
    for model in remade:
        remake(model)
    lost = missing(connection)
    if connection.vendor == "sqlite":
        assert lost == [f"ao_{model._meta.db_table}_{event}" for model in remade for event in EVENTS[:2]]
    else:
        assert lost == []
    call_command("migrate", verbosity=0)
    assert missing(connection) == []
    for model in remade:
        assert_refuses_emptying(model)
        with transaction.atomic(place_of(model)):
            if model is not Recording:
                fill(model)
            assert_refuses(model)
            transaction.set_rollback(True, place_of(model))


def remake(model: type[models.Model]) -> None:
    """Let a column be empty and forbid it again, as two migrations would."""
    old: Any = next(field for field in model._meta.concrete_fields if not (field.primary_key or field.remote_field))
    new = old.clone()
    new.null = not old.null
    new.set_attributes_from_name(old.name)
    new.model = model
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(model, before, after)


@pytest.mark.django_db
def test_a_trigger_that_does_nothing_counts_as_missing_and_is_put_right() -> None:
    name = "ao_ladder_measurement_update"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; "
                f"DROP TRIGGER {name} ON ladder_measurement; "
                f"CREATE TRIGGER {name} BEFORE UPDATE ON ladder_measurement FOR EACH ROW EXECUTE FUNCTION nothing()"
            )
        else:
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON ladder_measurement BEGIN SELECT 1; END")
    assert missing(connection) == [name]
    install(connection)
    assert missing(connection) == []
