"""Reads: how many requests of clients wait for an answer, to ride along on another query."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Value

from opstap.audit.models import FactQuerySet
from opstap.audit.permissions import Actor
from opstap.clients.permissions import reachable_clients
from opstap.privacy.models import RightsRequest


def requests_to_answer(actor: Actor) -> FactQuerySet[RightsRequest]:
    """Of clients within reach, not answered yet."""
    own = reachable_clients(actor).values("pk")
    return RightsRequest.objects.current().filter(outcome="", client__in=own)


def requests_waiting(actor: Actor) -> QuerySet[RightsRequest, int] | None:
    """How many, as a subquery of one number; None for who answers none."""
    if not actor.may("answer_requests"):
        return None
    counted = requests_to_answer(actor).order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    return counted.values_list("waiting", flat=True)
