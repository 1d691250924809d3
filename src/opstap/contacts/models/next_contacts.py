"""The contact that is agreed next, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models import Client
from opstap.contacts.enums import AgreedState


class NextContactQuerySet(FactQuerySet["NextContact"]):
    """The vocabulary of agreed contacts."""

    def waiting(self) -> NextContactQuerySet:
        """Agreed and still to come about, as known now."""
        return self.current().filter(state=AgreedState.OPEN)


class NextContact(Fact):
    """A contact agreed for a day. What becomes of it is a row that replaces it: held, missed, replaced, cancelled."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="next_contacts")
    planned_on = models.DateField()
    planned_time = models.TimeField(null=True)
    kind = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    agreed = models.BooleanField(default=True)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    state = models.CharField(max_length=20, default=AgreedState.OPEN)
    why = models.CharField(max_length=400, blank=True)

    objects = NextContactQuerySet.as_manager()

    class Meta(Fact.Meta):
        indexes = [
            models.Index(
                fields=["planned_on"], condition=Q(state=AgreedState.OPEN.value, withdrawn=False), name="next_by_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.planned_on}"
