"""Backup and restore on PostgreSQL: by its own programs, of one moment, exchanged by name."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.config.installed import Installed
from tests.postgres import address_of, tools

pytestmark = pytest.mark.postgres


@dataclass(frozen=True)
class Server:
    """A real server, and databases of our own on it."""

    address: str
    prefix: str

    def url(self, name: str, user: str = "") -> str:
        """The address of a database, as DATABASE_URL says it."""
        given = conninfo_to_dict(self.address)
        who = user or given.get("user")
        return f"postgresql://{who}:@/{self.prefix}{name}?host={given['host']}"

    def ask(self, name: str, question: str) -> list[tuple[object, ...]]:
        """What a database answers; `postgres` is the server's own."""
        full = name if name == "postgres" else self.prefix + name
        with psycopg.connect(make_conninfo(self.address, dbname=full), autocommit=True) as connection:
            cursor = connection.execute(question.encode())
            return cursor.fetchall() if cursor.description else []

    def names(self) -> set[str]:
        """Our databases, without the prefix."""
        names = (str(row[0]) for row in self.ask("postgres", "SELECT datname FROM pg_database"))
        return {name.removeprefix(self.prefix) for name in names if name.startswith(self.prefix)}

    def town(self, folder: Path, name: str, **more: str) -> Installed:
        """An installation on a database of this name."""
        return Installed(folder, **{"DATABASE_URL": self.url(name), "OPSTAP_POSTGRES_TOOLS": str(tools()), **more})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = Server(address_of(), f"t{uuid.uuid4().hex[:8]}_")
    found.ask("postgres", f'CREATE DATABASE "{found.prefix}stad"')
    yield found
    for name in found.names():
        found.ask("postgres", f'DROP DATABASE "{found.prefix}{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def backed_up(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Installed, Path]:
    """A town, and a backup of it from before somebody was added."""
    town = server.town(tmp_path_factory.mktemp("town") / "data", "stad")
    town.with_people()
    path = town.backup(str(town.folder.with_name("kopie.backup")))
    town.with_user("later")
    return town, path


def surnames(server: Server, name: str) -> set[object]:
    return {row[0] for row in server.ask(name, "SELECT surname FROM clients_person")}


def test_it_comes_back_into_a_database_that_is_not_there_yet(
    server: Server, backed_up: tuple[Installed, Path], tmp_path: Path
) -> None:
    town, backup = backed_up
    elsewhere = server.town(tmp_path / "elders", "elders")
    elsewhere.folder.mkdir()
    shutil.copy(town.folder / "keys.json", elsewhere.folder)
    ran = elsewhere.opstap("restore", "--no-ledger", str(backup))
    assert ran.returncode == 0, ran
    assert surnames(server, "elders") == {"Bakker", "Visser", "Mulder"}
    assert server.ask("elders", "SELECT 1 FROM accounts_user WHERE sign_in_name = 'later'") == []
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
        server.ask("elders", "DELETE FROM ladder_measurement")
    assert elsewhere.opstap("check").stdout == "Alles is in orde.\n"
    assert {name for name in server.names() if "trial" in name or "restored" in name} == set()


def test_one_with_people_is_set_aside_only_when_asked_and_nobody_is_connected(
    server: Server, backed_up: tuple[Installed, Path]
) -> None:
    town, backup = backed_up
    assert "--replace" in town.opstap("restore", str(backup)).stderr
    with psycopg.connect(make_conninfo(server.address, dbname=f"{server.prefix}stad")):
        refused = town.opstap("restore", "--replace", str(backup))
    assert refused.returncode == 3
    assert "nog in gebruik" in refused.stderr
    assert len(server.ask("stad", "SELECT 1 FROM accounts_user WHERE sign_in_name = 'later'")) == 1
    assert not (town.folder / "restore.json").exists()
    ran = town.opstap("restore", "--replace", str(backup))
    assert ran.returncode == 0, ran
    assert server.ask("stad", "SELECT 1 FROM accounts_user WHERE sign_in_name = 'later'") == []
    # In the same database, and still the log goes on.
    assert "Het inzagelogboek is niet teruggezet" in ran.stdout
    assert len(server.ask("stad", "SELECT 1 FROM audit_access WHERE action = 'command:user'")) == 2
    assert town.opstap("audit", "verify").returncode == 0
    (aside,) = (name for name in server.names() if name.startswith("stad_replaced_"))
    assert server.prefix + aside in ran.stdout
    assert len(server.ask(aside, "SELECT 1 FROM accounts_user WHERE sign_in_name = 'later'")) == 1


def test_one_of_before_the_log_stood_apart_is_refused(server: Server, backed_up: tuple[Installed, Path]) -> None:
    town, backup = backed_up
    apart = Installed(town.folder, **{**town.variables, "OPSTAP_LOG_DATABASE_URL": server.url("logboek")})
    refused = apart.opstap("restore", "--replace", str(backup))
    assert (refused.returncode, "Haal OPSTAP_LOG_DATABASE_URL weg, zoals toen" in refused.stderr) == (3, True), refused
    assert {name for name in server.names() if "restored" in name} == set()
    assert town.opstap("audit", "verify").returncode == 0


def test_cut_off_it_leaves_the_old_or_the_new_and_no_database_between(
    server: Server, backed_up: tuple[Installed, Path]
) -> None:
    town, backup = backed_up
    town.with_user("opnieuw")
    killed, moment = True, 0
    while killed:
        moment += 1
        killed = town.killed(moment, "restore", "--replace", str(backup))
        assert town.opstap("check").stdout == "Alles is in orde.\n"
    assert moment >= 4
    assert server.ask("stad", "SELECT 1 FROM accounts_user WHERE sign_in_name = 'opnieuw'") == []
    town.backup()
    assert {name for name in server.names() if "trial" in name or "restored" in name} == set()


def test_without_the_programs_or_the_right_it_says_what_to_do(
    server: Server, backed_up: tuple[Installed, Path], tmp_path: Path
) -> None:
    town, _ = backed_up
    (tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n", encoding="utf-8")
    (tmp_path / "pg_dump").chmod(0o755)
    lacking = Installed(town.folder, **{**town.variables, "OPSTAP_POSTGRES_TOOLS": str(tmp_path)})
    refused = lacking.opstap("backup")
    if refused.returncode:  # a machine may have new programs of its own
        assert refused.returncode == 3
        assert "postgresql-client-" in refused.stderr
        assert "9" in refused.stderr
    role = f"{server.prefix}r"
    server.ask("postgres", f'CREATE ROLE "{role}" LOGIN IN ROLE pg_read_all_data')
    try:
        weak = Installed(town.folder, **{**town.variables, "DATABASE_URL": server.url("stad", user=role)})
        refused = weak.opstap("backup", str(tmp_path / "kopie.backup"))
        assert refused.returncode == 3, refused
        assert "CREATEDB" in refused.stderr
        assert not (tmp_path / "kopie.backup").exists()
    finally:
        server.ask("postgres", f'DROP ROLE "{role}"')


def test_the_password_is_not_among_what_a_list_of_processes_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    from opstap.foundation.snapshots import tools as programs  # noqa: PLC0415 - beside what it is changed with

    seen: list[tuple[list[str], dict[str, dict[str, str]]]] = []

    class Ran:
        returncode = 0

    def run(command: list[str], **how: dict[str, str]) -> Ran:
        seen.append((command, how))
        return Ran()

    class Connection:
        def get_connection_params(self) -> dict[str, object]:
            return {"dbname": "d", "user": "u", "password": "geheim", "host": "h", "client_encoding": "UTF8"}

    monkeypatch.setattr("subprocess.run", run)
    programs.run("pg_dump", Connection(), "--file=x")  # type: ignore[arg-type]  # what it asks of one
    ((command, how),) = seen
    assert "geheim" not in " ".join(command)
    assert how["env"]["PGPASSWORD"] == "geheim"
    assert os.environ.get("PGPASSWORD") is None
