"""Research that the municipality permits: on what ground, what for, of which moments, and how long."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.municipality.models import Municipality


class ResearchPermit(PeriodFact):
    """One piece of research, by which institution; `reference` is its own through all corrections. It always ends.

    `earlier` and `later` are the ends of two quarters ("2025-4"), `scale` the key of a scale: so there is one extract
    for it, and nobody chooses moments until two extracts differ in one person.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    institution = models.CharField(max_length=120)
    ground = models.CharField(max_length=300)
    purpose = models.CharField(max_length=1000)
    earlier = models.CharField(max_length=6)
    later = models.CharField(max_length=6)
    scale = models.SlugField(max_length=60)

    objects = PeriodQuerySet["ResearchPermit"].as_manager()

    class Meta(PeriodFact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PeriodFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="permit_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
