"""Reads: with whom a client is in the caseload, and who is followed; whichever of two merged dossiers says so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Assignment, FollowUp
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose


def caseloads_on(day: date, client_ids: Collection[int]) -> dict[int, Assignment]:
    """The assignment that counts of each of these clients, with its team and worker; one query.

    Of two case managers at once the one who got the client last, as `facts.selectors.dimensions.caseloads` counts it.
    """
    held = Assignment.objects.active_on(day).filter(in_dossiers_of(client_ids), role=AssignmentRole.CASE_MANAGER.value)
    rows = held.annotate(whose=kept_client()).select_related("worker", "team").order_by("starts_on", "pk")
    return {whose(row): row for row in rows}


def followed_on(day: date, client_ids: Collection[int]) -> set[int]:
    """Those of these clients who are followed on a day; one query."""
    rows = FollowUp.objects.active_on(day).filter(in_dossiers_of(client_ids)).annotate(whose=kept_client())
    return set(rows.values_list("whose", flat=True))
