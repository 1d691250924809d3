"""Bringing the database up to date: whoever waits for another that does it finds nothing left to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings

from opstap.audit.selectors import latest_recording
from opstap.config.commands import migrate_command
from tests.config.programs import opstap

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("after_waiting", "written"), [(True, False), (False, True)])
def test_it_is_looked_at_again_after_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, after_waiting: bool, written: bool
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    answers = iter([False, after_waiting])
    monkeypatch.setattr(migrate_command, "is_up_to_date", lambda: next(answers))
    before = latest_recording()
    migrate_command.ensure_up_to_date()
    assert (latest_recording() > before) is written


def test_a_database_half_way_the_former_migrations_is_refused_in_words(migrated: Path) -> None:
    base = sqlite3.connect(migrated / "data" / "opstap.sqlite3")
    with base:
        base.execute("DELETE FROM django_migrations WHERE app = 'clients' AND name = '0006_lighter_clients'")
        base.execute("DELETE FROM django_migrations WHERE app = 'clients' AND name = '0001_first'")
    base.close()
    for command in ("migrate", "check"):
        refused = opstap(command, folder=migrated)
        assert refused.returncode != 0
        assert "van een eerdere versie" in refused.stderr
        assert "begin opnieuw" in refused.stderr
