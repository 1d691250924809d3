"""What stands sealed in the database, as the rooms plug it in: which rows, and how one is sealed by the keys of now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db.models import Model, QuerySet

from opstap.foundation.crypto import Cipher
from opstap.foundation.registry import Registry

BATCH = 200


class MadeByNoKey(Exception):
    """Nothing that is here says by which key a value was made."""


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns. `anew` gives what must be written in a row; nothing where the keys of now did it.

    It raises InvalidTag or MadeByNoKey where no key that is here can have made what is in the row.
    """

    rows: Callable[[], QuerySet[Any]]
    anew: Callable[[Any], Mapping[str, Any]]

    @property
    def model(self) -> type[Model]:
        """Of which rows."""
        return self.rows().model

    def renewal(self, row: Any) -> Mapping[str, Any] | None:
        """What must be written in a row; None where no key opens it, so that the others are not kept waiting."""
        try:
            return self.anew(row)
        except (InvalidTag, MadeByNoKey):
            return None


@dataclass
class Left:
    """Of a table: how many rows a former key still seals, and which ones no key opens."""

    sealed: int = 0
    closed: list[int] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Those for which the keys of before must stay."""
        return self.sealed + len(self.closed)


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


def left_by_table() -> dict[str, Left]:
    """What the keys of now did not seal, by table; looks into every row."""
    found = {}
    for key in sealed_tables.keys():  # noqa: SIM118 - a registry, not a dictionary
        table = sealed_tables.get(key)
        if table is not None:
            found[key] = _left_in(table)
    return found


def _left_in(table: SealedTable) -> Left:
    left = Left()
    for row in chain.from_iterable(walked(table)):
        renewal = table.renewal(row)
        if renewal is None:
            left.closed.append(row.pk)
        elif renewal:
            left.sealed += 1
    return left
