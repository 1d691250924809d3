"""Whether keys may be made here: as long as nothing stands in the databases, nobody waits for other keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

FILLED = ("audit_recording", "audit_access")  # whatever is written takes a row of one of them


def nothing_recorded(databases: Mapping[str, Mapping[str, Any]]) -> bool:
    """Asked while the settings are read, so without them. A database that gives no answer may hold anything."""
    return not any(_is_filled(database) for database in databases.values())


def _is_filled(database: Mapping[str, Any]) -> bool:
    if "sqlite3" in database["ENGINE"]:
        return _is_filled_file(Path(database["NAME"]))
    return _is_filled_on_server(database)


def _is_filled_file(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as asked:
            there = {str(row[0]) for row in asked.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return any(asked.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in there & {*FILLED})  # noqa: S608 - ours
    except sqlite3.Error:
        return True


def _is_filled_on_server(database: Mapping[str, Any]) -> bool:
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    how = {key: database[name] for key, name in named.items() if database.get(name)}
    more = database.get("OPTIONS") or {}
    how |= {key: value for key, value in more.items() if key == "host" or key.startswith("ssl")}
    try:
        with psycopg.connect(**how, connect_timeout=10) as asked:
            there = [name for name in FILLED if asked.execute("SELECT to_regclass(%s)", [name]).fetchone() != (None,)]
            return any(asked.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in there)  # noqa: S608 - ours
    except psycopg.Error:
        return True
