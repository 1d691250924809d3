"""The triggers themselves, for SQLite and PostgreSQL, and the comparison of what is there with what should be."""

from __future__ import annotations

from django.apps import apps
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.foundation.appendonly.models import AppendOnlyModel

FUNCTION = "opstap_append_only"


def append_only_models() -> list[type[models.Model]]:
    """Every concrete model that is declared append-only."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every missing trigger in place. Tables that don't exist yet are passed over."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for name in missing(connection):
            if table_of(name) in tables:
                cursor.execute(_drop(connection.vendor, table_of(name), name))  # it may be there, switched off
                cursor.execute(_create_named(connection.vendor, name))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not, or not as they should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
            present = {str(name) for name, does in cursor.fetchall() if does == _POSTGRES_BODY}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = {str(name) for name, does in cursor.fetchall() if does == _create_named("sqlite", str(name))}
    return [name for name in _names(connection) if name not in present]


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for tests that must empty their tables."""
    with connection.cursor() as cursor:
        for name in _names(connection):
            cursor.execute(_drop(connection.vendor, table_of(name), name))


def table_of(name: str) -> str:
    """The table that a trigger of this name guards."""
    return name.removeprefix("ao_").rpartition("_")[0]


def _names(connection: BaseDatabaseWrapper) -> list[str]:
    """Of the tables that this database holds."""
    events = ["update", "delete", "truncate"] if connection.vendor == "postgresql" else ["update", "delete"]
    held = [model for model in append_only_models() if router.allow_migrate_model(connection.alias, model)]
    return [f"ao_{model._meta.db_table}_{event}" for model in held for event in events]


def _drop(vendor: str, table: str, name: str) -> str:
    on = f' ON "{table}"' if vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


def _create_named(vendor: str, name: str) -> str:
    return _create(vendor, table_of(name), name.rpartition("_")[2])


def _create(vendor: str, table: str, event: str) -> str:
    name = f"ao_{table}_{event}"
    if vendor == "postgresql":
        each = "STATEMENT" if event == "truncate" else "ROW"
        return (
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()'
        )
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


_POSTGRES_BODY = """
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END """
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRES_BODY}$$
"""
