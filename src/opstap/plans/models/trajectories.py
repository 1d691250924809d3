"""Trajectories, and the activities and instruments under them. `reference` is theirs through all corrections."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.audit.models import PeriodFact, PeriodQuerySet
from opstap.clients.models import Client
from opstap.ladder.models import Level
from opstap.plans.enums import RETENTION_CLIENT_FILE

BEGINS_ONCE = models.UniqueConstraint(
    fields=["reference"], condition=Q(replaces__isnull=True), name="%(app_label)s_%(class)s_begins_once"
)


class Trajectory(PeriodFact):
    """A set of activities towards a goal: a level of a scale, or to keep the level (`maintains_level`)."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="trajectories")
    reference = models.CharField(max_length=12)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    goal_level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    maintains_level = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=400, blank=True)

    objects = PeriodQuerySet["Trajectory"].as_manager()

    class Meta(PeriodFact.Meta):
        constraints = [
            *PeriodFact.Meta.constraints,
            BEGINS_ONCE,
            models.CheckConstraint(
                condition=Q(goal_level__isnull=True) | Q(maintains_level=False),
                name="goal_is_a_level_or_keeping_the_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class UnderTrajectory(PeriodFact):
    """Something that hangs under a trajectory, named by its reference, so that a correction of it changes nothing."""

    reference = models.CharField(max_length=12)
    trajectory = models.CharField(max_length=12)
    why = models.CharField(max_length=400, blank=True)

    class Meta(PeriodFact.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [*PeriodFact.Meta.constraints, BEGINS_ONCE]
        # Not `db_index`: PostgreSQL would keep a second index, for searching on the beginning of a reference.
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["trajectory"], name="%(class)s_of_trajectory")]


class Activity(UnderTrajectory):
    """A concrete thing that a client does."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="activities")
    description = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, blank=True)

    objects = PeriodQuerySet["Activity"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.starts_on}"


class Instrument(UnderTrajectory):
    """A means that is used for a client. The statistics call it a provision."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="instruments")
    kind = models.CharField(max_length=40)
    supplier = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=40, blank=True)

    objects = PeriodQuerySet["Instrument"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"
