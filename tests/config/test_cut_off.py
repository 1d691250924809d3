"""What is cut off leaves nothing half: a migration, an import. A save that meets a long import waits, or says so."""

from __future__ import annotations

import http.client
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from opstap.foundation import dates
from opstap.foundation.once import FIELD, new_key
from tests.config.installed import PEOPLE, Installed
from tests.config.test_killed import Ask, kill, served, town_of_writers
from tests.journeys.conftest import free_port

pytestmark = pytest.mark.slow
# Runs the command, and ends it as `kill -9` does when a function is called for the n-th time: before or after it.
CUT_OFF = """
import os, signal, sys
from importlib import import_module
from opstap.config.command import main
os.environ |= {"DJANGO_SETTINGS_MODULE": "opstap.config.settings", "OPSTAP_MAY_MAKE_KEYS": "1"}
import django
django.setup()
name, when, at = sys.argv[1], sys.argv[2], int(sys.argv[3])
module, _, rest = name.partition(":")
holder, attribute = import_module(module), rest
if "." in rest:
    inner, attribute = rest.split(".")
    holder = getattr(holder, inner)
act, left = getattr(holder, attribute), [at]
def counted(*given, **named):
    left[0] -= 1
    if left[0] == 0 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = act(*given, **named)
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(holder, attribute, counted)
sys.exit(main(sys.argv[4:]))
"""
RECORDS = "django.db.migrations.executor:MigrationExecutor.record_migration"
APPLIES = "opstap.config.commands.migrate_command:WholeOrNot.apply_migration"
INSERTS = "django.db.models.query:QuerySet._insert"
BULK = "opstap.audit.operations.facts:insert_rows"


def cut_off(town: Installed, function: str, when: str, at: int, *arguments: str) -> bool:
    """Whether it came to the n-th call and was killed there."""
    command = [sys.executable, "-c", CUT_OFF, function, when, str(at), *arguments]
    ran = subprocess.run(command, env=town.environment, capture_output=True, text=True, check=False)
    assert ran.returncode in {0, -9}, ran
    return ran.returncode == -9


@pytest.mark.parametrize(
    ("function", "when", "at"), [(APPLIES, "before", 9), (RECORDS, "before", 14), (APPLIES, "after", 5)]
)
def test_a_migration_that_is_cut_off_goes_on_at_the_next_start(
    tmp_path: Path, function: str, when: str, at: int
) -> None:
    town = Installed(tmp_path / "data")
    town.folder.mkdir(mode=0o700)
    assert cut_off(town, function, when, at, "migrate")
    with closing(sqlite3.connect(town.database)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    again = town.opstap("migrate")
    assert (again.returncode, again.stdout) == (0, "De database is bij.\n")
    assert town.opstap("check").stdout == "Alles is in orde.\n"


@pytest.mark.parametrize("last", ["install_code_lists", "home_kept_values"])
def test_a_migration_that_is_cut_off_after_its_last_step_is_finished_by_whatever_starts(
    tmp_path: Path, last: str
) -> None:
    town = Installed(tmp_path / "data")
    town.folder.mkdir(mode=0o700)
    assert cut_off(town, f"opstap.config.commands.migrate_command:{last}", "after", 1, "migrate")
    checked = town.opstap("check")
    assert checked.returncode == 3
    assert checked.stdout.startswith("FOUT  De database is niet bij: draai `opstap migrate`.")
    assert town.asked("SELECT COUNT(*) FROM ladder_crosswalk") == [(0,)]
    assert town.opstap("work", "--once").returncode == 0
    assert town.opstap("check").stdout == "Alles is in orde.\n"
    assert town.asked("SELECT COUNT(*) FROM municipality_codelist") != [(0,)]
    assert town.asked("SELECT COUNT(*) FROM ladder_scale WHERE key = 'vng'") == [(1,)]
    assert town.asked("SELECT COUNT(*) FROM ladder_crosswalk") != [(0,)]


@pytest.mark.parametrize("at", [1, 3])
def test_an_import_that_is_cut_off_leaves_nothing_and_can_come_again(tmp_path: Path, at: int) -> None:
    town = Installed(tmp_path / "data")
    import_cut_off(town, town.asked, at)


@pytest.mark.postgres
def test_an_import_that_is_cut_off_on_postgresql_lets_go_at_once(postgres_town: tuple[Installed, Ask]) -> None:
    import_cut_off(*postgres_town, at=3)


def import_cut_off(town: Installed, ask: Ask, at: int) -> None:
    """Killed while it writes: nothing of it stands, and the next one, like any other writer, waits for nobody."""
    town.folder.mkdir(mode=0o700)
    assert town.opstap("migrate").returncode == 0
    people = town.folder / "mensen.csv"
    people.write_text("\n".join(PEOPLE), encoding="utf-8")
    before = stored(ask)
    assert cut_off(town, BULK, "after", at, "import", str(people))
    assert stored(ask) == before
    assert town.opstap("check").stdout == "Alles is in orde.\n"
    assert town.opstap("import", str(people)).returncode == 0
    assert stored(ask)["clients_person"] == len(PEOPLE) - 1


TABLES = (
    "clients_client", "clients_person", "clients_bsnholder", "clients_followup", "clients_benefitspell",
    "ladder_measurement",
)  # fmt: skip


def stored(ask: Ask) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(str(ask(f"SELECT COUNT(*) FROM {table}")[0][0])) for table in TABLES}  # noqa: S608 - ours


@contextmanager
def importing_on_sqlite(database: Path) -> Iterator[None]:
    """As an import has it while it writes."""
    with closing(sqlite3.connect(database, isolation_level=None)) as importing:
        importing.execute("BEGIN IMMEDIATE")
        yield
        importing.execute("ROLLBACK")


@contextmanager
def importing_on_postgres(url: str) -> Iterator[None]:
    """The same: it holds the counter of recordings."""
    with psycopg.connect(url) as importing:
        importing.execute("SELECT * FROM audit_recordingcounter FOR UPDATE")
        yield
        importing.rollback()


def test_a_save_waits_for_a_long_import_and_says_so_when_it_takes_too_long(tmp_path: Path) -> None:
    town = Installed(tmp_path / "data")
    too_busy_to_save(town, town.asked, lambda: importing_on_sqlite(town.database))


@pytest.mark.postgres
def test_a_save_on_postgresql_waits_as_long_and_says_the_same(postgres_town: tuple[Installed, Ask]) -> None:
    town, ask = postgres_town
    too_busy_to_save(town, ask, lambda: importing_on_postgres(town.variables["DATABASE_URL"]))


def too_busy_to_save(town: Installed, ask: Ask, importing: Callable[[], AbstractContextManager[None]]) -> None:
    """A save, a read, and the same form again when the import is done."""
    session, port = town_of_writers(town), free_port()
    reference = str(ask("SELECT reference FROM clients_client ORDER BY id")[0][0])
    fields = {"held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "looked": "not_discussed",
              "note": "wat ik typte", FIELD: new_key()}  # fmt: skip
    server = served(town, port)
    try:
        with importing():
            began = time.monotonic()
            status, page = sent(port, session, reference, fields)
            assert status == http.HTTPStatus.SERVICE_UNAVAILABLE
            assert time.monotonic() - began > 10  # it waited first
            assert "Het is te druk om te bewaren" in page
            assert "wat u typte" in page
            assert notes(ask) == 0
            assert read(port, session, f"/contact/{reference}/") == http.HTTPStatus.OK  # who reads waits for nobody
        # The same form, as the browser has it.
        assert sent(port, session, reference, fields)[0] == http.HTTPStatus.FOUND
        assert notes(ask) == 1
        assert sent(port, session, reference, fields)[0] == http.HTTPStatus.FOUND
        assert notes(ask) == 1
    finally:
        kill(server)


def notes(ask: Ask) -> int:
    """How many contacts are stored."""
    return int(str(ask("SELECT COUNT(*) FROM contacts_contact")[0][0]))


def sent(port: int, session: str, reference: str, fields: dict[str, str]) -> tuple[int, str]:
    """The answer to a form."""
    head = {"X-CSRFToken": "c" * 32, "Content-Type": "application/x-www-form-urlencoded"}
    return asked(port, session, f"/contact/{reference}/", urlencode(fields), head)


def read(port: int, session: str, path: str) -> int:
    """The status of a page."""
    return asked(port, session, path)[0]


def asked(
    port: int, session: str, path: str, body: str | None = None, head: dict[str, str] | None = None
) -> tuple[int, str]:
    """One request."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=90)) as browser:
        cookie = f"sessionid={session}; csrftoken={'c' * 32}"
        browser.request("POST" if body else "GET", path, body, {"Cookie": cookie, **(head or {})})
        answer = browser.getresponse()
        return answer.status, answer.read().decode()
