"""Publications: figures that were set down, as they were released. No person stands in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.audit.models import Fact, FactQuerySet
from opstap.municipality.models import Municipality


class Publication(Fact):
    """A set of tables of one reference date, or (`within` another) one table made for a question of somebody.

    First it is asked for; the row that replaces this one holds the figures, or says in `why` that they can't be
    released. `counted` is the recording as of which it was counted, `earlier` the day that movement is counted from.
    A withdrawal keeps the figures: what is out stays known, and says in `why` what was wrong.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    within = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    promise = models.CharField(max_length=300)
    asker = models.CharField(max_length=120)
    on = models.DateField()
    earlier = models.DateField()
    counted = models.BigIntegerField()
    scale = models.SlugField(max_length=60)
    threshold = models.IntegerField()
    dimensions = models.JSONField()
    figures = models.JSONField()
    why = models.CharField(max_length=300)

    objects = FactQuerySet["Publication"].as_manager()

    class Meta(Fact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="publication_is_asked_for_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
