"""Contacts and agreed contacts, made by the operations."""

from __future__ import annotations

from datetime import date, time

from opstap.accounts.models import User
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client
from opstap.contacts.logic import ContactRow, NextContactRow, Note
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.operations import record_contacts, record_next_contacts


def spoken(
    client: Client,
    on: date,
    *,
    kind: str = "office",
    outcome: str = "held",
    note: str = "",
    worker: User | None = None,
    by: Actor | None = None,
) -> Contact:
    """A contact that is recorded."""
    row = ContactRow(client.pk, on, kind, outcome, note=Note(note), worker_id=worker.pk if worker else None)
    record_contacts(by=by or command_line(), rows=[row])
    return Contact.objects.filter(client=client).latest("pk")


def agreed(
    client: Client, on: date, at: time | None = None, *, kind: str = "office", place: str = "", by: Actor | None = None
) -> NextContact:
    """A contact that is agreed."""
    row = NextContactRow(client.pk, on, kind, at, place)
    record_next_contacts(by=by or command_line(), rows=[row])
    return NextContact.objects.waiting().get(client=client)
