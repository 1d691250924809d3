"""The triggers themselves, for SQLite and PostgreSQL, and the comparison of what is there with what should be."""

from __future__ import annotations

from django.apps import apps
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.foundation.appendonly.models import AppendOnlyModel

FUNCTION = "opstap_append_only"
# Tables of `audit`: clients who may be erased now, and single rows of tables without a client. Both are empty but
# within the transaction that erases somebody.
PERMITS, PERMITTED_ROWS = "audit_erasurepermit", "audit_permittedrow"
ROW = "row"


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
                "SELECT tgname, prosrc, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
            present = {
                str(name)
                for name, does, given in cursor.fetchall()
                if does == _POSTGRES_BODY and given == _postgres_arguments(str(name))
            }
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
    name, permitted = f"ao_{table}_{event}", _permitted_by(table, event)
    if vendor == "postgresql":
        each = "STATEMENT" if event == "truncate" else "ROW"
        given = f"'{permitted}'" if permitted else ""
        return (
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH {each} '
            f"EXECUTE FUNCTION {FUNCTION}({given})"
        )
    when = f"WHEN NOT {_sqlite_permit(table, permitted)} " if permitted else ""
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _permitted_by(table: str, event: str) -> str:
    """The column whose client a permit must name, `row` where it names the row itself, empty where nothing helps.

    Only what an erasure empties in place may change: rows that are named one by one.
    """
    model = next(model for model in append_only_models() if model._meta.db_table == table)
    if event == "truncate" or getattr(model, "never_erased", False):
        return ""
    column = str(getattr(model, "erased_with", "")) or (
        "client_id" if any(field.column == "client_id" for field in model._meta.concrete_fields) else ROW
    )
    return column if event == "delete" or column == ROW else ""


def _sqlite_permit(table: str, permitted: str) -> str:
    if permitted == ROW:
        return f"""EXISTS (SELECT 1 FROM "{PERMITTED_ROWS}" WHERE "table" = '{table}' AND "row" = OLD."id")"""  # noqa: S608 - own names
    return f'EXISTS (SELECT 1 FROM "{PERMITS}" WHERE "client" = OLD."{permitted}")'  # noqa: S608 - own names


def _postgres_arguments(name: str) -> str:
    permitted = _permitted_by(table_of(name), name.rpartition("_")[2])
    return f"{permitted}\\000" if permitted else ""


_POSTGRES_BODY = f"""
DECLARE permitted boolean := false; named bigint;
BEGIN
  IF TG_NARGS > 0 THEN
    IF TG_ARGV[0] = '{ROW}' THEN
      named := (to_jsonb(OLD)->>'id')::bigint;
      SELECT EXISTS (SELECT 1 FROM "{PERMITTED_ROWS}" WHERE "table" = TG_TABLE_NAME AND "row" = named)
        INTO permitted;
    ELSE
      named := (to_jsonb(OLD)->>TG_ARGV[0])::bigint;
      SELECT EXISTS (SELECT 1 FROM "{PERMITS}" WHERE "client" = named) INTO permitted;
    END IF;
  END IF;
  IF permitted AND TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF permitted THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END """  # noqa: S608 - own names
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_POSTGRES_BODY}$$
"""
