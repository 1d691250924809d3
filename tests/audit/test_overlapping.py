"""Writers that overlap take their numbers in the order of their commits, so what was known at a number never grows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import DataError, connection, transaction

from opstap.accounts.models import Team
from opstap.audit.models import Recording
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording, recording_known_at
from opstap.foundation import dates
from opstap.municipality.models import Municipality, Setting
from tests.factories.municipality import a_municipality

BY = command_line()
PATIENCE = 20.0


class Writer:
    """A transaction in a thread of its own, on a connection of its own; it stops before its commit until told."""

    def __init__(self, municipality: Municipality, key: str, *, begins: Callable[[], object] = bool) -> None:
        self.municipality, self.key, self.begins = municipality, key, begins
        self.begun, self.may_record, self.recorded, self.may_commit = Signal(), Signal(), Signal(), Signal()
        self.number = 0
        self.thread = Thread(target=self._write)

    def start(self, *, recording: bool = True) -> Writer:
        self.thread.start()
        assert self.begun.wait(PATIENCE)
        if recording:
            self.may_record.set()
        return self

    def commit(self) -> None:
        self.may_commit.set()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()

    def _write(self) -> None:
        try:
            with transaction.atomic():
                self.begins()
                self.begun.set()
                self.may_record.wait(PATIENCE)
                with writing(by=BY, verb="test", about=self.key) as recording:
                    a_row(self.municipality, recording, self.key)
                    self.number = recording.number
                    self.recorded.set()
                    self.may_commit.wait(PATIENCE)
        finally:
            connection.close()


def a_row(municipality: Municipality, recording: Recording, key: str) -> None:
    Setting(municipality=municipality, key=key, value=1, starts_on=date(2020, 1, 1), recording=recording).save()


def known(number: int) -> list[str]:
    """What a report as known at a number would see."""
    return list(Setting.objects.filter(recording__lte=number).order_by("recording", "pk").values_list("key", flat=True))


@pytest.fixture
def town() -> Municipality:
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time is SQLite's own rule: see the test with a file")
    return a_municipality()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_second_waits_and_what_was_known_never_grows(town: Municipality) -> None:
    start = latest_recording()
    seen = {start: known(start)}
    first = Writer(town, "first").start()
    assert first.recorded.wait(PATIENCE)
    second = Writer(town, "second").start()
    assert not second.recorded.wait(0.4), "the second took a number while the first was open"
    assert latest_recording() == start
    first.commit()
    assert second.recorded.wait(PATIENCE)
    between = latest_recording()
    seen[between] = known(between)
    second.commit()
    assert (first.number, second.number, between) == (start + 1, start + 2, start + 1)
    assert [known(number) for number in seen] == list(seen.values())
    assert known(second.number)[-2:] == ["first", "second"]


class Asker:
    """Somebody who asks what was known at a moment, in a thread and on a connection of their own."""

    def __init__(self, moment: datetime) -> None:
        self.moment, self.answer = moment, -1
        self.thread = Thread(target=self._ask)
        self.thread.start()

    def _ask(self) -> None:
        try:
            self.answer = recording_known_at(self.moment)
        finally:
            connection.close()

    def heard(self) -> int:
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()
        return self.answer


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_moment_asked_while_somebody_writes_gives_the_same_recording_later(town: Municipality) -> None:
    before = latest_recording()
    first = Writer(town, "first").start()
    assert first.recorded.wait(PATIENCE)
    moment = dates.now()
    asker = Asker(moment)
    asker.thread.join(0.4)
    assert asker.thread.is_alive(), "it was answered while the first, of an earlier moment, could still commit"
    second = Writer(town, "second").start()
    assert recording_known_at(moment - timedelta(minutes=2)) <= before, "long ago waits for nobody"
    first.commit()
    assert second.recorded.wait(PATIENCE)
    second.commit()
    assert asker.heard() == recording_known_at(moment) == first.number == before + 1
    assert recording_known_at(dates.now()) == second.number


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_began_first_with_a_lower_id_and_records_later_gets_the_later_number(town: Municipality) -> None:
    early = Writer(town, "early", begins=lambda: Team.objects.create(municipality=town, name="early"))
    early.start(recording=False)
    late = Writer(town, "late", begins=lambda: Team.objects.create(municipality=town, name="late")).start()
    assert late.recorded.wait(PATIENCE)
    late.commit()
    answer = known(late.number)
    early.may_record.set()
    assert early.recorded.wait(PATIENCE)
    early.commit()
    assert Team.objects.get(name="early").pk < Team.objects.get(name="late").pk
    assert early.number == late.number + 1
    assert known(late.number) == answer == ["default_scale", "late"]
    moments = dict(Recording.objects.values_list("number", "at"))
    assert moments[late.number] < moments[early.number]


def fail_after_writing(town: Municipality) -> None:
    with writing(by=BY, verb="fails") as failed:
        a_row(town, failed, "failed")
        assert failed.number == latest_recording()
        a_row(town, failed, "k" * 41)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_writer_that_fails_gives_its_number_to_the_next(town: Municipality) -> None:
    start = latest_recording()
    with pytest.raises(DataError):
        fail_after_writing(town)
    writer = Writer(town, "next").start()
    writer.commit()
    assert writer.number == start + 1
    assert known(writer.number)[-1] == "next"


SCRIPT = """
import json, threading, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from opstap.audit.models import Recording
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line

spans, faults = [], []

def write(name):
    try:
        for _ in range(3):
            with writing(by=command_line(), verb=name) as recording:
                entered = time.monotonic()
                time.sleep(0.02)
                spans.append((recording.number, entered, time.monotonic()))
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()

threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps({"spans": sorted(spans), "faults": faults, "stored": Recording.objects.count()}))
"""


ASKING = """
import json, threading, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connection
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.audit.selectors import recording_known_at
from opstap.foundation import dates

begun = threading.Event()

def write():
    with writing(by=command_line(), verb="slow"):
        begun.set()
        time.sleep(0.5)
    connection.close()

thread = threading.Thread(target=write)
thread.start()
begun.wait(20)
moment = dates.now()
asked = recording_known_at(moment)
thread.join()
print(json.dumps([asked, recording_known_at(moment)]))
"""


def run_on_a_file(script: str, tmp_path: Path) -> Any:
    root = Path(__file__).resolve().parents[2]
    surroundings = {
        "OPSTAP_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "opstap.config.settings",
        "PYTHONPATH": str(root / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_on_a_file_of_sqlite_a_moment_of_just_now_waits_for_who_writes(tmp_path: Path) -> None:
    asked, later = run_on_a_file(ASKING, tmp_path)
    assert asked == later > 0


def test_on_a_file_of_sqlite_writers_wait_for_each_other(tmp_path: Path) -> None:
    answer = run_on_a_file(SCRIPT, tmp_path)
    assert answer["faults"] == []
    spans = answer["spans"]
    assert [number for number, _entered, _left in spans] == list(range(spans[0][0], spans[0][0] + 9))
    assert all(before[2] <= after[1] for before, after in pairwise(spans))
    assert answer["stored"] == 9
