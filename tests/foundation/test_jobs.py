"""Jobs: put by with what asks for them, planned once for each moment, tried again, taken up after a kill."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.jobs import planning, working
from opstap.foundation.jobs.naming import JobFailed, TryLater, job
from opstap.foundation.jobs.planning import Daily, put_by_what_is_due
from opstap.foundation.registry import Registry
from tests.factories.jobs import do_all

pytestmark = pytest.mark.django_db
done: list[str] = []
failing: dict[str, Exception] = {"with": ValueError("Çelik, 999900006")}
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=AMSTERDAM)


@job("note it")
def note(word: str) -> None:
    """Say that it was done."""
    done.append(word)


@job("fail")
def fail() -> None:
    """Fail as asked."""
    raise failing["with"]


@pytest.fixture(autouse=True)
def _forget() -> None:
    done.clear()
    failing["with"] = ValueError("Çelik, 999900006")


def only() -> DBTaskResult[..., None]:
    return DBTaskResult.objects.get()


def test_a_job_is_put_by_only_if_what_asked_for_it_was_saved() -> None:
    with transaction.atomic():
        note.enqueue("lost")
        transaction.set_rollback(True)
    note.enqueue("kept")
    do_all()
    assert done == ["kept"]
    assert only().status == TaskResultStatus.SUCCESSFUL


def test_of_a_failure_it_keeps_where_and_not_what_was_said() -> None:
    fail.enqueue()
    do_all()
    row = only()
    assert row.status == TaskResultStatus.FAILED
    assert row.return_value == {"reason": "unexpected"}
    assert "in fail" in row.traceback
    assert "999900006" not in row.traceback + row.exception_class_path
    assert "Çelik" not in str(vars(row))


def test_what_may_pass_is_tried_again_later_and_not_for_ever() -> None:
    failing["with"] = TryLater("mail_unreachable")
    fail.enqueue()
    with time_machine.travel(NOON, tick=False) as clock:
        waits = []
        for _ in range(working.MOST_TRIES - 1):
            do_all()
            row = only()
            assert row.status == TaskResultStatus.READY
            waits.append(row.run_after - datetime.now(UTC))
            do_all()
            assert len(only().worker_ids) == len(waits), "not before its moment"
            clock.move_to(row.run_after)
        do_all()
    assert waits == list(working.WAITS)
    assert only().status == TaskResultStatus.FAILED
    assert only().return_value == {"reason": "mail_unreachable"}


def test_what_can_not_be_done_is_not_tried_again() -> None:
    failing["with"] = JobFailed("mail_addressee")
    fail.enqueue()
    do_all()
    assert (only().status, only().return_value) == (TaskResultStatus.FAILED, {"reason": "mail_addressee"})


def test_what_a_killed_worker_left_is_begun_anew_until_it_was_left_three_times() -> None:
    note.enqueue("after a kill")
    for attempt in range(1, working.MOST_STOPS + 1):
        only().claim(f"worker {attempt}")
        assert not working.anything_ready()
        assert working.take_up_what_was_left() == 1
        assert working.anything_ready() is (attempt < working.MOST_STOPS)
    assert only().return_value == {"reason": "stopped"}
    assert done == []


def test_the_night_is_that_of_amsterdam_on_the_two_nights_the_clock_is_changed() -> None:
    nightly = Daily(note, time(3, 30))
    for day, offset in ((29, 2), (25, 1)):
        month = 3 if day == 29 else 10
        noon = datetime(2026, month, day, 12, 0, tzinfo=AMSTERDAM)
        assert nightly.last_due(noon) == datetime(2026, month, day, 3 - offset, 30, tzinfo=UTC)
        before = datetime(2026, month, day, 0, 30, tzinfo=AMSTERDAM)
        assert nightly.next_due(before) == nightly.last_due(noon)
        assert nightly.last_due(before) == datetime.combine(before.date() - timedelta(days=1), time(3, 30), AMSTERDAM)


def test_each_planned_job_is_put_by_once_for_each_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    mine: Registry[Daily] = Registry("mine")
    mine.add("note", Daily(note.using(), time(1, 0)))
    monkeypatch.setattr(planning, "schedule", mine)
    enqueued = []
    monkeypatch.setattr(type(note), "enqueue", lambda *_given, **_named: enqueued.append(1))
    assert put_by_what_is_due(NOON) == ["note"]
    assert put_by_what_is_due(NOON) == []
    assert put_by_what_is_due(NOON - timedelta(days=3)) == [], "a clock that was set back does nothing twice"
    assert put_by_what_is_due(NOON + timedelta(days=4)) == ["note"], "nights that were missed are made up for once"
    assert put_by_what_is_due(NOON + timedelta(days=4, hours=1)) == []
    assert len(enqueued) == 2


def test_after_a_clock_that_was_a_year_ahead_the_nights_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    mine: Registry[Daily] = Registry("mine")
    mine.add("note", Daily(note.using(), time(1, 0)))
    monkeypatch.setattr(planning, "schedule", mine)
    enqueued = []
    monkeypatch.setattr(type(note), "enqueue", lambda *_given, **_named: enqueued.append(1))
    assert put_by_what_is_due(NOON + timedelta(days=365)) == ["note"]
    assert put_by_what_is_due(NOON) == [], "it was done a moment ago"
    assert put_by_what_is_due(NOON + timedelta(hours=12)) == []
    assert put_by_what_is_due(NOON + timedelta(hours=14)) == ["note"]
    assert put_by_what_is_due(NOON + timedelta(days=2)) == ["note"]
    assert len(enqueued) == 3


def test_what_a_clock_that_was_ahead_put_off_is_tried_now() -> None:
    with time_machine.travel(NOON + timedelta(days=365), tick=False):
        failing["with"] = TryLater("mail_later")
        fail.enqueue()
        do_all()
        seen = working.be_seen(None)
    with time_machine.travel(NOON, tick=False):
        note.enqueue("at once")
        before = DBTaskResult.objects.get(task_path=note.module_path).run_after
        assert only_failing().run_after.year == NOON.year + 1
        working.wait_no_longer_than_said()
        assert only_failing().run_after == NOON
        assert DBTaskResult.objects.get(task_path=note.module_path).run_after == before
        assert working.be_seen(seen).seen_at == NOON
        do_all()
        waits = only_failing().run_after
        working.wait_no_longer_than_said()
        assert only_failing().run_after == waits == NOON + working.WAITS[1], "a wait of its own stays"


def only_failing() -> DBTaskResult[..., None]:
    return DBTaskResult.objects.get(task_path=fail.module_path)


def test_what_went_well_is_forgotten_after_a_month_and_what_failed_is_not() -> None:
    note.enqueue("long ago")
    fail.enqueue()
    do_all()
    working.forget_what_was_done()
    assert DBTaskResult.objects.count() == 2
    DBTaskResult.objects.update(finished_at=datetime.now(UTC) - working.KEPT - timedelta(hours=1))
    working.forget_what_was_done()
    assert only().task_path == fail.module_path
