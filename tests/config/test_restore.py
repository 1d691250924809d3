"""`opstap restore`: the old or the new installation, never something in between, and only when nobody works."""

from __future__ import annotations

import base64
import json
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from opstap.config.backups.archives import unpack_archive, write_archive
from opstap.config.backups.contents import part_of
from opstap.foundation.crypto import load_keys
from tests.config.installed import Installed
from tests.journeys.conftest import free_port, wait_for


def users(town: Installed) -> set[object]:
    return {row[0] for row in town.asked("SELECT sign_in_name FROM accounts_user")}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the locks, and what the database keeps beside it while it is open."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture(scope="module")
def backed_up(town_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A town, and a backup of it from before somebody was added."""
    town = Installed(shutil.copytree(town_as_made, tmp_path_factory.mktemp("backed-up") / "data"))
    path = town.backup(str(town.folder.with_name("kopie.backup")))
    town.with_user("later")
    return town.folder, path


@pytest.fixture
def town(backed_up: tuple[Path, Path], tmp_path: Path) -> Installed:
    """A copy of that town."""
    return Installed(shutil.copytree(backed_up[0], tmp_path / "data"))


@pytest.fixture
def backup(backed_up: tuple[Path, Path]) -> Path:
    """The backup."""
    return backed_up[1]


def test_what_was_there_comes_back_and_is_in_order(town: Installed, backup: Path, tmp_path: Path) -> None:
    elsewhere = Installed(tmp_path / "elders")
    elsewhere.folder.mkdir()
    shutil.copy(town.folder / "keys.json", elsewhere.folder)
    refused = elsewhere.opstap("restore", str(backup))
    assert refused.returncode == 3
    assert "--no-ledger" in refused.stderr
    assert not elsewhere.database.exists()
    ran = elsewhere.opstap("restore", "--no-ledger", str(backup))
    assert ran.returncode == 0, ran
    last = town.last_recording()
    assert f"tot en met vastlegging {last - 1} " in ran.stdout  # the last one was made after it
    assert "opzij gezet" not in ran.stdout
    assert elsewhere.opstap("check").stdout == "Alles is in orde.\n"
    assert elsewhere.asked("SELECT surname FROM clients_person ORDER BY 1") == [("Bakker",), ("Mulder",), ("Visser",)]
    assert "later" not in users(elsewhere)
    assert elsewhere.asked("SELECT verb FROM audit_event ORDER BY id DESC LIMIT 1") == [("restore_backup",)]
    assert stat.S_IMODE(elsewhere.database.stat().st_mode) == 0o600
    left = {path.name for path in elsewhere.folder.iterdir()}
    assert not any("restored" in name or "replaced" in name or name == "backup-work" for name in left)
    assert left >= {"keys.json", "opstap.sqlite3", "log.sqlite3", "log-heads"}
    verified = elsewhere.opstap("audit", "verify")
    assert verified.returncode == 0, verified


def test_an_installation_with_people_is_not_overwritten(town: Installed, backup: Path) -> None:
    before = contents(town.folder)
    refused = town.opstap("restore", str(backup))
    assert refused.returncode == 3
    assert "--replace" in refused.stderr
    assert contents(town.folder) == before


def test_with_replace_the_old_one_is_set_aside_whole(town: Installed, backup: Path) -> None:
    last = town.last_recording()
    with closing(sqlite3.connect(town.database)) as database, database:
        database.execute(
            "INSERT INTO accounts_session (session_key, session_data, expire_date, reference, began_at, used_at, "
            "browser, system) VALUES ('s', 'x', '2030-01-01', 'r', '2026-01-01', '2026-01-01', '', '')"
        )
    ran = town.opstap("restore", "--replace", str(backup))
    assert ran.returncode == 0, ran
    (aside,) = town.folder.glob("replaced_*")
    assert str(aside) in ran.stdout
    old = Installed(aside)
    assert "later" in users(old)
    assert old.asked("SELECT COUNT(*) FROM accounts_session") == [(1,)]
    assert "later" not in users(town)
    assert town.asked("SELECT COUNT(*) FROM accounts_session") == [(0,)]
    # What was lost had a number; it is not given again.
    assert town.asked("SELECT MAX(number) FROM audit_recording") == [(last + 1,)]


def test_what_was_set_aside_in_the_same_second_stays_as_it_is(town: Installed, backup: Path) -> None:
    before = [
        town.folder / f"replaced_{datetime.now(UTC) + timedelta(seconds=after):%Y%m%d%H%M%S}" for after in range(60)
    ]
    for folder in before:
        (folder / "log-heads").mkdir(parents=True)
        (folder / "opstap.sqlite3").write_text("of before", encoding="utf-8")
    ran = town.opstap("restore", "--replace", str(backup))
    assert ran.returncode == 0, ran
    (aside,) = set(town.folder.glob("replaced_*")) - set(before)
    assert "later" in users(Installed(aside))
    assert {(folder / "opstap.sqlite3").read_text(encoding="utf-8") for folder in before} == {"of before"}


def test_triggers_that_the_original_lost_are_put_back(town: Installed, tmp_path: Path) -> None:
    with closing(sqlite3.connect(town.database)) as database:
        database.execute("DROP TRIGGER ao_ladder_measurement_delete")
    backup = town.backup(str(tmp_path / "kopie.backup"))
    assert town.opstap("restore", "--replace", str(backup)).returncode == 0
    with (
        closing(sqlite3.connect(town.database)) as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        database.execute("DELETE FROM ladder_measurement")


@contextmanager
def serving(town: Installed) -> Iterator[subprocess.Popen[bytes]]:
    port = free_port()
    command = [sys.executable, "-m", "opstap", "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    server = subprocess.Popen(command, env=town.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_it_waits_for_the_server_to_stop_and_backing_up_does_not(town: Installed, backup: Path) -> None:
    with serving(town):
        refused = town.opstap("restore", "--replace", str(backup))
        assert refused.returncode == 3
        assert "er draait nog een server" in refused.stderr
        assert "later" in users(town)
        meanwhile = town.backup()
    assert town.opstap("restore", "--replace", str(backup)).returncode == 0
    assert "later" not in users(town)
    assert town.opstap("restore", "--replace", str(meanwhile)).returncode == 0
    assert "later" in users(town)
    assert town.opstap("audit", "verify").returncode == 0


def test_the_key_file_of_then_is_asked_for(town: Installed, backup: Path, tmp_path: Path) -> None:
    elsewhere = Installed(tmp_path / "elders")
    bare = elsewhere.opstap("restore", str(backup))
    assert bare.returncode == 3
    assert "OPSTAP_KEYS_FILE" in bare.stderr
    assert not (elsewhere.folder / "keys.json").exists(), "a key made here would stand in the way of the right one"
    assert elsewhere.opstap("init", "--screen").returncode == 0
    other = elsewhere.opstap("restore", "--replace", "--no-ledger", str(backup))
    assert other.returncode == 3
    assert town.keys()["backup"]["id"] in other.stderr
    assert "Er is niets veranderd" in other.stderr


def test_keys_that_do_not_open_what_is_in_it_are_refused_before_anything_changes(town: Installed, backup: Path) -> None:
    """A backup of before `keys rotate` and `keys retire`: the key that sealed it is there, that of the BSNs not."""
    keys = town.keys()
    keys["bsn"] = {"id": "bsn-later", "key": base64.b64encode(b"k" * 32).decode()}
    kept = (town.folder / "keys.json").read_bytes()
    (town.folder / "keys.json").write_text(json.dumps(keys), encoding="utf-8")
    before = contents(town.folder)
    refused = town.opstap("restore", "--replace", str(backup))
    assert refused.returncode == 3
    assert "hoort niet bij deze reservekopie" in refused.stderr
    assert "Er is niets veranderd" in refused.stderr
    assert contents(town.folder) == before
    (town.folder / "keys.json").write_bytes(kept)
    assert town.opstap("restore", "--replace", str(backup)).returncode == 0


def remade(town: Installed, backup: Path, to: Path, change: str, *, count: bool = True) -> Path:
    """The same backup of a database that was changed first, whole and sealed as if it had been so."""
    keys, folder = load_keys(town.folder / "keys.json", may_make=False), to.with_suffix(".parts")
    folder.mkdir()
    manifest = unpack_archive(backup, keys.named, folder)
    part, *others = manifest.parts
    rows = dict(part.rows or {})
    with closing(sqlite3.connect(folder / part.name)) as database, database:
        database.execute("DROP TRIGGER ao_clients_person_delete")
        database.execute(change)
        for table in rows if count else ():
            rows[table] = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - of our own
    changed = part_of(folder / part.name, part.name, vendor="sqlite", aliases=["default"], rows=rows)
    write_archive(to, keys.key("backup"), replace(manifest, version="9.9", parts=[changed, *others]), folder)
    return to


LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('clients', '0999_later', '2030-01-01')"
LOST = "DELETE FROM clients_person WHERE surname = 'Mulder'"
POINTLESS = "INSERT INTO audit_event (recording_id, verb, about, count) VALUES (999, 'x', '', 1)"
AHEAD = "INSERT INTO audit_recording VALUES (99, '2026-01-01', 'x', 'x', 'test')"


@pytest.mark.parametrize(
    ("change", "count", "said"),
    [
        (LATER, True, "van een nieuwere Opstap (versie 9.9): deze kent clients.0999_later niet"),
        (LOST, False, "het aantal rijen van clients_person is niet dat van het origineel"),
        (POINTLESS, True, "1 rijen verwijzen naar iets dat er niet is"),
        (AHEAD, True, "de laatste vastlegging is niet"),
    ],
)
def test_a_database_that_is_not_what_the_backup_says_is_refused(
    town: Installed, backup: Path, tmp_path: Path, *, change: str, count: bool, said: str
) -> None:
    wrong = remade(town, backup, tmp_path / "anders.backup", change, count=count)
    before = contents(town.folder)
    refused = town.opstap("restore", "--replace", str(wrong))
    assert refused.returncode == 3
    assert said in refused.stderr
    assert contents(town.folder) == before


def told(town: Installed) -> list[str]:
    """What the access log says of backups that were put back."""
    with closing(sqlite3.connect(town.folder / "log.sqlite3")) as log:
        return [row[0] for row in log.execute("SELECT why FROM audit_access WHERE action = 'command:restore'")]


def recorded(town: Installed) -> list[tuple[object, ...]]:
    return town.asked("SELECT about FROM audit_event WHERE verb = 'restore_backup'")


came: dict[str, int] = {}  # at which moment each file comes


@pytest.fixture
def cut_off(town: Installed, backed_up: tuple[Path, Path]) -> Callable[[str], None]:
    """A restore of the backup is killed as soon as this file stands there."""

    def until(written: str) -> None:
        for moment in range(came.get(written, 1), 20):
            shutil.rmtree(town.folder)
            shutil.copytree(backed_up[0], town.folder)
            assert town.killed(moment, "restore", "--replace", str(backed_up[1]))
            if (town.folder / written).exists():
                came[written] = moment
                break
        assert (town.folder / written).exists()

    return until


@pytest.mark.parametrize(
    ("written", "command"),
    [
        ("restore.json", ("report", "placement")),
        ("put-back.json", ("report", "placement")),
        ("put-back.json", ("work", "--once")),
        ("put-back.json", ("audit", "verify")),
    ],
)
def test_of_one_that_was_cut_off_the_log_says_so_before_anybody_works_again(
    town: Installed, cut_off: Callable[[str], None], command: tuple[str, ...], written: str
) -> None:
    cut_off(written)
    if written == "put-back.json":
        (town.folder / "restore.json").unlink()  # what came next
        assert (told(town), recorded(town)) == ([], [])
    ran = town.opstap(*command)
    assert ran.returncode == 0, ran
    assert "later" not in users(town)
    (why,) = told(town)
    assert re.fullmatch(r"restored_log_kept \d\d-\d\d-\d{4} \d\d:\d\d", why)
    assert len(recorded(town)) == 1
    assert not (town.folder / "put-back.json").exists()
    assert town.opstap("audit", "verify").returncode == 0
    assert len(told(town)) == 1


def test_one_that_is_put_back_after_one_that_was_cut_off_makes_two(
    town: Installed, cut_off: Callable[[str], None], backup: Path
) -> None:
    cut_off("put-back.json")
    ran = town.opstap("restore", "--replace", str(backup))
    assert ran.returncode == 0, ran
    assert (len(told(town)), len(recorded(town))) == (2, 2)


def test_cut_off_anywhere_it_leaves_the_old_or_the_new(town: Installed, backup: Path, tmp_path: Path) -> None:
    """Whoever comes next finishes what was begun: the data folder is then of before, or of the backup."""
    found, killed, moment = set(), True, 0
    for moment in range(1, 20):
        one = Installed(shutil.copytree(town.folder, tmp_path / f"keer-{moment}"))
        killed = one.killed(moment, "restore", "--replace", str(backup))
        checked = one.opstap("check")
        assert checked.stdout == "Alles is in orde.\n", (moment, checked)
        found.add("old" if "later" in users(one) else "new")
        assert not (one.folder / "restore.json").exists()
        assert ("later" in users(one)) != ((one.folder / "put-back.json").exists() or bool(told(one))), moment
        if not killed:
            break
    assert moment >= 6
    assert not killed
    assert found == {"old", "new"}


def test_an_exchange_that_was_cut_off_is_finished_before_anything_else(
    town: Installed, cut_off: Callable[[str], None]
) -> None:
    cut_off("restore.json")
    steps = json.loads((town.folder / "restore.json").read_text(encoding="utf-8"))["steps"]
    assert [Path(step["place"]).name for step in steps] == ["opstap.sqlite3", "log.sqlite3", "log-heads"]
    ran = town.opstap("check")
    assert "was onderbroken en is nu afgemaakt" in ran.stderr
    assert "later" not in users(town)
