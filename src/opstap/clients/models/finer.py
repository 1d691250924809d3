"""Finer kinds of barriers: off until the municipality records its ground, and kept for a term of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.circumstances import Barrier
from opstap.clients.models.clients import Client


class FinerBarrier(Fact):
    """What kind a barrier is within its broad kind (GDPR art. 9 and 10), encrypted.

    It names the version of the barrier with which it was recorded, and goes with every later version. It is in no
    columnar table, so reports, matching and files don't know it. Erased with the dossier, and earlier by its own term.
    """

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("kind_encrypted", "kind_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="finer_barriers")
    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    kind_encrypted = models.BinaryField()
    kind_key = models.CharField(max_length=20)

    objects = FactQuerySet["FinerBarrier"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id}"
