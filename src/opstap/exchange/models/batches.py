"""An import on its way from a file to facts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import Recording
from opstap.exchange.enums import STAGING_RETENTION, BatchState
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class ImportBatch(models.Model):
    """One file that was offered: how it was read, what came of the check, and the recording it became.

    `file_digest` is that of the file, and another after each correction made here.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    source = models.CharField(max_length=64)
    headings = models.JSONField()
    overrides = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    scale_key = models.CharField(max_length=40)
    reference_date = models.DateField(null=True)
    state = models.CharField(max_length=12, default=BatchState.CHECKED.value)
    result = models.JSONField(default=dict)
    made_by = models.CharField(max_length=40)
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, related_name="+")
    undone_in = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.reference


class StagedRow(models.Model):
    """A row of the file, encrypted: its cells and its problems."""

    retention: ClassVar = STAGING_RETENTION

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    row_class = models.CharField(max_length=10, blank=True)
    has_warning = models.BooleanField(default=False)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="staged_row_is_unique_in_its_batch")]

    def __str__(self) -> str:
        return str(self.number)


class RememberedMapping(models.Model):
    """Which heading of a source means which field, as somebody chose it last."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=64)
    overrides = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "source"], name="mapping_is_remembered_once_a_source")
        ]

    def __str__(self) -> str:
        return self.source
