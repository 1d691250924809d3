"""Until when each planned job was put by, and when the worker was last seen."""

from __future__ import annotations

from django.db import models


class Planned(models.Model):
    """A job of the schedule, with the last moment for which it was put by."""

    key = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class WorkerSeen(models.Model):
    """The worker of this installation: there is one row."""

    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seen_at}"


class Progress(models.Model):
    """The step that a long job is at, on how many of what, and since when; gone when the job is over."""

    key = models.CharField(max_length=60, primary_key=True)
    step = models.CharField(max_length=30)
    count = models.IntegerField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key}: {self.step}"
