"""A disk that is full, a database that is busy or gone: a page in words, nothing lost, and back without a restart."""

from __future__ import annotations

import http.client
import selectors
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from opstap.audit.permissions import command_line
from opstap.config.troubles import Trouble, trouble_of
from opstap.foundation import dates
from opstap.ladder.operations import install_scales
from opstap.municipality.operations import install_code_lists
from tests.config.installed import Installed
from tests.contacts.desks import Desk
from tests.journeys.conftest import free_port, wait_for
from tests.postgres import own_database

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite can be told how large it may grow")
LONG = "Wat er gezegd is. " * 100


def wrapped(cause: Exception) -> OperationalError:
    """As Django gives an error of the database."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.django_db(transaction=True)
@on_sqlite
def test_a_full_disk_gives_a_page_in_words_and_loses_nothing(client: Client) -> None:
    install_code_lists(by=command_line())  # an earlier test that commits has emptied them
    install_scales(by=command_line())
    desk = Desk(client)
    client.raise_request_exception = False
    fields = {"held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "looked": "not_discussed"}

    def note() -> int:
        answer = client.post(desk.url, fields | {"note": LONG})
        if answer.status_code == 503:
            assert "De schijf is vol" in answer.content.decode()
            assert answer["Retry-After"] == "60"
        return int(answer.status_code)

    assert note() == 302
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 12}")
    try:
        acknowledged = 1
        while note() == 302:
            acknowledged += 1
            assert acknowledged < 100
        assert note() == 503
        assert len(desk.contacts()) == acknowledged
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)
    assert note() == 302
    assert len(desk.contacts()) == acknowledged + 1


def test_what_sqlite_says_is_understood(tmp_path: Path) -> None:
    def failing(path: Path, *statements: str) -> Trouble | None:
        try:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as database:
                for statement in statements:
                    database.execute(statement)
        except sqlite3.Error as error:
            return trouble_of(wrapped(error))
        return None

    good, wrong = tmp_path / "goed", tmp_path / "fout"
    wrong.write_text("geen database" * 100, encoding="utf-8")
    fill = "INSERT INTO t SELECT zeroblob(100000)"
    assert failing(good, "CREATE TABLE t (v)", "PRAGMA max_page_count = 3", fill) is Trouble.FULL
    assert failing(tmp_path, "SELECT 1") is Trouble.GONE
    assert failing(wrong, "SELECT * FROM t") is Trouble.GONE
    with closing(sqlite3.connect(good, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert failing(good, "INSERT INTO t VALUES (1)") is Trouble.BUSY
    assert failing(good, "SELECT nothing FROM t") is None


def test_what_postgresql_says_is_understood() -> None:
    errors = psycopg.errors
    assert trouble_of(wrapped(errors.DiskFull())) is Trouble.FULL
    assert trouble_of(wrapped(errors.DeadlockDetected())) is Trouble.BUSY
    for gone in (errors.AdminShutdown(), errors.TooManyConnections(), psycopg.OperationalError("no route")):
        assert trouble_of(wrapped(gone)) is Trouble.GONE
    assert trouble_of(wrapped(errors.UndefinedTable())) is None
    assert trouble_of(ProgrammingError("x")) is None
    assert trouble_of(ValueError("x")) is None
    assert trouble_of(None) is None


class Line:
    """A line to the database server that can be cut and mended, as a socket of its own."""

    def __init__(self, folder: Path, beyond: str) -> None:
        self.path, self.beyond = folder / ".s.PGSQL.5432", beyond
        self._ends: list[socket.socket] = []
        self._listening = self._listen()

    def mend(self) -> None:
        self._listening = self._listen()

    def _listen(self) -> socket.socket:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(self.path))
        listening.listen()
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()
        return listening

    def cut(self) -> None:
        self.path.unlink()
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes whoever waits on it
            end.close()
        self._ends.clear()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.beyond)
            self._ends += [near, far]
            threading.Thread(target=_carry, args=(near, far), daemon=True).start()


def _carry(near: socket.socket, far: socket.socket) -> None:
    try:
        with selectors.DefaultSelector() as waiting:
            waiting.register(near, selectors.EVENT_READ, far)
            waiting.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in waiting.select(timeout=1):
                    content = key.fileobj.recv(65536)  # type: ignore[union-attr]  # both are sockets
                    if not content:
                        return
                    key.data.sendall(content)
    except (OSError, ValueError):
        return
    finally:
        near.close()
        far.close()


@contextmanager
def serving(town: Installed, said: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "opstap", "serve", "--port", str(port), "--workers", "1", "--pages-only"]
    with said.open("wb") as heard:
        server = subprocess.Popen(command, env=town.environment, stdout=heard, stderr=heard)
        try:
            wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=30)


def page(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as browser:
        browser.request("GET", path)
        answer = browser.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.postgres
def test_a_database_that_is_gone_gives_a_page_in_words_and_comes_back(tmp_path: Path) -> None:
    with own_database() as url:
        host = url.partition("?host=")[2]
        (tmp_path / "s").mkdir()
        line = Line(tmp_path / "s", f"{host}/.s.PGSQL.5432")
        town = Installed(tmp_path / "data", DATABASE_URL=url.replace(host, str(line.path.parent)))
        town.with_people()
        with serving(town, tmp_path / "gezegd") as port:
            assert page(port, "/")[0] == 302
            line.cut()
            for _ in range(3):
                status, words = page(port, "/")
                assert status == 503
                assert "Opstap kan niet bij de gegevens" in words
                assert "Traceback" not in words
            line.mend()
            assert [page(port, "/")[0] for _ in range(5)] == [302] * 5, "no thread goes on by a line that was cut"
        line.cut()
