"""Putting a backup back takes no look out of the access log; where that can't be, the command and the log say so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from opstap.config.backups.carrying import OldLog, carry_heads, carry_log
from opstap.config.backups.contents import Part
from opstap.config.backups.installation import Store
from opstap.config.backups.trying import Staged
from opstap.foundation.chained import Head, HeadFile
from opstap.foundation.snapshots import Place
from tests.config.installed import Installed

LOG, KEY = "log.sqlite3", b"k" * 32


def in_log(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / LOG)) as log:
        return log.execute(question).fetchall()


def test_what_was_looked_at_after_the_backup_stays_in_the_log(town: Installed, tmp_path: Path) -> None:
    path = town.backup(str(tmp_path / "kopie.backup"))
    assert town.opstap("report", "placement").returncode == 0
    before = in_log(town.folder, "SELECT chain, position, digest, action FROM audit_access ORDER BY id")
    assert before[-1][-1] == "command:report"
    ran = town.opstap("restore", "--replace", str(path))
    assert ran.returncode == 0, ran
    assert "Het inzagelogboek is niet teruggezet" in ran.stdout
    after = in_log(town.folder, "SELECT chain, position, digest, action, why FROM audit_access ORDER BY id")
    assert {row[:4] for row in after} >= set(before)
    assert (after[-1][3], after[-1][4].split(" ")[0]) == ("command:restore", "restored_log_kept")
    verified = town.opstap("audit", "verify")
    assert verified.returncode == 0, verified


def test_a_log_that_was_tampered_with_is_set_aside_and_that_is_said(town: Installed, tmp_path: Path) -> None:
    path = town.backup(str(tmp_path / "kopie.backup"))
    assert town.opstap("report", "placement").returncode == 0
    with closing(sqlite3.connect(town.folder / LOG)) as log:
        log.execute("DROP TRIGGER ao_audit_access_delete")
        log.execute("DELETE FROM audit_access WHERE id = (SELECT MAX(id) FROM audit_access)")
        log.commit()
    ran = town.opstap("restore", "--replace", str(path))
    assert ran.returncode == 0, ran
    assert "LET OP: het inzagelogboek is ook dat van de reservekopie" in ran.stdout
    ((action, why),) = in_log(town.folder, "SELECT action, why FROM audit_access ORDER BY id DESC LIMIT 1")
    assert (action, why.split(" ")[0]) == ("command:restore", "restored_log_left")
    (aside,) = town.folder.glob("replaced_*")
    assert in_log(aside, "SELECT COUNT(*) FROM audit_access WHERE action = 'command:report'") == [(1,)]
    assert town.opstap("audit", "verify").returncode == 0


def test_commands_that_can_read_everybody_stand_in_the_log(town: Installed, tmp_path: Path) -> None:
    town.backup(str(tmp_path / "kopie.backup"))
    assert town.opstap("manage", "dumpdata", "clients.person").returncode == 0
    assert town.opstap("manage", "showmigrations", "clients").returncode == 0
    told = in_log(town.folder, "SELECT action, result, why FROM audit_access WHERE source = 'command' ORDER BY id")
    assert told[-3:] == [
        ("command:backup", "done", ""),
        ("command:manage", "begun", "dumpdata"),
        ("command:manage", "done", ""),
    ]


def staged(tmp_path: Path, ours: list[Any], theirs: list[Any], *, cut: tuple[str, int, str] | None = None) -> Staged:
    """Two logs with as many columns as it takes: what stands there, and what comes out of the backup."""
    for name, rows in (("old", ours), ("new", theirs)):
        with closing(sqlite3.connect(tmp_path / name)) as log:
            log.execute("CREATE TABLE audit_access (id INTEGER PRIMARY KEY, chain TEXT, position INT, why TEXT)")
            log.execute("CREATE TABLE audit_accesscut (id INTEGER PRIMARY KEY, chain TEXT, position INT)")
            log.executemany("INSERT INTO audit_access (chain, position, why) VALUES (?, ?, ?)", rows)
            if cut and name == cut[2]:
                log.execute("INSERT INTO audit_accesscut (chain, position) VALUES (?, ?)", cut[:2])
            log.commit()
    here, beside = (
        Place("log", {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / name), "OPTIONS": {}})
        for name in ("old", "new")
    )
    return Staged(Store(here, ("log",)), beside, Part("log.sqlite3", 0, ""))


def rows_of(tmp_path: Path) -> list[Any]:
    with closing(sqlite3.connect(tmp_path / "new")) as log:
        return log.execute("SELECT chain, position, why FROM audit_access ORDER BY chain, position").fetchall()


@pytest.mark.django_db
def test_only_what_lies_beyond_the_backup_is_added(tmp_path: Path) -> None:
    both = [("a", 1, "x"), ("a", 2, "y")]
    since = [("a", 3, "z"), ("b", 1, "n")]
    assert carry_log([staged(tmp_path, [*both, *since], both)]) is OldLog.KEPT
    assert rows_of(tmp_path) == [*both, *since]


@pytest.mark.django_db
def test_what_went_after_its_term_since_the_backup_goes_again(tmp_path: Path) -> None:
    older, later = [("a", 1, "x"), ("a", 2, "y")], [("a", 3, "z")]
    assert carry_log([staged(tmp_path, later, older, cut=("a", 2, "old"))]) is OldLog.KEPT
    assert rows_of(tmp_path) == later


@pytest.mark.django_db
def test_a_log_that_is_not_the_one_that_went_on_is_left(tmp_path: Path) -> None:
    rows = [("a", 3, "z")]
    assert carry_log([staged(tmp_path, [("b", 1, "n")], rows, cut=("a", 2, "new"))]) is OldLog.LEFT
    assert rows_of(tmp_path) == rows


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["old", "new"])
def test_a_log_of_another_version_is_left(tmp_path: Path, place: str) -> None:
    found = staged(tmp_path, [("a", 1, "x")], [])
    with closing(sqlite3.connect(tmp_path / place)) as log:
        log.execute("ALTER TABLE audit_access ADD COLUMN later TEXT")
    assert carry_log([found]) is OldLog.LEFT
    assert rows_of(tmp_path) == []


def test_of_each_chain_the_further_head_goes_on(tmp_path: Path) -> None:
    standing, brought = tmp_path / "standing", tmp_path / "brought"
    for folder, heads in ((standing, {"a": 7, "b": 2, "c": 1}), (brought, {"a": 3, "b": 4})):
        for chain, place in heads.items():
            HeadFile(folder, chain, b"0", KEY).write(Head(chain, place, b"x"))
    carry_heads(standing, brought, KEY)
    assert {path.name: int(path.read_text().split()[0]) for path in brought.iterdir()} == {"a": 7, "b": 4, "c": 1}
