"""What stands sealed in the database, as the rooms plug it in: which rows, and how one is sealed by the keys of now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from opstap.foundation.crypto import Cipher
from opstap.foundation.registry import Registry

BATCH = 200


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns. `anew` gives what must be written in a row; nothing where the keys of now did it."""

    rows: Callable[[], QuerySet[Any]]
    anew: Callable[[Any], Mapping[str, Any]]

    @property
    def model(self) -> type[Model]:
        """Of which rows."""
        return self.rows().model


sealed_tables: Registry[SealedTable] = Registry("sealed tables")


def sealed_by(cipher: Callable[[], Cipher], *columns: str, key: str = "") -> Callable[[Any], Mapping[str, Any]]:
    """For columns that one cipher seals, with the column that names its key, if there is one."""

    def anew(row: Any) -> Mapping[str, Any]:
        seals = cipher()
        written: dict[str, bytes | str] = {}
        stored = {column: bytes(held) for column in columns if (held := getattr(row, column)) is not None}
        for column, held in stored.items():
            now = seals.renewed(held)
            if now != held:
                written[column] = now
        if key and stored and (written or getattr(row, key) != seals.key_id):
            written[key] = seals.key_id
        return written

    return anew


def walked(table: SealedTable, after: int = 0) -> Iterator[list[Any]]:
    """The rows of a table from a place on, some at a time."""
    while rows := list(table.rows().filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield rows
        after = rows[-1].pk


def left_by_table() -> dict[str, int]:
    """How many rows a former key still seals, by table; looks into every row."""
    found = {}
    for key in sealed_tables.keys():  # noqa: SIM118 - a registry, not a dictionary
        table = sealed_tables.get(key)
        if table is not None:
            found[key] = sum(bool(table.anew(row)) for rows in walked(table) for row in rows)
    return found
