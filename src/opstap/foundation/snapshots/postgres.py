"""Snapshots of PostgreSQL by its own programs: of one moment, into a database of its own, swapped by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from opstap.foundation.snapshots import tools
from opstap.foundation.snapshots.places import Place, Unusable

Seen = TypeVar("Seen")

FOR_ALL = ("postgres", "template1")  # databases that every server has, from which others are made and named
MAY_CREATE = (
    "Geef die gebruiker het recht databases te maken (ALTER ROLE … CREATEDB): een kopie wordt nagekeken en teruggezet "
    "in een database ernaast."
)


def take(place: Place, into: Path, look: Callable[[BaseDatabaseWrapper], Seen]) -> Seen:
    """Dump the whole database as of one moment; gives what `look` sees at that same moment."""
    with place.opened() as connection:
        program = tools.find("pg_dump", server=_major(connection))
        with connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            moment = str(cursor.fetchone()[0])
            seen = look(connection)
            tools.run(
                program,
                connection,
                f"--snapshot={moment}",
                "--format=custom",
                "--compress=0",
                "--no-owner",
                "--no-privileges",
                f"--file={into}",
            )
            cursor.execute("COMMIT")
    into.chmod(0o600)
    return seen


def put(place: Place, part: Path, name: str) -> Place:
    """The snapshot as a new database on the same server."""
    with _server(place) as connection:
        program = tools.find("pg_restore", server=_major(connection))
        _execute(
            connection,
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)),
        )
        options = ("--exit-on-error", "--no-owner", "--no-privileges")
        tools.run(program, connection, *options, str(part), database=name)
    beside = place.named(name)
    with beside.opened() as connection, connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return beside


def faults(place: Place) -> list[str]:
    """References are checked by the server as it makes them; what it did not check is said."""
    with place.opened() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        return [f"de database heeft {row[0]} niet nagekeken" for row in cursor.fetchall()]


def exists(place: Place) -> bool:
    """Whether the server has a database of this name."""
    with _server(place) as connection:
        return _there(connection, place.name)


def others_on(place: Place) -> int:
    """How many connections other than our own the database has now."""
    with _server(place) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [place.name]
        )
        return int(cursor.fetchone()[0])


def drop(place: Place, name: str) -> None:
    """Take a database away that we made."""
    with _server(place) as connection:
        _execute(connection, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@dataclass(frozen=True)
class Exchange:
    """A staged database that takes the name of the one at the place, which gets a name aside."""

    place: Place
    staged: str
    aside: str


def exchange(steps: Sequence[Exchange]) -> None:
    """All names of one server at once, in one transaction. Done before: nothing is left to do.

    The server refuses it while anybody is connected to either database.
    """
    if not steps:
        return
    with _server(steps[0].place) as connection:
        _execute(connection, sql.SQL("BEGIN"))
        for step in steps:
            if not _there(connection, step.staged):
                continue
            if _there(connection, step.place.name):
                _execute(connection, _renamed(step.place.name, step.aside))
            _execute(connection, _renamed(step.staged, step.place.name))
        _execute(connection, sql.SQL("COMMIT"))


def _renamed(old: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))


def _there(connection: BaseDatabaseWrapper, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _major(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


@contextmanager
def _server(place: Place) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the server that does not stand in the database itself."""
    beside = next(name for name in FOR_ALL if name != place.name)
    with place.named(beside).opened() as connection:
        yield connection


def _execute(connection: BaseDatabaseWrapper, statement: sql.Composable) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement.as_string(cursor.connection))
    except DatabaseError as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            raise Unusable(f"de gebruiker van DATABASE_URL mag dit niet ({cause}). {MAY_CREATE}") from None
        if isinstance(cause, psycopg.errors.ObjectInUse):
            raise Unusable(
                "de database is nog in gebruik. Stop Opstap overal waar het op deze database draait, ook op andere "
                "machines, en probeer het opnieuw."
            ) from None
        raise Unusable(f"de databaseserver weigert: {str(error).strip()}.") from None
