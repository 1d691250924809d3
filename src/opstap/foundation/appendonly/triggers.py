"""The triggers themselves, for SQLite and PostgreSQL, and the comparison of what is there with what should be."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.foundation.appendonly.models import AppendOnlyModel

FUNCTION = "opstap_append_only"
# Tables of `audit`: clients who may be erased now, and single rows that may leave or be sealed anew. Both are empty but
# within the transaction that does so.
PERMITS, PERMITTED_ROWS = "audit_erasurepermit", "audit_permittedrow"
ROW, SEALED = "row", "sealed"
# Up to which place the first rows of a chain are gone: in the database of the chains, and no permit, for it stays.
CUTS, CUT = "audit_accesscut", "cut"


def append_only_models() -> list[type[AppendOnlyModel]]:
    """Every concrete model that is declared append-only."""
    return [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every missing trigger in place. Tables that don't exist yet are passed over."""
    tables, plain = set(connection.introspection.table_names()), _without_permits(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for name in missing(connection):
            if table_of(name) in tables:
                cursor.execute(_drop(connection.vendor, table_of(name), name))  # it may be there, switched off
                cursor.execute(_create_named(connection.vendor, name, plain))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not, or not as they should be."""
    names, plain = _names(connection), _without_permits(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, prosrc, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
            present = {
                str(name)
                for name, does, given in cursor.fetchall()
                if name in names and does == _POSTGRES_BODY and given == _postgres_arguments(str(name))
            }
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = {
                str(name)
                for name, does in cursor.fetchall()
                if name in names and does == _create_named("sqlite", str(name), plain)
            }
    return [name for name in names if name not in present]


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


def _without_permits(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """Tables that refuse whatever comes: those of an earlier version, that knows no permits or not every column yet.

    SQLite changes no table while a trigger anywhere names what is not there. PostgreSQL looks when a trigger runs.
    """
    if connection.vendor == "postgresql":
        return frozenset()
    models = append_only_models()
    with connection.cursor() as cursor:
        cursor.execute("SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'")
        there = set(cursor.fetchall())
    return frozenset(
        model._meta.db_table
        for model in models
        if not _named_in(model) <= there
        or any((model._meta.db_table, field.column) not in there for field in model._meta.concrete_fields)
    )


def _named_in(model: type[AppendOnlyModel]) -> set[tuple[str, str]]:
    """What the triggers of a table name besides the table itself."""
    return {(CUTS, "chain"), (CUTS, "position")} if model.is_cut else {(PERMITS, "client"), (PERMITTED_ROWS, "row")}


def _create_named(vendor: str, name: str, plain: Collection[str]) -> str:
    return _create(vendor, table_of(name), name.rpartition("_")[2], permits=table_of(name) not in plain)


def _create(vendor: str, table: str, event: str, *, permits: bool) -> str:
    name = f"ao_{table}_{event}"
    if vendor == "postgresql":
        each = "STATEMENT" if event == "truncate" else "ROW"
        given = ", ".join(f"'{one}'" for one in _given(table, event))
        return (
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH {each} '
            f"EXECUTE FUNCTION {FUNCTION}({given})"
        )
    when = _sqlite_when(table, event) if permits else ""
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" {when}'
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _sqlite_when(table: str, event: str) -> str:
    permitted, changing = _permitted_by(table, event), _changing_in(table, event)
    if changing:
        return f"WHEN NOT ({_sqlite_permit(table, ROW)} AND {_sqlite_same(table, changing)}) "
    return f"WHEN NOT {_sqlite_permit(table, permitted)} " if permitted else ""


def _permitted_by(table: str, event: str) -> str:
    """With which a row may leave: the column whose client a permit must name, `row` where it names the row itself,
    `cut` for the first rows of a chain.

    Empty where nothing helps. What may change in a row that stays is `_changing_in`.
    """
    model = _model_of(table)
    if event == "delete" and model.is_cut:
        return CUT
    if event != "delete" or getattr(model, "never_erased", False):
        return ""
    return str(getattr(model, "erased_with", "")) or (
        "client_id" if any(field.column == "client_id" for field in model._meta.concrete_fields) else ROW
    )


def _sqlite_permit(table: str, permitted: str) -> str:
    if permitted == CUT:
        at_or_beyond = '"chain" = OLD."chain" AND "position" >= OLD."position"'
        return f'EXISTS (SELECT 1 FROM "{CUTS}" WHERE {at_or_beyond})'  # noqa: S608 - own names
    if permitted == ROW:
        return f"""EXISTS (SELECT 1 FROM "{PERMITTED_ROWS}" WHERE "table" = '{table}' AND "row" = OLD."id")"""  # noqa: S608 - own names
    return f'EXISTS (SELECT 1 FROM "{PERMITS}" WHERE "client" = OLD."{permitted}")'  # noqa: S608 - own names


def _changing_in(table: str, event: str) -> tuple[str, ...]:
    """The columns that may be sealed anew or emptied, in a row that a permit names."""
    model = _model_of(table)
    return (*model.sealed_columns, *model.emptied_columns) if event == "update" else ()


def _sqlite_same(table: str, changing: tuple[str, ...]) -> str:
    """Nothing else changes."""
    columns = [field.column for field in _model_of(table)._meta.concrete_fields if field.column not in changing]
    return " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in columns)


def _given(table: str, event: str) -> tuple[str, ...]:
    """What PostgreSQL's function is told: by whom or what a row is named, or what may change in it."""
    permitted, changing = _permitted_by(table, event), _changing_in(table, event)
    return (SEALED, *changing) if changing else (permitted,) if permitted else ()


def _postgres_arguments(name: str) -> str:
    return "".join(f"{one}\\000" for one in _given(table_of(name), name.rpartition("_")[2]))


def _model_of(table: str) -> type[AppendOnlyModel]:
    return next(model for model in append_only_models() if model._meta.db_table == table)


_POSTGRES_BODY = f"""
DECLARE permitted boolean := false; named bigint;
BEGIN
  IF TG_NARGS > 0 THEN
    IF TG_ARGV[0] = '{CUT}' THEN
      named := (to_jsonb(OLD)->>'position')::bigint;
      SELECT EXISTS (SELECT 1 FROM "{CUTS}" WHERE "chain" = to_jsonb(OLD)->>'chain' AND "position" >= named)
        INTO permitted;
    ELSIF TG_ARGV[0] IN ('{ROW}', '{SEALED}') THEN
      named := (to_jsonb(OLD)->>'id')::bigint;
      SELECT EXISTS (SELECT 1 FROM "{PERMITTED_ROWS}" WHERE "table" = TG_TABLE_NAME AND "row" = named)
        INTO permitted;
      IF permitted AND TG_ARGV[0] = '{SEALED}' THEN
        permitted := to_jsonb(OLD) - TG_ARGV = to_jsonb(NEW) - TG_ARGV;
      END IF;
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
