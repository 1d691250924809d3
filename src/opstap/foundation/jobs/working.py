"""The worker: does what was put by, one after the other, and takes up what a killed one left."""

from __future__ import annotations

import traceback
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from opstap.foundation import dates
from opstap.foundation.jobs.models import WorkerSeen
from opstap.foundation.jobs.naming import JobFailed, TryLater

MOST_TRIES = 6
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
MOST_STOPS = 3  # a job that took the worker down with it this often is not begun again
KEPT = timedelta(days=30)
SEEN_EVERY = timedelta(seconds=30)
STANDS_STILL_AFTER = timedelta(minutes=3)
LONGEST_JOB = timedelta(hours=1)


class Jobs(Worker):
    """The library's worker that keeps no words of an error: they may name a person."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one; a failure that may pass is put by for later."""
        self.running_task = True
        try:
            db_task_result.set_successful(_done(db_task_result))
        except TryLater as later:
            _again(db_task_result, later)
        except Exception as error:  # noqa: BLE001 - whatever it is, it stands on the page of jobs
            _failed(db_task_result, error)
        finally:
            self.running_task = False


def _done(row: DBTaskResult[Any, Any]) -> Any:
    result = row.task_result
    return row.task.call(*result.args, **result.kwargs)


def _again(row: DBTaskResult[Any, Any], later: TryLater) -> None:
    tries = len(row.worker_ids)
    if tries >= MOST_TRIES:
        _failed(row, later)
        return
    row.status = TaskResultStatus.READY
    row.run_after = dates.now() + WAITS[min(tries, len(WAITS)) - 1]
    row.return_value = {"reason": later.reason}
    row.save(update_fields=["status", "run_after", "return_value"])


def _failed(row: DBTaskResult[Any, Any], error: Exception) -> None:
    row.status = TaskResultStatus.FAILED
    row.finished_at = dates.now()
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(traceback.format_tb(error.__traceback__))  # where, not what it said
    row.return_value = {"reason": error.reason if isinstance(error, JobFailed) else "unexpected"}
    row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback", "return_value"])


def take_up_what_was_left() -> int:
    """Begin anew what runs while no worker does: for whoever just became the only one. Returns how many there were."""
    with transaction.atomic():
        left = list(DBTaskResult.objects.running().select_for_update())
        for row in left:
            if len(row.worker_ids) >= MOST_STOPS + (MOST_TRIES if row.return_value else 0):
                _failed(row, JobFailed("stopped"))
            else:
                row.status = TaskResultStatus.READY
                row.save(update_fields=["status"])
    return len(left)


def forget_what_was_done() -> None:
    """Let go of what went well a month ago; what failed stays until somebody looks at it."""
    DBTaskResult.objects.successful().filter(finished_at__lt=dates.now() - KEPT).delete()


def be_seen(since: WorkerSeen | None) -> WorkerSeen:
    """Say, now and then, that the worker is there."""
    now = dates.now()
    if since is None:
        WorkerSeen.objects.all().delete()
        return WorkerSeen.objects.create(started_at=now, seen_at=now)
    if not timedelta() <= now - since.seen_at < SEEN_EVERY:  # also where the clock was ahead
        since.seen_at = now
        since.save(update_fields=["seen_at"])
    return since


def stands_still_since(now: datetime) -> datetime | None:
    """Since when no worker was seen; None while there is one, or while there has been none yet. One that does a long
    job is not seen, and is there.
    """
    seen = WorkerSeen.objects.first()
    if seen is None or now - seen.seen_at <= STANDS_STILL_AFTER:
        return None
    at_work = DBTaskResult.objects.running().filter(started_at__gt=now - LONGEST_JOB)
    return None if at_work.exists() else seen.seen_at


def wait_no_longer_than_said() -> None:
    """What is to be tried later than any wait says was put by under a clock that was ahead: it is tried now."""
    now = dates.now()
    late = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=now + WAITS[-1], run_after__lt=get_date_max()
    )
    if late.exists():  # a read, as below
        late.update(run_after=now)


def anything_ready() -> bool:
    """Whether there is work; a read, so that a worker without work holds nobody up."""
    return DBTaskResult.objects.ready().exists()
