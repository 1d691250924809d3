"""Dossiers that are kept from most who would reach them: protected, or of somebody whom a worker knows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.accounts.models import User
from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import WHY, Client


class Protection(PeriodFact):
    """A dossier that only the case manager and those named see: of a colleague, a relative, somebody threatened."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="protections")
    reason = models.CharField(max_length=40)
    review_on = models.DateField()
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Protection"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.reason}"


class Admission(PeriodFact):
    """Somebody who is named to see a protected dossier beside the case manager, within the scope of their role."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="admissions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Admission"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.user_id}"


class Acquaintance(PeriodFact):
    """A worker who knows the person, and so sees nothing of the dossier, whatever their role reaches."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="acquaintances")
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Acquaintance"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.user_id}"
