"""Around a client: who is addressed for them or interprets, how to go there, and numbers in other systems."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import WHY, Client


class PersonAround(PeriodFact):
    """An administrator, mentor or proxy, who is the one to address, or an interpreter."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="people_around")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["PersonAround"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class Arrangement(PeriodFact):
    """For how long someone can't be reached, or is visited with two. Neutral: no reason is kept."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="arrangements")
    kind = models.CharField(max_length=40)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Arrangement"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class CaseNumber(PeriodFact):
    """The number of a case in the municipality's case system."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="case_numbers")
    number = models.CharField(max_length=60)
    about = models.CharField(max_length=120, blank=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["CaseNumber"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.number}"
