"""How far a job is, told by the job while it runs and read by a page: the step, on how many of what, since when."""

from __future__ import annotations

from opstap.foundation import dates
from opstap.foundation.jobs.models import Progress


def tell(key: str, step: str, count: int = 0) -> None:
    """Say that the job of this key came to a step. Seen by others at once, so not within a transaction of the job."""
    Progress.objects.update_or_create(key=key, defaults={"step": step, "count": count, "since": dates.now()})


def told(key: str) -> Progress | None:
    """The step it is at; None before the first one, and after the end."""
    return Progress.objects.filter(key=key).first()


def end(key: str) -> None:
    """Let go of it: the job is over, however it ended."""
    Progress.objects.filter(key=key).delete()
