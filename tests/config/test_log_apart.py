"""The access log on SQLite waits for nobody who writes in the main database, an import of an hour neither."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.installed import Installed

WRITES = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "opstap.config.settings"
import django
django.setup()
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access
from opstap.audit.permissions import command_line
log_access(by=command_line(), action="command:report", method="", result="done", seen=Seen())
"""


def test_the_log_is_written_while_the_main_database_is_locked(migrated: Path) -> None:
    town = Installed(migrated / "data")
    with closing(sqlite3.connect(town.database, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        with (
            closing(sqlite3.connect(town.database, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        done = subprocess.run(
            [sys.executable, "-c", WRITES], env=town.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        with closing(sqlite3.connect(town.folder / "log.sqlite3")) as log:
            assert log.execute("SELECT action FROM audit_access ORDER BY id DESC LIMIT 1").fetchall() == [
                ("command:report",)
            ]
        assert writing.in_transaction
