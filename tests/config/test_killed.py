"""The real server, killed again and again under twenty who save, and who send again what got no answer: nothing that
was acknowledged is lost, nothing is doubled. And two who send the same form at the same moment.
"""

from __future__ import annotations

import http.client
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from opstap.foundation import dates
from opstap.foundation.once import FIELD, new_key
from tests.config.installed import Installed
from tests.journeys.conftest import free_port, wait_for

WRITERS = 20
DAYS = 350  # a contact may be told of until a year afterwards
KINDS = ("phone", "video", "letter", "email")
Contact = tuple[str, str]  # its day and its kind: what one writer sends once
Row = tuple[str, str, str]  # the same, with the client before it
SIGN_IN = """
from opstap.accounts.operations.session_store import SessionStore
from opstap.accounts.models import User
User.objects.update(must_change_password=False)
user = User.objects.get(sign_in_name="schrijver")
session = SessionStore()
session["_auth_user_id"], session["_auth_user_hash"] = user.pk, user.get_session_auth_hash()
session["proved"] = True
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session.save()
print(session.session_key)
"""
Ask = Callable[[str], list[tuple[object, ...]]]


@dataclass
class Writer:
    """Somebody who notes a contact with one client for one day after another: each is sent until it is acknowledged."""

    port: int
    session: str
    reference: str
    acknowledged: list[Contact] = field(default_factory=list)
    tried: list[Contact] = field(default_factory=list)
    again: int = 0

    def write_until(self, done: threading.Event) -> None:
        """Each contact is a form with a key of its own; one that got no answer is sent again as it was."""
        first = dates.today() - timedelta(days=DAYS)
        while not done.is_set():
            kind, days = divmod(len(self.tried), DAYS)
            self.tried.append(((first + timedelta(days=days)).isoformat(), KINDS[kind]))
            self._send_until(done, *self.tried[-1], key=new_key())

    def _send_until(self, done: threading.Event, day: str, kind: str, *, key: str) -> None:
        while not done.is_set():
            try:
                if self.send(day, kind, key=key):
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
            self.again += 1

    def send(self, day: str, kind: str, *, key: str) -> bool:
        """Whether it was acknowledged."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            fields = {"held_on": day, "kind": kind, "outcome": "held", "looked": "not_discussed", FIELD: key}
            connection.request(
                "POST",
                f"/contact/{self.reference}/",
                urlencode(fields),
                {
                    "Cookie": f"sessionid={self.session}; csrftoken={'c' * 32}",
                    "X-CSRFToken": "c" * 32,
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            answer = connection.getresponse()
            body = answer.read()
        if answer.status == http.HTTPStatus.FOUND and "/aanmelden/" not in (answer.getheader("Location") or ""):
            self.acknowledged.append((day, kind))
            return True
        if answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise AssertionError(body.decode())
        return False


def town_of_writers(town: Installed) -> str:
    """A client for each writer, and the session of somebody who sees them all."""
    town.folder.mkdir(mode=0o700, exist_ok=True)
    lines = ["Klantnummer;Achternaam;Geboortedatum;Begin uitkering"]
    lines += [f"W{number};Cliënt{chr(65 + number)};1970-01-01;01-01-2020" for number in range(WRITERS)]
    (town.folder / "mensen.csv").write_text("\n".join(lines), encoding="utf-8")
    assert town.opstap("import", str(town.folder / "mensen.csv")).returncode == 0
    town.with_user("schrijver")
    made = town.opstap("manage", "shell", "--no-imports", "-c", SIGN_IN)
    assert made.returncode == 0, made
    return made.stdout.split()[-1]


def killed_under_writers(town: Installed, ask: Ask, *, kills: int) -> None:
    """Serve, write, kill with -9, serve again; then count."""
    session, port = town_of_writers(town), free_port()
    writers = [Writer(port, session, str(row[0])) for row in ask("SELECT reference FROM clients_client ORDER BY id")]
    assert len(writers) == WRITERS
    done, draw = threading.Event(), random.Random(kills)  # noqa: S311 - moments, not secrets
    threads = [threading.Thread(target=writer.write_until, args=(done,)) for writer in writers]
    server = served(town, port)
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            wait_for_writes(writers, more=WRITERS)
            time.sleep(draw.random() / 2)
            kill(server)
            server = served(town, port)
    finally:
        done.set()
        for thread in threads:
            thread.join()
        kill(server)
    stored = Counter((str(reference), str(day), str(kind)) for reference, day, kind in ask(STORED))
    kept = {(writer.reference, *contact) for writer in writers for contact in writer.acknowledged}
    sent = {(writer.reference, *contact) for writer in writers for contact in writer.tried}
    assert len(kept) >= kills * WRITERS
    again = sum(writer.again for writer in writers)
    logging.getLogger(__name__).info("%d kills: %d acknowledged, %d sent again", kills, len(kept), again)
    assert again >= kills
    assert faults_of(stored, kept, sent) == []
    assert town.opstap("check").stdout == "Alles is in orde.\n"


def faults_of(stored: Counter[Row], kept: set[Row], sent: set[Row]) -> list[tuple[str, Row]]:
    """What was acknowledged and is not there, what is there twice, and what nobody sent."""
    lost = [("lost", row) for row in kept - set(stored)]
    doubled = [("doubled", row) for row, count in stored.items() if count > 1]
    return lost + doubled + [("never sent", row) for row in set(stored) - sent]


def test_the_counting_can_fail() -> None:
    one, two, three = ("a", "2026-01-01", "phone"), ("a", "2026-01-02", "phone"), ("b", "2026-01-01", "video")
    assert faults_of(Counter([one, two]), {one}, {one, two}) == []
    assert faults_of(Counter([one]), {one, two}, {one, two}) == [("lost", two)]
    assert faults_of(Counter([one, one]), {one}, {one}) == [("doubled", one)]
    assert faults_of(Counter([one, three]), {one}, {one}) == [("never sent", three)]


def sent_at_the_same_moment(town: Installed, ask: Ask, *, times: int) -> None:
    """Two copies of one form leave together, each on its own connection: one is saved, both are acknowledged."""
    session, port = town_of_writers(town), free_port()
    reference = str(ask("SELECT reference FROM clients_client ORDER BY id")[0][0])
    first, server = dates.today() - timedelta(days=DAYS), served(town, port)
    try:
        with ThreadPoolExecutor(2) as both:
            for number in range(times):
                writer, at_once, key = Writer(port, session, reference), threading.Barrier(2), new_key()
                day = (first + timedelta(days=number)).isoformat()

                def send(
                    writer: Writer = writer, at_once: threading.Barrier = at_once, day: str = day, key: str = key
                ) -> bool:
                    at_once.wait()
                    return writer.send(day, "phone", key=key)

                assert [one.result() for one in [both.submit(send), both.submit(send)]] == [True, True]
                assert Counter(str(row[1]) for row in ask(STORED))[day] == 1
    finally:
        kill(server)


STORED = (
    "SELECT c.reference, x.held_on, x.kind FROM contacts_contact x JOIN clients_client c ON c.id = x.client_id "
    "WHERE x.recording_id IN (SELECT number FROM audit_recording)"
)


def served(town: Installed, port: int) -> subprocess.Popen[bytes]:
    """A server with a group of processes of its own, so that it can be killed as a whole."""
    command = [sys.executable, "-m", "opstap", "serve", "--port", str(port), "--workers", "2", "--pages-only"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=town.environment, start_new_session=True, stdout=quiet, stderr=quiet)
    wait_for(port)
    return server


def kill(server: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def wait_for_writes(writers: list[Writer], *, more: int) -> None:
    """Until this many more were acknowledged."""
    before = sum(len(writer.acknowledged) for writer in writers)
    for _ in range(1200):
        if sum(len(writer.acknowledged) for writer in writers) >= before + more:
            return
        time.sleep(0.1)
    pytest.fail("nobody could save for two minutes")


def on_sqlite(folder: Path, *, kills: int) -> None:
    town = Installed(folder)
    killed_under_writers(town, town.asked, kills=kills)
    with closing(sqlite3.connect(town.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_same_form_at_the_same_moment(tmp_path: Path) -> None:
    town = Installed(tmp_path / "data")
    sent_at_the_same_moment(town, town.asked, times=20)


@pytest.mark.postgres
def test_the_same_form_at_the_same_moment_on_postgresql(postgres_town: tuple[Installed, Ask]) -> None:
    sent_at_the_same_moment(*postgres_town, times=20)


def test_three_kills_under_twenty_writers(tmp_path: Path) -> None:
    on_sqlite(tmp_path / "data", kills=3)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("OPSTAP_TEST_FULL"), reason="twenty kills take minutes: ./test --full")
def test_twenty_kills_under_twenty_writers(tmp_path: Path) -> None:
    on_sqlite(tmp_path / "data", kills=20)


@pytest.mark.postgres
def test_three_kills_under_twenty_writers_on_postgresql(postgres_town: tuple[Installed, Ask]) -> None:
    killed_under_writers(*postgres_town, kills=3)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(not os.environ.get("OPSTAP_TEST_FULL"), reason="twenty kills take minutes: ./test --full")
def test_twenty_kills_under_twenty_writers_on_postgresql(postgres_town: tuple[Installed, Ask]) -> None:
    killed_under_writers(*postgres_town, kills=20)
