"""Agreed contacts up to a day, within someone's reach: who, when, where, and who has them in the caseload."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from opstap.accounts.models import User
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Assignment, Client, FollowUp, Person
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.caseloads import caseloads_on
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.clients.selectors.scopes import reached_teams, reached_workers, stood_in_assignments
from opstap.contacts.models import NextContact


def agreed_until(actor: Actor, today: date, last: date, worker: User | None = None) -> QuerySet[NextContact]:
    """What waits up to and with the last day, by day and time; what passed its day comes first.

    Of one worker's caseload, or of everybody within reach; `whose` is the client, also where it was agreed under a
    dossier that was merged since. Nothing with who died, nor what was agreed before the follow-up was closed.
    """
    clients = visible_clients(actor, on=today)
    if worker is not None:
        own = Assignment.objects.for_caseload_of(worker.pk, today).annotate(whose=kept_client())
        clients = clients.filter(pk__in=own.values("whose"))
    waiting = NextContact.objects.waiting().annotate(whose=kept_client()).filter(planned_on__lte=last)
    dead = Person.objects.current().filter(died_on__isnull=False).values("client")
    followed = FollowUp.objects.active_on(today).annotate(whose=kept_client()).values("whose")
    closed_since = FollowUp.objects.current().annotate(whose=kept_client()).filter(
        whose=OuterRef("whose"), ends_on__lte=today, recording__gt=OuterRef("recording")
    )  # fmt: skip
    still = waiting.filter(Q(whose__in=followed) | ~Exists(closed_since), whose__in=clients).exclude(whose__in=dead)
    return still.order_by("planned_on", F("planned_time").asc(nulls_last=True), "pk")


def clients_of(actor: Actor, agreed: Sequence[NextContact], today: date) -> dict[int, Client]:
    """The clients of these contacts, by number; one query."""
    clients = visible_clients(actor, on=today).in_bulk([whose(row) for row in agreed])
    note_listed(client.reference for client in clients.values())
    return clients


def workers_within_reach(actor: Actor, today: date) -> list[User]:
    """Whose caseloads someone may look at beside each other: of the own team, one's own and of whom one
    stands in for, or of the municipality.
    """
    held = Assignment.objects.active_on(today).filter(role=AssignmentRole.CASE_MANAGER)
    if not actor.may("reach_municipality"):
        held = Assignment.objects.in_reach_of(reached_teams(actor), reached_workers(actor), today)
        held |= stood_in_assignments(actor, today)
    users = workers_of(actor.municipality_id or 0).filter(pk__in=held.values("worker"))
    return list(users.order_by("name"))


def worker_by_client(client_ids: Collection[int], today: date) -> dict[int, str]:
    """In whose caseload each of these clients is; one query."""
    return {pk: held.worker.name for pk, held in caseloads_on(today, client_ids).items() if held.worker}
