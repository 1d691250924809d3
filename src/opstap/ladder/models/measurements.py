"""Placements: the central fact of Opstap."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.models import Client
from opstap.ladder.enums import Growth
from opstap.ladder.models.scales import Level, Scale


class Measurement(Fact):
    """A placement of a client on a scale at a measuring moment, with the traits of that day copied beside it."""

    retention: ClassVar = "client_file"

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="measurements")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    measured_on = models.DateField()
    level = models.ForeignKey(Level, on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+")
    growth = models.SmallIntegerField(default=Growth.UNKNOWN)
    expected_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    expected_by = models.DateField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    second_assessment = models.BooleanField(default=False)
    instrument_in_use = models.CharField(max_length=40, blank=True)
    income_situation = models.CharField(max_length=40, blank=True)
    low_literate = models.CharField(max_length=40, blank=True)
    basic_qualification = models.CharField(max_length=40, blank=True)
    integration = models.CharField(max_length=40, blank=True)
    exempt = models.CharField(max_length=40, blank=True)
    answers = models.CharField(max_length=400, blank=True)
    found_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    override_reason = models.CharField(max_length=400, blank=True)
    client_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    client_view = models.CharField(max_length=1000, blank=True)
    with_support = models.BooleanField(default=False)
    with_aftercare = models.BooleanField(default=False)
    why = models.CharField(max_length=400, blank=True)

    objects = FactQuerySet["Measurement"].as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(growth__in=[-1, 0, 1]), name="growth_is_yes_no_or_unknown"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.measured_on}"
