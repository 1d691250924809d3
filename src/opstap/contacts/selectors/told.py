"""All that is known of contacts with one client in a single query: those that stand, and the one that is agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, BooleanField, F, TimeField, Value

from opstap.contacts.models import Contact, NextContact
from opstap.contacts.selectors.contacts import ContactFound, reference_of
from opstap.contacts.selectors.next_contacts import Planned
from opstap.contacts.selectors.notes import opened_note

SHARED = (
    "pk", "client", "kind", "worker", "worker__name", "why", "replaces", "recording", "recording__at",
    "recording__actor_name",
)  # fmt: skip
OWN = ("is_next", "day", "came_of_it", "more", "sealed", "time", "with_client")


@dataclass(frozen=True)
class Told:
    """The contacts that stand, the newest first, and the one that waits."""

    contacts: list[ContactFound]
    waiting: Planned | None


def told_of(*client_ids: int) -> Told:
    """Everything about one client, of all their dossiers, the notes in the clear; one query."""
    yes, no = (Value(value, output_field=BooleanField()) for value in (True, False))
    held = Contact.objects.current().filter(client__in=client_ids).order_by()
    held = held.annotate(
        is_next=no, day=F("held_on"), came_of_it=F("outcome"), more=F("looked"), sealed=F("note_encrypted"),
        time=Value(None, output_field=TimeField()), with_client=yes,
    )  # fmt: skip
    waiting = NextContact.objects.waiting().filter(client__in=client_ids).order_by()
    waiting = waiting.annotate(
        is_next=yes, day=F("planned_on"), came_of_it=F("state"), more=F("place"),
        sealed=Value(None, output_field=BinaryField()), time=F("planned_time"), with_client=F("agreed"),
    )  # fmt: skip
    union: Any = held.values_list(*SHARED, *OWN).union(waiting.values_list(*SHARED, *OWN), all=True)
    rows: list[dict[str, Any]] = [dict(zip((*SHARED, *OWN), row, strict=True)) for row in union]
    rows.sort(key=lambda row: (row["day"], row["recording"], row["pk"]), reverse=True)
    agreed = [_planned(row) for row in rows if row["is_next"]]
    return Told([_contact(row) for row in rows if not row["is_next"]], agreed[-1] if agreed else None)


def _contact(row: dict[str, Any]) -> ContactFound:
    return ContactFound(
        pk=row["pk"],
        reference=reference_of(row["pk"]),
        client_id=row["client"],
        held_on=row["day"],
        kind=row["kind"],
        outcome=row["came_of_it"],
        looked=row["more"],
        worker_id=row["worker"],
        worker=row["worker__name"] or "",
        note=opened_note(row["sealed"]),
        why=row["why"],
        withdrawn=False,
        corrects=row["replaces"] is not None,
        recording=row["recording"],
        recorded_at=row["recording__at"],
        recorded_by=row["recording__actor_name"],
    )


def _planned(row: dict[str, Any]) -> Planned:
    return Planned(
        pk=row["pk"],
        client_id=row["client"],
        planned_on=row["day"],
        planned_time=row["time"],
        kind=row["kind"],
        place=row["more"],
        agreed=row["with_client"],
        worker_id=row["worker"],
    )
