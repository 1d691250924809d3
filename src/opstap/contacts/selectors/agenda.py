"""Agreed contacts up to a day, within someone's reach: who, when, where, and who has them in the caseload."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet

from opstap.accounts.models import User
from opstap.audit.permissions import Actor
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Assignment
from opstap.clients.permissions import visible_clients
from opstap.contacts.models import NextContact


def agreed_until(actor: Actor, today: date, last: date, worker: User | None = None) -> QuerySet[NextContact]:
    """What waits up to and with the last day, by day and time; what passed its day comes first.

    Of one worker's caseload, or of everybody within reach.
    """
    clients = visible_clients(actor, on=today)
    if worker is not None:
        clients = clients.filter(pk__in=Assignment.objects.for_caseload_of(worker.pk, today).values("client"))
    waiting = NextContact.objects.waiting().filter(planned_on__lte=last, client__in=clients)
    return waiting.select_related("client").order_by("planned_on", F("planned_time").asc(nulls_last=True), "pk")


def workers_within_reach(actor: Actor, today: date) -> list[User]:
    """Whose caseloads someone may look at beside each other: of the own team, or of the municipality."""
    held = Assignment.objects.active_on(today).filter(role=AssignmentRole.CASE_MANAGER)
    if not actor.may("reach_municipality"):
        held = held.filter(team_id__in=actor.team_ids)
    users = User.objects.filter(municipality=actor.municipality_id, pk__in=held.values("worker"))
    return list(users.order_by("name"))


def worker_by_client(client_ids: Collection[int], today: date) -> dict[int, str]:
    """In whose caseload each of these clients is; one query."""
    held = Assignment.objects.active_on(today).filter(role=AssignmentRole.CASE_MANAGER, client__in=client_ids)
    return {row.client_id: row.worker.name for row in held.select_related("worker").order_by("pk") if row.worker}
