"""Indicators that a municipality composes itself, and the targets of every indicator."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.accounts.models import Team
from opstap.audit.models import Fact, FactQuerySet, PeriodFact, PeriodQuerySet
from opstap.municipality.models import Municipality


class ComposedIndicator(Fact):
    """A share that somebody composed without code; `reference` and `key` are its own through all corrections.

    `base` is a list of conditions and `counted` one, each as what it is about and its groups: see
    `opstap.reporting.logic.Composition`.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    meaning = models.CharField(max_length=500)
    about = models.CharField(max_length=8)
    base = models.JSONField()
    counted = models.JSONField()
    better = models.SmallIntegerField()
    matures_after = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, default="persons")
    scale = models.SlugField(max_length=60, blank=True)

    objects = FactQuerySet["ComposedIndicator"].as_manager()

    class Meta(Fact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="indicator_begins_once"
            ),
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(replaces__isnull=True), name="indicator_key_is_given_once"
            ),
            models.CheckConstraint(condition=Q(about__in=["day", "two_days"]), name="indicator_is_of_one_day_or_two"),
            models.CheckConstraint(condition=Q(better__in=[-1, 0, 1]), name="indicator_has_a_direction"),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorTarget(PeriodFact):
    """What share an indicator is to have in a calendar year: in a team, or without one in the whole municipality.

    `indicator` is its key in the registry; `reference` is the target's own through all corrections.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=12)
    indicator = models.SlugField(max_length=60)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    percent = models.DecimalField(max_digits=4, decimal_places=1)

    objects = PeriodQuerySet["IndicatorTarget"].as_manager()

    class Meta(PeriodFact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PeriodFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="target_begins_once"
            ),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="target_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.starts_on.year}: {self.percent}%"

    @property
    def year(self) -> int:
        """The calendar year in which it holds."""
        return self.starts_on.year
