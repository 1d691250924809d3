"""Recordings: the one order of all writing, and what was done in each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.foundation.appendonly import AppendOnlyModel


class RecordingCounter(models.Model):
    """The single row that is locked from the first write of a transaction until it commits."""

    last_number = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.last_number)


class Recording(AppendOnlyModel):
    """One writing transaction: its place in the order, its moment, who, and by which road."""

    never_erased: ClassVar = True

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_reference = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=120)
    source = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.number} ({self.source})"


class Event(AppendOnlyModel):
    """What was done in a recording: an operation, about what, and how many."""

    emptied_columns: ClassVar = ("about",)

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    count = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.verb} {self.about}".strip()
