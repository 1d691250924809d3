"""What clients ask about their own data, and what was answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.models import Client
from opstap.privacy.enums import RETENTION_CLIENT_FILE


class RightsRequestQuerySet(FactQuerySet["RightsRequest"]):
    """The vocabulary of requests."""

    def waiting(self) -> RightsRequestQuerySet:
        """Not answered yet, as known now."""
        return self.current().filter(outcome="")


class RightsRequest(Fact):
    """A request of a client, or beside one record of theirs (`about`, `about_row`). `reference` is its own through all
    corrections; the client's words and ours stand encrypted.
    """

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("texts_encrypted", "texts_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="rights_requests")
    reference = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    received_on = models.DateField()
    due_on = models.DateField()
    about = models.CharField(max_length=60, blank=True)
    about_row = models.BigIntegerField(null=True)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    outcome = models.CharField(max_length=12, blank=True)
    settled_on = models.DateField(null=True)
    texts_encrypted = models.BinaryField(null=True)
    texts_key = models.CharField(max_length=20, blank=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reference"], condition=Q(replaces__isnull=True), name="request_begins_once"
            ),
        ]
        indexes = [models.Index(fields=["reference"], name="request_by_reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"
