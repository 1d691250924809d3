"""Follow-up, applications, benefit spells and caseload assignments."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from opstap.accounts.models import Team, User
from opstap.audit.models import Fact, FactQuerySet, PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE, AssignmentRole
from opstap.clients.models.clients import WHY, Client
from opstap.clients.models.handing import StandIn


class FollowUp(PeriodFact):
    """The period in which someone is followed, from intake to closing. A benefit is not required."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="follow_ups")
    ground = models.CharField(max_length=40)
    end_reason = models.CharField(max_length=40, blank=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["FollowUp"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.starts_on}"


class Application(Fact):
    """An application for benefit: reported, applied, decided, with its outcome."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="applications")
    reported_on = models.DateField()
    applied_on = models.DateField(null=True)
    law = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField(null=True)
    from_ww = models.BooleanField(default=False)
    why = models.CharField(**WHY)

    objects = FactQuerySet["Application"].as_manager()

    @property
    def starts_on(self) -> date:
        """An application waits from the day it was reported."""
        return self.reported_on

    @property
    def ends_on(self) -> date | None:
        """Until it was decided."""
        return self.decided_on

    def __str__(self) -> str:
        return f"{self.client_id} {self.reported_on}"


class BenefitSpell(PeriodFact):
    """A benefit of one kind for a period, with the reasons of entry and exit."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="benefit_spells")
    kind = models.CharField(max_length=40)
    entry_reason = models.CharField(max_length=40, blank=True)
    exit_reason = models.CharField(max_length=40, blank=True)
    origin_of_entry = models.CharField(max_length=40, blank=True)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["BenefitSpell"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class AssignmentQuerySet(PeriodQuerySet["Assignment"]):
    """The vocabulary of caseloads."""

    def for_caseload_of(self, user_id: int, day: date) -> Self:
        """In the caseload of this worker on the day."""
        return self.active_on(day).filter(role=AssignmentRole.CASE_MANAGER, worker_id=user_id)

    def in_reach_of(
        self, team_ids: frozenset[int], worker_ids: frozenset[int], day: date, batch_of: int | None = None
    ) -> Self:
        """In a caseload of one of these teams on the day, or of one of these workers; or given to `batch_of` by name,
        as their case manager or beside one.
        """
        reached = Q(team_id__in=team_ids) | Q(worker_id__in=worker_ids)
        reached &= Q(role=AssignmentRole.CASE_MANAGER)
        if batch_of is not None:
            reached |= Q(worker_id=batch_of)
        return self.active_on(day).filter(reached)

    def stood_in_by(self, user_id: int, municipality_id: int | None, day: date) -> Self:
        """In the caseload of somebody for whom this worker stands in on the day, in a municipality. Whose clients of
        that municipality are meant, the gate says.
        """
        absent = StandIn.objects.of(user_id, day).within(municipality_id).values("absent")
        return self.active_on(day).filter(role=AssignmentRole.CASE_MANAGER, worker_id__in=absent)


class Assignment(PeriodFact):
    """A client in a caseload: a team, and a worker unless the team has yet to divide the work."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="assignments")
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="assignments"
    )
    role = models.CharField(max_length=40)
    end_reason = models.CharField(max_length=40, blank=True)
    why = models.CharField(**WHY)

    objects = AssignmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.role}"
