"""Contacts read back: of one client with their notes, and of many clients only when the last one was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import CharField, Max, QuerySet, Value
from django.db.models.functions import Cast, Concat

from opstap.audit.selectors import versions_among
from opstap.clients.models import Client
from opstap.contacts.logic import Note
from opstap.contacts.models import Contact
from opstap.contacts.selectors.notes import opened_note
from opstap.foundation.references import keyed_reference

DAY = len("2026-11-25")


@dataclass(frozen=True)
class ContactFound:
    """A contact with its note in the clear, and who recorded it when."""

    pk: int
    reference: str
    client_id: int
    held_on: date
    kind: str
    outcome: str
    looked: str
    worker_id: int | None
    worker: str
    note: Note
    why: str
    withdrawn: bool
    corrects: bool
    recording: int
    recorded_at: datetime
    recorded_by: str

    @property
    def held_by(self) -> str:
        """Who spoke with the client; of an intern with the mark that they are one."""
        return self.recorded_by if self.recorded_by.startswith(f"{self.worker} (") else self.worker


@dataclass(frozen=True)
class LastContact:
    """When somebody was last spoken with, and how."""

    client_id: int
    held_on: date
    kind: str


def contacts_of(*client_ids: int, first: int = 0, most: int | None = None) -> list[ContactFound]:
    """The contacts of a client (of all their dossiers) that stand, the newest first; one query."""
    own = Contact.objects.current().filter(client__in=client_ids).order_by("-held_on", "-recording", "-pk")
    related = own.select_related("worker", "recording")
    return [_found(contact) for contact in (related[first:] if most is None else related[first : first + most])]


def contact_count(client_id: int) -> int:
    """How many contacts of a client stand."""
    return Contact.objects.current().filter(client=client_id).count()


def last_contact_by_client(clients: Collection[int] | QuerySet[Client], on: date) -> dict[int, LastContact]:
    """For each client who was ever spoken with by that day, the last time; one query, one row a client.

    `clients` are ids, or for many a query of clients.
    """
    held = Contact.objects.held().filter(client__in=clients, held_on__lte=on)
    day_and_kind = Concat(Cast("held_on", CharField()), Value(" "), "kind", output_field=CharField())
    found = held.order_by().values_list("client").annotate(last=Max(day_and_kind))
    return {client: LastContact(client, date.fromisoformat(last[:DAY]), last[DAY:].strip()) for client, last in found}


def history_of(reference: str, *client_ids: int) -> list[ContactFound]:
    """A contact with every version before it, the newest first; empty when the client has no such contact."""
    rows = Contact.objects.filter(client__in=client_ids).select_related("worker", "recording")
    return [_found(row) for row in versions_among(rows, lambda row: reference_of(row.pk) == reference)]


def reference_of(pk: int) -> str:
    """The address of a contact."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), "contact", pk)


def _found(row: Contact) -> ContactFound:
    return ContactFound(
        pk=row.pk,
        reference=reference_of(row.pk),
        client_id=row.client_id,
        held_on=row.held_on,
        kind=row.kind,
        outcome=row.outcome,
        looked=row.looked,
        worker_id=row.worker_id,
        worker=row.worker.name if row.worker else "",
        note=opened_note(row.note_encrypted),
        why=row.why,
        withdrawn=row.withdrawn,
        corrects=row.replaces_id is not None,
        recording=row.recording_id,
        recorded_at=row.recording.at,
        recorded_by=row.recording.actor_name,
    )
