"""The schedule: each planned job is put by once for each moment, however many processes run and stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.jobs.models import Planned
from opstap.foundation.registry import Registry


@dataclass(frozen=True)
class Daily:
    """A job of every night, at a time in Amsterdam."""

    task: Task[Any, Any]
    at: time

    def last_due(self, now: datetime) -> datetime:
        """The last moment, up to now, at which it was to be done."""
        today = now.astimezone(AMSTERDAM).date()
        due = datetime.combine(today, self.at, AMSTERDAM)
        return due if due <= now else datetime.combine(today - timedelta(days=1), self.at, AMSTERDAM)

    def next_due(self, now: datetime) -> datetime:
        """The first moment after now."""
        day = self.last_due(now).astimezone(AMSTERDAM).date()
        return datetime.combine(day + timedelta(days=1), self.at, AMSTERDAM)


schedule: Registry[Daily] = Registry("schedule")


def put_by_what_is_due(now: datetime) -> list[str]:
    """Put by every planned job whose moment came since it was last put by; a new one at once. Returns their keys.

    One of a clock that was more than a day ahead was done then: it goes on with the next night.
    """
    return [key for key in schedule.keys() if _put_by(key, now)]  # noqa: SIM118 - a registry, not a dictionary


def _put_by(key: str, now: datetime) -> bool:
    planned = schedule.get(key)
    if planned is None:
        return False
    due = planned.last_due(now)
    with transaction.atomic():
        row, is_new = Planned.objects.get_or_create(key=key, defaults={"due_at": due})
        if row.due_at > planned.next_due(now):  # put by under a clock that was ahead: it would wait for that day
            Planned.objects.filter(key=key).update(due_at=due)
            return False
        if not (is_new or Planned.objects.filter(key=key, due_at__lt=due).update(due_at=due)):
            return False
        planned.task.enqueue()
    return True
