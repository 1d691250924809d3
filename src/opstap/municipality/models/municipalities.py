"""Municipalities and their settings."""

from __future__ import annotations

from django.db import models

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.foundation.references import new_reference
from opstap.municipality.enums import Environment


class Municipality(models.Model):
    """One municipality; an installation may serve several."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    name = models.CharField(max_length=120, unique=True)
    cbs_code = models.CharField(max_length=4, blank=True)
    environment = models.CharField(max_length=12, choices=Environment, default=Environment.PRODUCTION)
    banner = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Setting(PeriodFact):
    """The value of a setting for a period, as known since a recording."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="settings")
    key = models.CharField(max_length=40)
    value = models.JSONField()

    objects = PeriodQuerySet["Setting"].as_manager()

    class Meta(PeriodFact.Meta):
        indexes = [models.Index(fields=["municipality", "key"], name="setting_by_key")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class SetupCode(models.Model):
    """The one-time code that lets somebody set up an empty installation on screen; only its digest is kept."""

    digest = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_at}"
