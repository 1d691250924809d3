"""Reads: the jobs that failed, that wait, and when each was done last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.audit.permissions import Actor

Row = DBTaskResult[Any, Any]
GOING = frozenset({TaskResultStatus.READY, TaskResultStatus.RUNNING})


def failed() -> QuerySet[Row]:
    """The last ones first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def going() -> QuerySet[Row]:
    """What is being done, and what will be, in order."""
    return DBTaskResult.objects.filter(status__in=GOING).order_by("run_after", "enqueued_at")


def last_done(now: datetime) -> Mapping[str, datetime]:
    """For each job, by its path, when it was done last; not what a clock that was ahead says."""
    done = DBTaskResult.objects.successful().filter(finished_at__lte=now)
    return dict(done.values_list("task_path").annotate(Max("finished_at")))


def failed_waiting(actor: Actor) -> QuerySet[Row, Any] | None:
    """How many failed, as a subquery of one number; None for who does not look after them."""
    if not actor.may("configure_municipality"):
        return None
    counted = DBTaskResult.objects.failed().order_by().annotate(all=Value(1)).values("all")
    return counted.annotate(waiting=Count("pk")).values_list("waiting", flat=True)
