"""What is left of somebody who was erased: rows to count with, by the month, and nothing that tells who it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.foundation.appendonly import AppendOnlyModel
from opstap.municipality.models import Municipality


class Residue(AppendOnlyModel):
    """A row of a table of facts, as it held for somebody of whom nothing else is known; `person` is below zero."""

    never_erased: ClassVar = True

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    person = models.BigIntegerField()
    table = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_on = models.DateField()
    counted = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "table"], name="residue_by_table")]

    def __str__(self) -> str:
        return f"{self.table} {self.starts_on}"
