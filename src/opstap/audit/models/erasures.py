"""Permits to erase, and what was erased when: no person stands in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models.recordings import Recording
from opstap.foundation.appendonly import AppendOnlyModel


class ErasurePermit(models.Model):
    """A client whose rows may leave now. It stands there only within the transaction that erases them."""

    client = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return "permit"


class PermittedRow(models.Model):
    """A single row, of a table without a client, that may leave or be emptied now; as above."""

    table = models.CharField(max_length=80)
    row = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "row"], name="row_is_permitted_once")]

    def __str__(self) -> str:
        return self.table


class Erasure(AppendOnlyModel):
    """Somebody was erased in this recording. The last one is the generation that every cache compares."""

    never_erased: ClassVar = True

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")
    municipality = models.BigIntegerField()
    rows = models.BigIntegerField()

    def __str__(self) -> str:
        return f"erased in {self.recording_id}"
