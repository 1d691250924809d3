"""Reads: who stands on a list of dossiers to erase, and how many dossiers somebody let go without a second."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from opstap.audit.models import Event
from opstap.audit.permissions import Actor
from opstap.clients.models import Alias
from opstap.clients.permissions import reachable_clients
from opstap.foundation import dates
from opstap.privacy.models import Destruction, DestructionLine

CONFIRMED = "confirm_destruction"
ALONE_WITHIN = timedelta(days=7)


def lines_for(actor: Actor, destruction: Destruction) -> QuerySet[DestructionLine]:
    """The lines of whom the actor reaches; a protected dossier is for whoever is let in."""
    reached = destruction.lines.filter(client__in=reachable_clients(actor).values("pk"))
    return reached.select_related("client").order_by("pk")


def dossiers_on(destruction: Destruction) -> int:
    """How many dossiers go: of each person on the list all of theirs."""
    merged = Alias.objects.current().filter(kept__in=destruction.lines.values("client"))
    return destruction.lines.count() + merged.count()


def needs_second(actor: Actor, destruction: Destruction, alone: int) -> bool:
    """Whether somebody else confirms: who proposed it let go of more than `alone` by themselves, with earlier lists."""
    if actor.reference != destruction.proposed.actor_reference:
        return False
    return dossiers_on(destruction) + _confirmed_alone(actor) > alone


def _confirmed_alone(actor: Actor) -> int:
    """Of the lists that they proposed and confirmed by themselves in the last week."""
    since = dates.now() - ALONE_WITHIN
    own = Destruction.objects.filter(
        proposed__actor_reference=actor.reference,
        confirmed__actor_reference=actor.reference,
        confirmed__at__gt=since,
    )
    people = dict(own.values_list("reference", "people"))
    said = Event.objects.filter(verb=CONFIRMED, about__in=people).values_list("about", "count")
    counted = dict(said)
    return sum(max(count, counted.get(reference, 0)) for reference, count in people.items())
