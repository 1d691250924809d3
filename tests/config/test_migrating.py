"""Bringing the database up to date: whoever waits for another that does it finds nothing left to do."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from opstap.audit.selectors import latest_recording
from opstap.config import shipped
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


def test_new_code_lists_are_installed_though_no_migration_came_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    before = latest_recording()
    migrate_command.ensure_up_to_date()
    assert latest_recording() == before
    monkeypatch.setattr(shipped, "digest_of_shipped", lambda: "that of a later version")
    assert not migrate_command.is_up_to_date()
    migrate_command.ensure_up_to_date()
    assert latest_recording() > before
    assert migrate_command.is_up_to_date()
    assert MigrationRecorder(connection).migration_qs.filter(app=shipped.APP).count() == 1


@pytest.mark.parametrize(
    "name", ["municipality/codelists.toml", "ladder/scales/vng.toml", "ladder/crosswalks/new.toml"]
)
def test_each_file_that_is_shipped_counts(tmp_path: Path, name: str) -> None:
    for one in shipped.SHIPPED:
        copy = shutil.copy if one.endswith(".toml") else shutil.copytree
        (tmp_path / one).parent.mkdir(exist_ok=True)
        copy(shipped.PACKAGE / one, tmp_path / one)
    assert shipped.digest_of_shipped(tmp_path) == shipped.digest_of_shipped()
    with (tmp_path / name).open("a", encoding="utf-8") as changed:
        changed.write("# one line more")
    shipped.digest_of_shipped.cache_clear()
    assert shipped.digest_of_shipped(tmp_path) != shipped.digest_of_shipped()
