"""Households: the benefit belongs to the household, the placement to the person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet, Recording
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import WHY, Client
from opstap.foundation.appendonly import AppendOnlyModel
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class Household(AppendOnlyModel):
    """A household's identity; its type and members are facts."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.reference


class HouseholdComposition(PeriodFact):
    """The type of a household: single, single parent, couple with or without children."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_constraint=False, related_name="compositions")
    kind = models.CharField(max_length=40)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["HouseholdComposition"].as_manager()

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"


class HouseholdMember(PeriodFact):
    """A client in a household. On one day a client is in one household."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(
        Client, on_delete=models.PROTECT, db_constraint=False, related_name="household_memberships"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_constraint=False, related_name="members")
    role = models.CharField(max_length=40)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["HouseholdMember"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} in {self.household_id}"
