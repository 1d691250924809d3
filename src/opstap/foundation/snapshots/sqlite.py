"""Snapshots of SQLite: one file, as of one moment, without pages that were emptied."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.foundation.snapshots.places import Place, Unusable

Seen = TypeVar("Seen")
BESIDE = ("", "-wal", "-shm")


def take(place: Place, into: Path, look: Callable[[BaseDatabaseWrapper], Seen]) -> Seen:
    """Copy the database into a new file while others write; gives what `look` sees in the copy.

    VACUUM INTO reads in one transaction and leaves free pages out: what was erased is not in the copy.
    """
    try:
        with closing(sqlite3.connect(f"file:{place.name}?mode=rw", uri=True, timeout=60)) as database:
            database.execute("VACUUM INTO ?", [str(into)])
    except sqlite3.Error as error:
        raise Unusable(f"de database {place.name} is niet te kopiëren ({error}).") from None
    into.chmod(0o600)
    with place.named(str(into)).opened() as copy:
        seen = look(copy)
    sync(into)
    return seen


def put(place: Place, part: Path, at: Path) -> Place:
    """The snapshot as a database at a new path."""
    shutil.copyfile(part, at)
    at.chmod(0o600)
    return place.named(str(at))


def faults(place: Place) -> list[str]:
    """What the database itself finds wrong with it."""
    with place.opened() as connection, connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answers = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        dangling = len(cursor.fetchall())
    found = [] if answers == ["ok"] else [f"het databasebestand is beschadigd: {answers[0]}"]
    return found + ([f"{dangling} rijen verwijzen naar iets dat er niet is"] if dangling else [])


def settle(place: Place) -> None:
    """Bring what waits in the journal into the file itself, and the file onto the disk."""
    with closing(sqlite3.connect(place.name)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sync(Path(place.name))


def exchange(staged: Path, place: Path, aside: Path) -> None:
    """Set the file that stands at the place aside, with its journal, and put the staged one there.

    Can be done again after it was cut off anywhere: as long as the staged file is there, what stands at the place is
    the old one.
    """
    if not staged.exists():
        return
    for ending in BESIDE:
        old = place.with_name(place.name + ending)
        if old.exists():
            aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            old.rename(aside / old.name)
    staged.rename(place)
    sync(place.parent)


def sync(path: Path) -> None:
    """Wait until the disk has it; of a folder, its names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
