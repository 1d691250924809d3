"""Reads: how many requests of clients and lists to erase wait for somebody, to ride along on another query."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from opstap.audit.models import FactQuerySet
from opstap.audit.permissions import Actor
from opstap.clients.models import Address, Client
from opstap.clients.permissions import reachable_clients
from opstap.clients.selectors.same_person import about_one_of, any_dossier_of
from opstap.clients.selectors.scopes import held_assignments
from opstap.foundation import dates
from opstap.privacy.models import Destruction, RightsRequest
from opstap.privacy.selectors.records import ADDRESS, BESIDE, CONTACT, permission_to_correct


def requests_to_answer(actor: Actor) -> FactQuerySet[RightsRequest]:
    """Not answered yet: of clients within reach for who answers requests; else what is asked beside a record of one's
    own caseload, or of that of whom one stands in for, by who may decide it.
    """
    own = reachable_clients(actor)
    if actor.may("answer_requests"):
        return RightsRequest.objects.waiting().filter(about_one_of(own))
    if not actor.may("record_clients"):
        return RightsRequest.objects.none()
    held = own.filter(any_dossier_of(held_assignments(actor, dates.today())))
    decides = {about for about in set(BESIDE.values()) if actor.may(permission_to_correct(about))}
    if not actor.may("record_contacts"):
        decides.discard(CONTACT)
    found = RightsRequest.objects.waiting().filter(about_one_of(held), about__in=sorted(decides))
    return found if actor.may("see_secret_addresses") else found.exclude(_of_a_secret())


def _of_a_secret() -> Q:
    """About an address of somebody who has, or had, a secret one: for who may read that."""
    secret = Client.objects.filter(any_dossier_of(Address.objects.filter(is_secret=True)))
    return Q(about=ADDRESS, client__in=secret.values("pk"))


def requests_waiting(actor: Actor) -> QuerySet[RightsRequest, int] | None:
    """How many, as a subquery of one number; None for who answers none."""
    if not actor.may("answer_requests") and not actor.may("record_clients"):
        return None
    return _counted(requests_to_answer(actor))


def lists_to_confirm(actor: Actor) -> QuerySet[Destruction]:
    """Lists of dossiers to erase that a colleague proposed and nobody confirmed yet."""
    lists = Destruction.objects.filter(municipality=actor.municipality_id or 0, confirmed__isnull=True)
    return lists.exclude(proposed__actor_reference=actor.reference)


def lists_waiting(actor: Actor) -> QuerySet[Destruction, int] | None:
    """How many, as a subquery of one number; None for who erases nobody."""
    return _counted(lists_to_confirm(actor)) if actor.may("destroy_dossiers") else None


def _counted(rows: QuerySet[Any]) -> QuerySet[Any, int]:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    found: QuerySet[Any, int] = counted.values_list("waiting", flat=True)
    return found
