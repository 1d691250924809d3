"""What holds for a client for a period: exemptions, barriers, traits, memberships of target groups and programmes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import WHY, Client
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class Exemption(PeriodFact):
    """A temporary release from a duty, with its ground."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="exemptions")
    duty = models.CharField(max_length=40, blank=True)
    ground = models.CharField(max_length=40)
    decided_on = models.DateField(null=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Exemption"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.ground}"


class Barrier(PeriodFact):
    """What keeps someone from participating, in a broad functional kind (GDPR art. 9: finer kinds are off)."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="barriers")
    kind = models.CharField(max_length=40)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Barrier"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class Trait(PeriodFact):
    """A trait of the client with its value."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="traits")
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Trait"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class Programme(models.Model):
    """A target group or programme of a municipality; nobody is put in it from `ended_on` on."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=120)
    meaning = models.CharField(max_length=300, blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="programme_is_unique_in_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(PeriodFact):
    """A client in a target group or programme."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="memberships")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Membership"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.programme_id}"
