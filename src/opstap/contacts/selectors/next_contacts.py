"""The agreed next contact, of one client or of many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from opstap.clients.models import Client
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.contacts.models import NextContact


@dataclass(frozen=True)
class Planned:
    """A contact that is agreed and waits."""

    pk: int
    client_id: int
    planned_on: date
    planned_time: time | None
    kind: str
    place: str
    agreed: bool
    worker_id: int | None

    def is_overdue(self, today: date) -> bool:
        """The day passed without a contact."""
        return self.planned_on < today


def next_contact_by_client(clients: Collection[int] | QuerySet[Client]) -> dict[int, Planned]:
    """For each client with an agreed contact that waits, that contact, in whichever dossier; one query.

    `clients` are ids, or for many a query of clients; of two that wait the first to come.
    """
    rows = NextContact.objects.waiting().filter(in_dossiers_of(clients)).annotate(whose=kept_client())
    return {whose(row): planned(row) for row in rows.order_by("-planned_on", "-pk")}


def next_contact_of(client_id: int) -> Planned | None:
    """The agreed contact of one client."""
    return next_contact_by_client([client_id]).get(client_id)


def agreed_with(*client_ids: int, most: int = 20) -> list[NextContact]:
    """What was agreed with a client (in all their dossiers) and what became of it, the latest first."""
    own = NextContact.objects.current().filter(client__in=client_ids).select_related("worker", "recording")
    return list(own.order_by("-planned_on", "-recording", "-pk")[:most])


def last_agreed(*client_ids: int) -> NextContact | None:
    """What was last recorded of the contacts agreed with a client: one that waits, or what became of it."""
    own = NextContact.objects.filter(client__in=client_ids).select_related("recording")
    return own.order_by("-recording", "-pk").first()


def what_waits(waiting: Planned | None) -> dict[str, int]:
    """What a form about the next contact is opened on."""
    return {"waiting": waiting.pk if waiting else 0}


def planned(row: NextContact) -> Planned:
    """A row as others read it."""
    return Planned(
        row.pk, row.client_id, row.planned_on, row.planned_time, row.kind, row.place, row.agreed, row.worker_id
    )
