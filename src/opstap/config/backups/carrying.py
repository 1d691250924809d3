"""Putting a backup back takes no look out of the access log: what was written since goes along."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.config.backups.trying import Staged
from opstap.config.databases import LOG
from opstap.foundation.chained import Head, read_heads
from opstap.foundation.snapshots import sqlite

RECORDS, CUTS = "audit_access", "audit_accesscut"
AT_ONCE = 2000


class OldLog(StrEnum):
    """What became of the log that stood there: there was none, it goes on, or it was set aside."""

    NONE = "restored"
    KEPT = "restored_log_kept"
    LEFT = "restored_log_left"


def carry_log(staged: Sequence[Staged]) -> OldLog:
    """Add to the staged log what the one that stands there has beyond it. Left where its tables are of another
    version, or where it is not the one that went on.
    """
    place = next((one for one in staged if LOG in one.store.aliases), None)
    if place is None:
        return OldLog.LEFT
    try:
        with place.store.place.opened() as old, place.place.opened() as new:
            if not _alike(old, new) or not _goes_on(old, new):
                return OldLog.LEFT
            _carry_cuts(old, new)
            _carry_records(old, new)
    except DatabaseError:
        return OldLog.LEFT
    if place.place.vendor == "sqlite":
        sqlite.settle(place.place)
    return OldLog.KEPT


def carry_heads(standing: Path, staged: Path, key: bytes) -> None:
    """Of each chain the head that is further."""
    brought = read_heads(staged, key)
    for chain, head in read_heads(standing, key).items():
        if head.position >= brought.get(chain, Head(chain, -1, b"")).position:
            shutil.copy2(standing / chain, staged / chain)


def _alike(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper) -> bool:
    return all(_columns(old, table) == _columns(new, table) for table in (RECORDS, CUTS))


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        told = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in told if column.name != "id"]


def _goes_on(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper) -> bool:
    """Whether nothing went from the backup's log that the other does not know to be gone."""
    return _cuts(new) <= _cuts(old)


def _cuts(connection: BaseDatabaseWrapper) -> set[tuple[str, int]]:
    return {(str(chain), int(place)) for chain, place in _rows(connection, f"SELECT chain, position FROM {CUTS}")}  # noqa: S608 - a name of our own


def _carry_cuts(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper) -> None:
    """What went after its term since the backup was made, goes again."""
    for chain, position in sorted(_cuts(old) - _cuts(new)):
        _add(old, new, CUTS, "chain = %s AND position = %s", [chain, position])
        with new.cursor() as cursor:
            cursor.execute(f"DELETE FROM {RECORDS} WHERE chain = %s AND position <= %s", [chain, position])  # noqa: S608 - as above


def _carry_records(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper) -> None:
    there = _ends(new)
    for chain, last in _ends(old).items():
        for first in range(there.get(chain, 0), last, AT_ONCE):
            which = "chain = %s AND position > %s AND position <= %s"
            _add(old, new, RECORDS, which, [chain, first, min(first + AT_ONCE, last)])


def _ends(connection: BaseDatabaseWrapper) -> Mapping[str, int]:
    asked = f"SELECT chain, MAX(position) FROM {RECORDS} GROUP BY chain ORDER BY MIN(id)"  # noqa: S608 - as above
    return {str(chain): int(last) for chain, last in _rows(connection, asked)}


def _add(old: BaseDatabaseWrapper, new: BaseDatabaseWrapper, table: str, which: str, given: list[Any]) -> None:
    columns = _columns(new, table)
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    rows = _rows(old, f"SELECT {names} FROM {table} WHERE {which} ORDER BY position", given)  # noqa: S608 - as above
    with new.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - as above


def _rows(connection: BaseDatabaseWrapper, asked: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(asked, list(given))
        return list(cursor.fetchall())
