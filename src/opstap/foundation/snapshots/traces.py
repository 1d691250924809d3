"""Leaving no trace in the files of an embedded database of what was erased in it."""

from __future__ import annotations

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper


def leave_no_trace(connection: BaseDatabaseWrapper) -> bool:
    """Write the file anew without emptied pages, and empty its journal; whether that is done. Outside a transaction.

    Only of SQLite: a server's own files are the server's. Who reads meanwhile keeps the journal a moment longer.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _frames, _done = cursor.fetchone()
    except DatabaseError:
        return False
    return not busy
