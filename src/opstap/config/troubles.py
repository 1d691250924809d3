"""Why a database could not do what was asked, when that is nobody's fault at the screen: full, busy, or gone."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from django.db import Error as DatabaseProblem


class Trouble(StrEnum):
    """What the page says."""

    FULL = "full"
    BUSY = "busy"
    GONE = "gone"


OF_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_CANTOPEN: Trouble.GONE,
    sqlite3.SQLITE_IOERR: Trouble.GONE,
    sqlite3.SQLITE_NOTADB: Trouble.GONE,
    sqlite3.SQLITE_CORRUPT: Trouble.GONE,
    sqlite3.SQLITE_READONLY: Trouble.GONE,
}
# By the first characters of the code of the error; a connection that fails has none.
OF_POSTGRES = {
    "53100": Trouble.FULL,
    "55P03": Trouble.BUSY,
    "57014": Trouble.BUSY,
    "40": Trouble.BUSY,
    "53": Trouble.GONE,
    "57P": Trouble.GONE,
    "08": Trouble.GONE,
    "58": Trouble.GONE,
}


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What an error of the database means; None for any other error, which is a fault of the program."""
    if not isinstance(error, DatabaseProblem):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        return None if code is None else OF_SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return Trouble.GONE if type(cause).__name__ in {"OperationalError", "InterfaceError"} else None
    return next((trouble for start, trouble in OF_POSTGRES.items() if str(state).startswith(start)), None)
