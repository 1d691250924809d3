"""`opstap backup`: one file, whole or not there, made while others write, without the keys, tried at once."""

from __future__ import annotations

import base64
import os
import random
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opstap.config.backups.archives import unpack_archive
from opstap.config.backups.contents import Manifest
from opstap.config.backups.installation import Installation
from opstap.config.backups.restoring import restore_backup
from opstap.config.backups.trying import try_backup
from opstap.config.backups.workshop import workshop
from opstap.config.command import Refusal
from opstap.foundation.crypto import load_keys
from opstap.foundation.crypto.sealed import MAGIC
from tests.config.installed import Installed

MOMENT = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)


def opened(town: Installed, path: Path, into: Path) -> Manifest:
    """What is in a backup, for whoever has the keys."""
    into.mkdir()
    return unpack_archive(path, load_keys(town.folder / "keys.json", may_make=False).named, into)


def test_a_backup_says_what_is_in_it_and_how_long_to_keep_it(town: Installed) -> None:
    made = town.opstap("backup")
    assert made.returncode == 0, made
    (path,) = (town.folder / "backups").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ((last,),) = town.asked("SELECT MAX(number) FROM audit_recording")
    assert f"tot en met vastlegging {last}" in made.stdout
    assert "(30 dagen) en niet langer" in made.stdout
    assert "De sleutels zitten er niet in" in made.stdout
    verified = town.opstap("backup", "--verify", str(path))
    assert verified.returncode == 0
    assert verified.stdout.startswith(f"{path} is in orde.")
    assert not (town.folder / "backup-work").exists()


def test_a_backup_holds_every_row_and_the_heads_of_the_log(town: Installed, tmp_path: Path) -> None:
    head = town.folder / "log-heads" / "3.head"
    head.parent.mkdir(exist_ok=True)
    head.write_text("17 abc", encoding="utf-8")
    os.utime(head, (1_700_000_000.25, 1_700_000_000.25))
    heads = {f"log-heads/{path.name}" for path in head.parent.iterdir()}
    path = town.backup(str(tmp_path / "kopie.backup"))
    manifest = opened(town, path, tmp_path / "in")
    names = [part.name for part in manifest.parts]
    assert names[:2] == ["default.sqlite3", "log.sqlite3"]
    assert set(names[2:]) == heads
    assert (tmp_path / "in" / "log-heads" / "3.head").stat().st_mtime == head.stat().st_mtime
    with closing(sqlite3.connect(tmp_path / "in" / "default.sqlite3")) as copy:
        assert copy.execute("SELECT COUNT(*) FROM clients_person").fetchone() == (3,)
    assert manifest.parts[0].rows is not None
    assert manifest.parts[0].rows["clients_person"] == 3
    assert (tmp_path / "in" / "log-heads" / "3.head").read_text(encoding="utf-8") == "17 abc"


def test_no_byte_of_a_key_is_in_it_and_nothing_can_be_read_without(town: Installed, tmp_path: Path) -> None:
    path = town.backup(str(tmp_path))
    opened(town, path, tmp_path / "in")
    parts = b"".join(part.read_bytes() for part in (tmp_path / "in").rglob("*") if part.is_file())
    for entry in town.keys().values():
        key = base64.b64decode(entry["key"])
        for shape in (key, entry["key"].encode(), base64.urlsafe_b64encode(key), key.hex().encode()):
            assert shape not in parts
            assert shape not in path.read_bytes()
    assert b"Mulder" in parts
    assert b"Mulder" not in path.read_bytes()
    assert b"999900006" not in parts


def test_a_name_that_is_taken_and_a_place_that_is_not_there_are_refused(town: Installed, tmp_path: Path) -> None:
    (tmp_path / "er-is-al-iets").write_text("x", encoding="utf-8")
    for to in ("er-is-al-iets", "er-is-al-iets/kopie"):
        refused = town.opstap("backup", str(tmp_path / to))
        assert refused.returncode == 3, refused
        assert "Traceback" not in refused.stderr
    assert (tmp_path / "er-is-al-iets").read_text(encoding="utf-8") == "x"


def test_where_there_is_nothing_yet_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    refused = Installed(tmp_path / "leeg").opstap("backup")
    assert refused.returncode == 3
    assert "opstap init" in refused.stderr


def test_it_is_of_one_moment_while_others_write(town: Installed, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(town.database, timeout=20, isolation_level=None)) as database:
            number = database.execute("SELECT MAX(number) FROM audit_recording").fetchone()[0]
            while not done.is_set():
                number += 1
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO audit_recording VALUES (?, '2026-01-01', 'x', 'x', 'test')", [number])
                for _ in range(7):
                    database.execute(
                        "INSERT INTO audit_event (recording_id, verb, about, count) VALUES (?, 'test', '', 1)", [number]
                    )
                database.execute("COMMIT")

    before = town.last_recording()
    writer = threading.Thread(target=write)
    writer.start()
    try:
        path = town.backup(str(tmp_path))
    finally:
        done.set()
        writer.join()
    after = town.last_recording()
    manifest = opened(town, path, tmp_path / "in")
    assert before < manifest.recording < after
    with closing(sqlite3.connect(tmp_path / "in" / "default.sqlite3")) as copy:
        uneven = copy.execute(
            "SELECT recording_id FROM audit_event WHERE verb = 'test' GROUP BY recording_id HAVING COUNT(*) <> 7"
        ).fetchall()
        assert copy.execute("SELECT MAX(number) FROM audit_recording").fetchone()[0] == manifest.recording
    assert uneven == []


def test_a_backup_that_was_cut_off_leaves_nothing_half(town: Installed, tmp_path: Path) -> None:
    target, moments = tmp_path / "kopie.backup", 0
    while town.killed(moments + 1, "backup", str(target)):
        moments += 1
        if target.exists():
            assert town.opstap("backup", "--verify", str(target)).returncode == 0
            target.unlink()
    assert moments >= 3
    assert target.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "kopie.backup"]
    assert not (town.folder / "backup-work").exists()


Read = Callable[[Path], object]


@pytest.fixture
def readers(town: Installed, tmp_path: Path) -> Iterator[tuple[Read, Read]]:
    """Verifying and putting back on an empty installation, without starting a program for each."""
    keys = load_keys(town.folder / "keys.json", may_make=False)
    empty = tmp_path / "elders"
    empty.mkdir()
    settings = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": empty / "opstap.sqlite3"}}
    elsewhere = Installation(empty, settings, keys, empty / "log-heads")

    def verify(path: Path) -> object:
        with workshop(elsewhere) as shop:
            return try_backup(path, shop, moment=MOMENT)

    def put_back(path: Path) -> object:
        return restore_backup(
            elsewhere, path, replace=False, moment=MOMENT, knows_erased=True, log_is_right=lambda: True
        )

    yield verify, put_back
    left = {path.name for path in empty.iterdir()}
    assert left <= {"backup-work.lock"}, "a refused file leaves nothing behind"


def test_fifty_of_fifty_flipped_bytes_are_found(town: Installed, tmp_path: Path, readers: tuple[Read, Read]) -> None:
    path = town.backup(str(tmp_path / "heel.backup"))
    whole, flipped = path.read_bytes(), tmp_path / "anders.backup"
    draw = random.Random(20261125)  # noqa: S311 - places, not secrets
    places = [draw.randrange(len(whole)) for _ in range(50)]
    edges = [0, len(MAGIC), len(MAGIC) + 1, len(MAGIC) + 20, len(whole) - 1]
    for place in places + edges:
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        flipped.write_bytes(changed)
        for read in readers:
            with pytest.raises(Refusal, match="beschadigd"):
                read(flipped)


@pytest.mark.parametrize("cut", ["end", "half", "header", "nothing", "more"])
def test_a_file_that_is_cut_off_or_longer_is_found(
    town: Installed, tmp_path: Path, readers: tuple[Read, Read], cut: str
) -> None:
    whole = town.backup(str(tmp_path / "heel.backup")).read_bytes()
    sizes = {"end": len(whole) - 1, "half": len(whole) // 2, "header": len(MAGIC) + 46, "nothing": 0}
    other = tmp_path / "anders.backup"
    other.write_bytes(whole + b"x" if cut == "more" else whole[: sizes[cut]])
    for read in readers:
        with pytest.raises(Refusal, match="beschadigd"):
            read(other)


def test_what_is_no_backup_is_refused_by_both_commands(town: Installed, tmp_path: Path) -> None:
    wrong = town.backup(str(tmp_path / "kopie.backup"))
    changed = bytearray(wrong.read_bytes())
    changed[len(changed) // 2] ^= 1
    wrong.write_bytes(changed)
    for arguments in (("backup", "--verify", str(wrong)), ("restore", "--replace", str(wrong))):
        refused = town.opstap(*arguments)
        assert refused.returncode == 3, refused
        assert "is beschadigd of geen reservekopie" in refused.stderr
    missing = town.opstap("backup", "--verify", str(tmp_path / "niet-er"))
    assert "is er niet" in missing.stderr
    assert missing.returncode == 3
