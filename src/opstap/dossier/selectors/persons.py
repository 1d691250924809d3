"""Who the people on a list are: through the gate, so that nobody is shown whom the columns of a desk still hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Client, Person
from opstap.clients.permissions import visible_clients
from opstap.foundation import dates
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots

MOST_ON_A_PAGE = 100


def persons_seen(actor: Actor, ids: Collection[int]) -> dict[int, tuple[Client, Person | None]]:
    """Those of these clients whom the actor may see, with what is known of the person now; the log is told of each."""
    told = _told_on_a_page(actor, ids) if len(ids) <= MOST_ON_A_PAGE else list(_told(actor, ids, dates.today()))
    found: dict[int, tuple[Client, Person | None]] = {person.client_id: (person.client, person) for person in told}
    nameless = set(ids) - found.keys()
    if nameless:
        found |= {client.pk: (client, None) for client in visible_clients(actor).filter(pk__in=nameless)}
    note_listed(client.reference for client, _person in found.values())
    return found


def _told(actor: Actor, ids: Collection[int], day: date) -> QuerySet[Person]:
    seen = visible_clients(actor, on=day).filter(pk__in=ids)
    return Person.objects.current().filter(client_id__in=ids, client__in=seen).select_related("client")


def _told_on_a_page(actor: Actor, ids: Collection[int]) -> list[Person]:
    """The same; composed and compiled once for all who may the same and see as many."""
    slots = Slots()
    kept = _told_in_slots(actor.in_slots(slots), slots.some(ids), dates.today())
    return asked(kept, slots.stands_for)


@lru_cache(maxsize=MOST)
def _told_in_slots(actor: Actor, ids: frozenset[int], day: date) -> Compiled[Person]:
    return compiled(_told(actor, ids, day))
