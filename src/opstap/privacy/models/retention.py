"""How long dossiers are kept, whose may not go yet, and lists of dossiers that are to go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet, Recording
from opstap.clients.models import Client
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality
from opstap.privacy.enums import RETENTION_CLIENT_FILE


class RetentionRule(PeriodFact):
    """How many years a dossier of one outcome is kept in a municipality, from when, and who says so."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField()
    starts_at = models.CharField(max_length=10)
    source = models.CharField(max_length=200)

    objects = PeriodQuerySet["RetentionRule"].as_manager()

    def __str__(self) -> str:
        return f"{self.outcome} {self.years}"


class LegalHold(PeriodFact):
    """A dossier that may not be erased for a while: a case, a complaint, a sanction. Why stands encrypted."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("why_encrypted", "why_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="legal_holds")
    why_encrypted = models.BinaryField()
    why_key = models.CharField(max_length=20)

    objects = PeriodQuerySet["LegalHold"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.starts_on}"


class Destruction(models.Model):
    """A list of dossiers to erase: who proposed it, who confirmed it, and what was erased. It stays as the proof."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    proposed = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+")
    confirmed = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, related_name="+")
    finished = models.ForeignKey(Recording, on_delete=models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField()
    erased = models.PositiveIntegerField(default=0)
    by_outcome = models.JSONField(default=dict)
    by_table = models.JSONField(default=dict)
    cleaned_at = models.DateTimeField(null=True)  # when the file of an embedded database was written anew

    def __str__(self) -> str:
        return self.reference


class DestructionLine(models.Model):
    """A dossier on such a list, until it is erased."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    destruction = models.ForeignKey(Destruction, on_delete=models.CASCADE, related_name="lines")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    outcome = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["destruction", "client"], name="dossier_is_listed_once")]

    def __str__(self) -> str:
        return str(self.client_id)
