"""Figures that were printed before Opstap, so that a series does not begin at nought. No person stands in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.audit.models import Fact, FactQuerySet
from opstap.municipality.models import Municipality


class EarlierFigures(Fact):
    """A table of one day as it was printed: by level of a scale how many people, where that was printed.

    Nobody can count it again: `source` says where it stands. `counts` has a number for each code that was printed.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    on = models.DateField()
    scale = models.SlugField(max_length=60)
    counts = models.JSONField()
    source = models.CharField(max_length=200)

    objects = FactQuerySet["EarlierFigures"].as_manager()

    class Meta(Fact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="earlier_figures_begin_once"
            ),
        ]

    def __str__(self) -> str:
        return self.source
