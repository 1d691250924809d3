"""Contacts as they were held, missed or cancelled."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models import Client
from opstap.contacts.enums import Outcome


class ContactQuerySet(FactQuerySet["Contact"]):
    """The vocabulary of contacts."""

    def held(self) -> ContactQuerySet:
        """Conversations that took place, as known now."""
        return self.current().filter(outcome=Outcome.HELD)


class Contact(Fact):
    """A conversation with a client, or one that did not come about. The note stands encrypted with its key's id."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="contacts")
    held_on = models.DateField()
    kind = models.CharField(max_length=40)
    outcome = models.CharField(max_length=40)
    looked = models.CharField(max_length=40, blank=True)
    worker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    note_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=400, blank=True)

    objects = ContactQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} {self.held_on}"
