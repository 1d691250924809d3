"""A job that failed: done again, or put away."""

from __future__ import annotations

from django.http import Http404
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates


def retry_job(*, by: Actor, job_id: str) -> None:
    """Put it by anew, with all its tries. Http404 when it is not there or did not fail: somebody was before."""
    by.require("configure_municipality")
    with writing(by=by, verb="retry_job", about=job_id):
        changed = (
            DBTaskResult.objects.failed()
            .filter(pk=job_id)
            .update(
                status=TaskResultStatus.READY, worker_ids=[], return_value=None, run_after=dates.now(), finished_at=None
            )
        )
        if not changed:
            raise Http404


def put_job_away(*, by: Actor, job_id: str) -> None:
    """Remove one that failed and need not be done any more. Http404 as above."""
    by.require("configure_municipality")
    with writing(by=by, verb="put_job_away", about=job_id):
        if not DBTaskResult.objects.failed().filter(pk=job_id).delete()[0]:
            raise Http404
