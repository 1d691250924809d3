"""Every database of the settings goes along, each once, whatever it is called."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from opstap.config.backups.installation import Installation
from opstap.foundation.crypto.keys import fresh_ring
from tests.config.installed import Installed
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
