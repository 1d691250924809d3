"""What the privacy officer says of a record of the access log."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import Recording
from opstap.foundation.appendonly import AppendOnlyModel
from opstap.municipality.models import Municipality
from opstap.privacy.enums import Verdict


class Judgement(AppendOnlyModel):
    """A verdict on one look; the latest holds. It names the record by its chain and place: the log stands apart."""

    retention: ClassVar = "access_log"

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    chain = models.CharField(max_length=24)
    position = models.BigIntegerField()
    verdict = models.CharField(max_length=12, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    remark = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["chain", "position"], name="judgement_of_a_record")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.chain}/{self.position}"
