"""Reads: who has whom, as a form that gives clients to somebody is opened on, and what was assigned since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opstap.audit.models import Recording
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Assignment
from opstap.clients.models.followup import AssignmentQuerySet
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose

KIND = "assigned"
PART = 5000  # ids a query
MOST = 1000


@dataclass(frozen=True)
class Moved:
    """A client who was assigned: what ended first, what stands now, and by whom that was said."""

    client_id: int
    was: Assignment | None
    now: Assignment | None
    said: Recording


def assigned_to(client_ids: Collection[int], *, beside: bool = False) -> dict[str, str]:
    """Which assignments stand of these clients, of their case manager or of who guides along; for a version."""
    held: dict[int, list[int]] = {pk: [] for pk in client_ids}
    ids = sorted(held)
    for start in range(0, len(ids), PART):
        rows = _of(Assignment.objects.current(), beside=beside).filter(in_dossiers_of(ids[start : start + PART]))
        for client_id, pk in rows.annotate(whose=kept_client()).values_list("whose", "pk"):
            held.setdefault(client_id, []).append(pk)
    return {"whom": ",".join(f"{pk}:{'.'.join(map(str, sorted(rows)))}" for pk, rows in sorted(held.items()))}


def moved_since(number: int, municipality_id: int, today: date, *, beside: bool = False) -> list[Moved]:
    """Who was assigned after a recording, the last first."""
    rows = _of(Assignment.objects.filter(recording__gt=number, client__municipality=municipality_id), beside=beside)
    rows = rows.annotate(whose=kept_client()).select_related("worker", "team", "recording")
    found: dict[int, list[Assignment]] = {}
    for row in rows.order_by("-recording", "-pk")[:MOST]:
        found.setdefault(whose(row), []).append(row)
    standing = _standing(found, today, beside=beside)
    return [Moved(pk, _was(own), standing.get(pk), own[0].recording) for pk, own in found.items()]


def _of(rows: AssignmentQuerySet, *, beside: bool) -> AssignmentQuerySet:
    role = AssignmentRole.CASE_MANAGER.value
    return rows.exclude(role=role) if beside else rows.filter(role=role)


def _standing(client_ids: Collection[int], today: date, *, beside: bool) -> dict[int, Assignment]:
    """Of each the assignment that holds now, or will from a later day on."""
    rows = _of(Assignment.objects.current(), beside=beside).filter(in_dossiers_of(client_ids))
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today)).annotate(whose=kept_client())
    return {whose(row): row for row in rows.select_related("worker", "team").order_by("starts_on", "pk")}


def _was(own: list[Assignment]) -> Assignment | None:
    """What the first of these recordings ended; of rows from the last to the first."""
    first = own[-1].recording_id
    return next((row for row in own if row.recording_id == first and row.replaces_id is not None), None)
