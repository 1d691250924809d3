"""The worker of the tests: does what was put by, on the connection of the test."""

from __future__ import annotations

from django_tasks_db.models import DBTaskResult

from opstap.foundation.jobs.working import Jobs


def do_all() -> None:
    """Do what is ready and come back. The library's loop closes connections that are a minute old, the test's too."""
    worker = Jobs("here")
    while (row := DBTaskResult.objects.ready().first()) is not None:
        row.claim(worker.worker_id)
        worker.run_task(row)
