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
    restored = town.opstap("restore", str(backup), "--replace")
    assert restored.returncode == 0, restored
    assert "opnieuw gewist" in restored.stdout
    standing = b"".join((town.folder / name).read_bytes() for name in ("opstap.sqlite3", "log.sqlite3"))
    assert [mark for mark in marks if mark in standing] == []
    assert town.opstap("check").returncode == 0
