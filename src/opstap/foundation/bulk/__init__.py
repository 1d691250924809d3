"""Many rows into one table at the speed of the database: many rows a statement on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

VARIABLES = 30_000  # SQLite takes 32,766 in one statement


def reserve_ids(model: type[models.Model], count: int, *, using: str = "default") -> range:
    """A row of ids that nobody else gets. Call it while the recording lock is held."""
    table = model._meta.db_table
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            first = int(cursor.fetchone()[0])
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + max(count, 1) - 1])
            return range(first, first + count)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (int(found[0]) if found else 0) + 1
    return range(first, first + count)


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], *, using: str = "default"
) -> None:
    """Insert rows of Python values. `columns` are attribute names (`client_id`). Checks of the model don't run."""
    if not rows:
        return
    if not transaction.get_connection(using).in_atomic_block:
        message = "insert_rows is called within a transaction"
        raise transaction.TransactionManagementError(message)
    fields = [_field(model, column) for column in columns]
    connection = connections[using]
    names = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            adapt = [_postgres_adapter(field, connection) for field in fields]
            copying = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(copying) as copy:  # Django leaves COPY unwrapped
                for row in _adapted(rows, adapt):
                    copy.write_row(row)
            return
    _into_sqlite(connection, f"INSERT INTO {table} ({names}) VALUES ", fields, rows)  # noqa: S608 - own names


def _into_sqlite(
    connection: BaseDatabaseWrapper,
    insert: str,
    fields: Sequence[models.Field[Any, Any]],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Half the time of executemany, which sets up and checks every row as a statement of its own."""
    adapt = [_sqlite_adapter(field, connection) for field in fields]
    marks = f"({', '.join('?' * len(fields))})"
    at_once = VARIABLES // len(fields)
    whole = insert + ", ".join([marks] * at_once)
    with connection.wrap_database_errors:
        for start in range(0, len(rows), at_once):
            part = rows[start : start + at_once]
            sql = whole if len(part) == at_once else insert + ", ".join([marks] * len(part))
            connection.connection.execute(sql, list(chain.from_iterable(_adapted(part, adapt))))


def _field(model: type[models.Model], attname: str) -> models.Field[Any, Any]:
    for field in model._meta.concrete_fields:
        if field.attname == attname:
            return field
    message = f"{model.__name__} has no column {attname}"
    raise ValueError(message)


Adapter = Callable[[Any], Any] | None


def _sqlite_adapter(field: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Adapter:
    kind = field.get_internal_type()
    if kind == "DateField":
        return lambda value: value if value is None else value.isoformat()
    if kind in {"DateTimeField", "TimeField", "JSONField"}:
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _postgres_adapter(field: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Adapter:
    if field.get_internal_type() == "JSONField":
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _adapted(rows: Sequence[Sequence[Any]], adapters: Sequence[Adapter]) -> Sequence[Sequence[Any]]:
    if not any(adapters):
        return rows
    columns = list(zip(*rows, strict=True))
    adapted = [
        [adapter(value) for value in column] if adapter else column
        for column, adapter in zip(columns, adapters, strict=True)
    ]
    return list(zip(*adapted, strict=True))
