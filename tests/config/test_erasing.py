"""Erased is erased: nothing is found in the raw files, and a backup of before brings nobody back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.config.installed import Installed


def raw(folder: Path) -> bytes:
    """Every file of the databases as it stands on the disk, journals too."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.sqlite3*")))


def test_nothing_of_an_erased_client_is_in_the_raw_files_also_after_a_restore(tmp_path: Path) -> None:
    town = Installed(tmp_path / "data")
    town.with_people()
    number, surname = town.asked(
        "SELECT c.number, p.surname FROM clients_client c JOIN clients_person p ON p.client_id = c.id ORDER BY c.id"
    )[0]
    (reference,) = town.asked("SELECT reference FROM clients_client WHERE number = ?", number)[0]
    backup = town.backup(str(tmp_path / "kopie.backup"))
    marks = [str(surname).encode(), str(reference).encode()]
    assert all(mark in raw(town.folder) for mark in marks)
    refused = town.opstap("privacy", "erase", str(number))
    assert refused.returncode == 3
    with closing(sqlite3.connect(town.database)) as another:  # somebody else is there: the journal stays a file
        another.execute("SELECT COUNT(*) FROM clients_client").fetchone()
        erased = town.opstap("privacy", "erase", str(number), "--sure")
        assert erased.returncode == 0, erased
        assert "Gewist" in erased.stdout
        assert {path.suffix for path in town.folder.glob("opstap.sqlite3*")} == {
            ".sqlite3",
            ".sqlite3-wal",
            ".sqlite3-shm",
        }
        assert [mark for mark in marks if mark in raw(town.folder)] == []
    (town.folder / "mensen.csv").unlink()
    _refused_without_a_whole_ledger(town, backup)
    restored = town.opstap("restore", str(backup), "--replace")
    assert restored.returncode == 0, restored
    assert "opnieuw gewist" in restored.stdout
    standing = b"".join((town.folder / name).read_bytes() for name in ("opstap.sqlite3", "log.sqlite3"))
    assert [mark for mark in marks if mark in standing] == []
    assert town.opstap("check").returncode == 0


def _refused_without_a_whole_ledger(town: Installed, backup: Path) -> None:
    """Before anything is exchanged: the database that stands is still there."""
    ledger, before = town.folder / "erasures.ledger", town.last_recording()
    whole = ledger.read_bytes()
    for content in (None, b"", whole.splitlines(keepends=True)[0], whole.replace(b"marks", b"merks")):
        ledger.unlink() if content is None else ledger.write_bytes(content)
        refused = town.opstap("restore", str(backup), "--replace")
        assert refused.returncode == 3, refused
        assert "Er is niets veranderd" in refused.stderr
        assert town.opstap("check").returncode == 3
        ledger.write_bytes(whole)
    assert town.last_recording() == before
    assert town.opstap("check").returncode == 0


def test_who_is_back_because_a_file_was_put_back_by_hand_goes_again(tmp_path: Path) -> None:
    other = Installed(tmp_path / "data")
    other.with_people()
    reference, number = other.asked("SELECT reference, number FROM clients_client ORDER BY id")[0]
    before = other.database.read_bytes()
    assert other.opstap("privacy", "erase", str(number), "--sure").returncode == 0
    other.database.write_bytes(before)
    for command in ("check", "serve"):
        refused = other.opstap(command)
        assert refused.returncode == 3, refused
        assert "privacy again" in refused.stdout + refused.stderr
    assert other.opstap("privacy", "again", "--sure").returncode == 0
    assert other.asked("SELECT 1 FROM clients_client WHERE reference = ?", reference) == []
    assert other.opstap("check").returncode == 0
