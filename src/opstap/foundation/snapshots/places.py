"""A place where a database stands, reached by a connection of its own, and the rows that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler


class Unusable(Exception):
    """A snapshot could not be taken or put back: why, and the way out, in the administrator's words."""


@dataclass(frozen=True)
class Place:
    """A database under its alias, by its settings."""

    alias: str
    settings: Mapping[str, Any]

    @property
    def vendor(self) -> str:
        """`sqlite` or `postgresql`."""
        return "sqlite" if "sqlite3" in self.settings["ENGINE"] else "postgresql"

    @property
    def name(self) -> str:
        """The path of the file, or the name on the server."""
        return str(self.settings["NAME"])

    def named(self, name: str, alias: str | None = None) -> Place:
        """A place beside this one, reached in the same way."""
        return Place(alias or self.alias, {**self.settings, "NAME": name})

    @contextmanager
    def opened(self) -> Iterator[BaseDatabaseWrapper]:
        """A connection that nothing else uses, closed afterwards."""
        settings = {**self.settings, "CONN_MAX_AGE": 0, "TEST": {}}
        connection = ConnectionHandler({DEFAULT_DB_ALIAS: dict(settings), self.alias: settings})[self.alias]
        try:
            yield connection
        finally:
            connection.close()


def same_place(one: Place, other: Place) -> bool:
    """Whether two aliases are one database."""
    return all(
        str(one.settings.get(key) or "") == str(other.settings.get(key) or "")
        for key in ("ENGINE", "NAME", "HOST", "PORT")
    ) and (one.settings.get("OPTIONS") or {}).get("host") == (other.settings.get("OPTIONS") or {}).get("host")


def rows_of(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counted = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of its own
            counted[table] = int(cursor.fetchone()[0])
    return counted
