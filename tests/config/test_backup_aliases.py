"""Every database of the settings goes along, each once, whatever it is called."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from opstap.config.backups.archives import unpack_archive, write_archive
from opstap.config.backups.contents import Manifest, Part
from opstap.config.backups.installation import Installation
from opstap.config.backups.trying import stage
from opstap.config.backups.workshop import workshop
from opstap.config.command import Refusal
from opstap.foundation import dates
from opstap.foundation.crypto import load_keys
from opstap.foundation.crypto.keys import fresh_ring
from tests.config.installed import Installed
from tests.config.test_restore import contents
from tests.config.test_safety import with_settings


def stores_of(**databases: Mapping[str, object]) -> list[tuple[str, tuple[str, ...]]]:
    found = Installation(Path("x"), databases, fresh_ring(), Path("x/log-heads")).stores()
    return [(store.place.name, store.aliases) for store in found]


def test_two_aliases_of_one_database_are_one_part() -> None:
    server: dict[str, object] = {"ENGINE": "django.db.backends.postgresql", "HOST": "db", "PORT": "", "USER": "opstap"}
    one, other = {**server, "NAME": "opstap"}, {**server, "NAME": "log"}
    assert stores_of(log=one, default=one) == [("opstap", ("default", "log"))]
    assert stores_of(log=other, default=one) == [("opstap", ("default",)), ("log", ("log",))]
    elsewhere = {**one, "OPTIONS": {"host": "/run/elders"}}
    assert len(stores_of(log=elsewhere, default=one)) == 2
    assert len(stores_of(log={**one, "HOST": "db2"}, default=one)) == 2


def test_a_second_file_goes_along_and_comes_back(town: Installed, tmp_path: Path) -> None:
    beside = town.folder / "beside.sqlite3"
    with closing(sqlite3.connect(beside)) as database, database:
        database.execute("CREATE TABLE looked (at TEXT)")
        database.executemany("INSERT INTO looked VALUES (?)", [("1",), ("2",), ("3",)])
    second = 'dict(DATABASES["default"], NAME=DATABASES["default"]["NAME"].with_name("beside.sqlite3"))'
    own = with_settings(town, tmp_path, f'DATABASES["beside"] = {second}')
    backup = own.backup(str(tmp_path / "kopie.backup"))
    with closing(sqlite3.connect(beside)) as database, database:
        database.execute("DELETE FROM looked WHERE at > '1'")
    ran = own.opstap("restore", "--replace", str(backup))
    assert ran.returncode == 0, ran
    with closing(sqlite3.connect(beside)) as database:
        assert database.execute("SELECT COUNT(*) FROM looked").fetchone() == (3,)
    (aside,) = town.folder.glob("replaced_*")
    with closing(sqlite3.connect(aside / "beside.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM looked").fetchone() == (1,)
    assert (aside / "opstap.sqlite3").exists()


def test_a_backup_of_before_the_log_stood_apart_takes_no_head_away(town: Installed, tmp_path: Path) -> None:
    backup, folder = town.backup(str(tmp_path / "kopie.backup")), tmp_path / "parts"
    keys = load_keys(town.folder / "keys.json", may_make=False)
    folder.mkdir()
    manifest = unpack_archive(backup, keys.named, folder)
    main, _log, *heads = manifest.parts
    together = replace(manifest, parts=[replace(main, aliases=["default", "log"]), *heads])
    write_archive(tmp_path / "samen.backup", keys.key("backup"), together, folder)
    before = contents(town.folder)
    refused = town.opstap("restore", "--replace", str(tmp_path / "samen.backup"))
    assert (refused.returncode, "Haal OPSTAP_LOG_DATABASE_URL weg, zoals toen" in refused.stderr) == (3, True), refused
    assert contents(town.folder) == before
    assert town.opstap("audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("apart", "said"), [(True, "Haal OPSTAP_LOG_DATABASE_URL weg"), (False, "zoals hij toen stond")]
)
def test_the_log_stands_where_it_stood_or_nothing_is_put_back(tmp_path: Path, said: str, *, apart: bool) -> None:
    engine: dict[str, object] = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    main, log = ({**engine, "NAME": str(tmp_path / name)} for name in ("main", "log"))
    here = Installation(tmp_path, {"default": main, "log": log if apart else main}, fresh_ring(), tmp_path / "heads")
    names = [["default", "log"]] if apart else [["default"], ["log"]]
    parts = [Part(f"{aliases[0]}.sqlite3", 0, "", "sqlite", aliases) for aliases in names]
    with workshop(here) as shop, pytest.raises(Refusal, match=said):
        stage(shop, Manifest("1", dates.now(), 0, parts), suffix="x", beside=True)
