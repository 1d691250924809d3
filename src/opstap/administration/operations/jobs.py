"""A job that failed: done again, or put away."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.audit.logic.entries import DONE
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality

PAGE = "administration:jobs"  # the address, as the access log has it


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
    """Remove one that failed and need not be done any more. Http404 as above.

    Jobs are of the installation (decision record 51): it stands in the access log of every other municipality too.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="put_job_away", about=job_id):
        if not DBTaskResult.objects.failed().filter(pk=job_id).delete()[0]:
            raise Http404
    if by.municipality_id is None:
        return
    here = Municipality.objects.get(pk=by.municipality_id)
    for other in Municipality.objects.exclude(pk=here.pk).order_by("pk"):
        there = replace(by, municipality_id=other.pk, on_behalf_of=here.name)
        log_access(by=there, action=PAGE, method="POST", result=DONE, seen=Seen())
