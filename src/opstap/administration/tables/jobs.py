"""Jobs in words: which failed and why, what waits, and how the planned ones are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.administration.selectors.jobs import failed, going, last_done
from opstap.foundation.jobs.naming import NAMES
from opstap.foundation.jobs.planning import Daily, schedule

MOST = 100
WHENEVER = 9999  # the year that stands for a job without a moment
REASONS: Mapping[str, Any] = {
    "stopped": gettext_lazy("It was cut off three times: the server stopped, or ran out of memory."),
    "log_is_wrong": gettext_lazy(
        "A record of the access log is not what was written. Run opstap audit verify, and tell the privacy officer."
    ),
    "clock_is_ahead": gettext_lazy(
        "Nothing was removed: nothing was written in the log a month ago, so the clock of the server may be ahead. "
        "Check it. After a month of use it goes by itself."
    ),
    "database_is_read": gettext_lazy("Somebody was reading all the time, so the database could not be written anew."),
    "mail_not_set": gettext_lazy("Outgoing mail has not been set up."),
    "mail_unreachable": gettext_lazy("The mail server did not answer."),
    "mail_sign_in": gettext_lazy("The mail server refused the name or the password."),
    "mail_sender": gettext_lazy("The mail server does not let the sender's address send."),
    "mail_addressee": gettext_lazy("The mail server refused the address of the addressee."),
    "mail_refused": gettext_lazy("The mail server refused the message."),
    "mail_later": gettext_lazy("The mail server can't take the message now."),
    "mail_certificate": gettext_lazy("The certificate of the mail server is not right."),
    "mail_not_secure": gettext_lazy("The mail server does not offer what the settings ask (STARTTLS or signing in)."),
}


@dataclass(frozen=True)
class Job:
    """A job that was put by."""

    id: str
    name: str
    put_by_at: datetime
    tried: int
    at: datetime | None
    why: str


@dataclass(frozen=True)
class PlannedJob:
    """A job of the schedule."""

    name: str
    last_done_at: datetime | None
    next_at: datetime
    missed: bool  # for two nights or more


def failed_jobs() -> list[Job]:
    """The last ones first."""
    return [_job(row) for row in failed()[:MOST]]


def waiting_jobs() -> list[Job]:
    """What is being done, and what will be, in order."""
    return [_job(row) for row in going()[:MOST]]


def planned_jobs(now: datetime) -> list[PlannedJob]:
    """The schedule, with when each was last done."""
    done = last_done(now)
    return [_planned(one, done.get(one.task.module_path), now) for one in schedule]


def _planned(one: Daily, done_at: datetime | None, now: datetime) -> PlannedJob:
    missed = done_at is not None and done_at < one.last_due(now) - timedelta(days=1)
    return PlannedJob(name_of(one.task.module_path), done_at, one.next_due(now), missed)


def name_of(path: str) -> str:
    """What a job is called; one of an earlier version by its own name."""
    return _(NAMES[path]) if path in NAMES else path.rsplit(".", 1)[-1]


def _job(row: DBTaskResult[Any, Any]) -> Job:
    reason = row.return_value.get("reason", "") if isinstance(row.return_value, dict) else ""
    at = row.finished_at if row.status == TaskResultStatus.FAILED else row.run_after
    return Job(
        str(row.pk),
        name_of(row.task_path),
        row.enqueued_at,
        len(row.worker_ids),
        at if at is not None and at.year < WHENEVER else None,
        _why(reason, row.exception_class_path),
    )


def _why(reason: str, error: str) -> str:
    if reason in REASONS:
        return str(REASONS[reason])
    if not reason:
        return ""
    return _("An unexpected error: %(error)s.") % {"error": error.rsplit(".", 1)[-1]}
