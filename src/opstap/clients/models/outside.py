"""What somebody leaves for the worker of a client who is out of their own reach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE, CallBackState
from opstap.clients.models.clients import Client


class CallBackQuerySet(FactQuerySet["CallBack"]):
    """The vocabulary of calling back."""

    def waiting(self) -> CallBackQuerySet:
        """Not called back yet."""
        return self.current().filter(state=CallBackState.OPEN)


class CallBack(Fact):
    """A client called while the worker was away: the number to call back and a few words, encrypted."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="call_backs")
    reference = models.CharField(max_length=12, db_index=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="+")
    state = models.CharField(max_length=12)
    note_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)

    objects = CallBackQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"
