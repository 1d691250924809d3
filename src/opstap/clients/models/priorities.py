"""Whom a worker puts first for a time, with why. Set by people alone: nothing in Opstap marks or ranks anybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import WHY, Client


class Priority(PeriodFact):
    """A client who comes first for a time; why stands encrypted, and what came of it is a code."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="priorities")
    note_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=40, blank=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Priority"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id}"
