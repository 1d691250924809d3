"""Handing clients over to a colleague, and standing in for one. Each change of state is a row that replaces another."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet, PeriodFact, PeriodQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE, RETENTION_STAFF, Asked
from opstap.clients.models.clients import Client
from opstap.municipality.models import Municipality


class HandoverQuerySet(FactQuerySet["Handover"]):
    """The vocabulary of hand-overs."""

    def waiting(self) -> HandoverQuerySet:
        """Asked, and nobody has answered yet."""
        return self.current().filter(state=Asked.OPEN)

    def readable_for(self, user_id: int, day: date) -> HandoverQuerySet:
        """Accepted, and this former worker may still read along on the day."""
        return self.current().filter(state=Asked.ACCEPTED, giver=user_id, reads_until__gt=day)


class Handover(Fact):
    """One client of those that a worker hands over to a colleague together; `batch` is what they are asked under."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "answer_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="handovers")
    batch = models.CharField(max_length=12, db_index=True)
    giver = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    receiver = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    from_on = models.DateField()
    state = models.CharField(max_length=12)
    reads_until = models.DateField(null=True)
    note_encrypted = models.BinaryField(null=True)
    answer_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"


class StandInQuerySet(PeriodQuerySet["StandIn"]):
    """The vocabulary of standing in."""

    def waiting(self) -> StandInQuerySet:
        """Asked, and nobody has answered yet."""
        return self.current().filter(state=Asked.OPEN)

    def of(self, user_id: int, day: date) -> StandInQuerySet:
        """Agreed, and this worker stands in on the day; in whichever municipality."""
        return self.active_on(day).filter(state=Asked.ACCEPTED, stand_in=user_id)

    def within(self, municipality_id: int | None) -> StandInQuerySet:
        """In the caseload of this municipality. What was said before there was a choice holds where the absent has the
        account.
        """
        before = models.Q(municipality=None, absent__municipality=municipality_id or 0)
        return self.filter(models.Q(municipality=municipality_id or 0) | before)


class StandIn(PeriodFact):
    """A colleague who takes over the caseload that somebody absent has in a municipality, for a period."""

    retention: ClassVar = RETENTION_STAFF
    sealed_columns: ClassVar = ("note_encrypted", "answer_encrypted", "note_key")

    reference = models.CharField(max_length=12, db_index=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="+"
    )
    absent = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    stand_in = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="+")
    state = models.CharField(max_length=12)
    note_encrypted = models.BinaryField(null=True)
    answer_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)

    objects = StandInQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.stand_in_id} for {self.absent_id}"
