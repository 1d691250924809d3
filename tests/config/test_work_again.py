"""The worker that loses its database in the middle: what it was doing is begun anew, and it goes on waiting."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.config.commands import work_command
from opstap.foundation.jobs.naming import job
from opstap.foundation.jobs.working import Jobs

pytestmark = pytest.mark.django_db
done: list[str] = []


@job("note it once more")
def note_again(word: str) -> None:
    """Say that it was done."""
    done.append(word)


@pytest.fixture(autouse=True)
def _nothing_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    done.clear()
    monkeypatch.setattr(work_command.Stopping, "wait", lambda _self, _seconds: None)
    monkeypatch.setattr(work_command, "close_old_connections", lambda: None)
    monkeypatch.setattr(connections, "all", lambda **_: [])  # this test stands within a transaction
    monkeypatch.setattr(work_command, "put_by_what_is_due", lambda _now: None)


def test_a_job_whose_database_went_away_is_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    note_again.enqueue("after all")
    right, tries = Jobs.run, iter([True])

    def goes_away_once(worker: Jobs) -> None:
        if next(tries, False):
            DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
            raise OperationalError
        right(worker)

    monkeypatch.setattr(Jobs, "run", goes_away_once)
    rounds = iter([True] * 3)
    work_command._work(lambda: next(rounds, False), work_command.Stopping(None), once=False)
    assert done == ["after all"]


def test_a_worker_that_loses_its_lock_goes_on_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[bool] = []
    stopping = work_command.Stopping(None)

    @contextmanager
    def alone(_folder: Path) -> Iterator[object]:
        times.append(True)
        stopping.asked = len(times) == 3
        if len(times) == 2:
            raise OperationalError
        yield lambda: False  # lost at once

    monkeypatch.setattr(work_command, "alone", alone)
    monkeypatch.setattr(work_command, "Stopping", lambda _parent: stopping)
    monkeypatch.setattr(work_command, "ensure_up_to_date", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert work_command.run([]) == 0
    assert len(times) == 3
