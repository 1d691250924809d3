"""Reads: by which road somebody reaches a client, and whose dossiers are open to them though out of their reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from opstap.audit.logic.seen import note_glass, note_on_behalf, note_reason
from opstap.audit.permissions import Actor
from opstap.clients.models import Alias, BrokenGlass, Client, Handover
from opstap.clients.selectors.scopes import own_assignments, stood_in_assignments
from opstap.foundation import dates

BROKEN_GLASS = "broken_glass"  # as the log has it
HANDED_OVER = "handed_over"  # as the log has it: handed over, and still reading along
NOTED_AFTER = timedelta(minutes=15)  # after emergency access ended, for what was being written
KEPT_AFTER = timedelta(days=1)  # as long as what comes in later still is given back and kept as a draft


@dataclass(frozen=True)
class Way:
    """How somebody reaches a client: standing in for a colleague (by name), reading along until a day, or by broken
    glass until a moment.
    """

    absent: str = ""
    reads_until: date | None = None
    glass: str = ""
    open_until: datetime | None = None

    @property
    def reads_only(self) -> bool:
        """Whether nothing may be written on this road, but what it `notes`."""
        return self.reads_until is not None or self.open_until is not None

    @property
    def notes(self) -> bool:
        """Whoever broke the glass may note the conversation for which they did, and nothing else."""
        return self.open_until is not None


def granted_dossiers(actor: Actor, at: datetime | None = None) -> QuerySet[Any, Any] | None:
    """The dossiers that are open to the actor by a grant of their own, by client; None for who can have none.

    Never remembered: a grant ends by the clock (`at`; now).
    """
    if actor.user_id is None or actor.may_all:
        return None
    reads = handed_over_by(actor).values("client")
    broken = glass_open_to(actor, at).values("client")
    return Client.objects.filter(Q(pk__in=reads) | Q(pk__in=broken)).values("pk")


def handed_over_by(actor: Actor) -> QuerySet[Handover]:
    """What the actor handed over and may read still, while their role hands over."""
    if actor.user_id is None or not actor.may("hand_over"):
        return Handover.objects.none()
    return Handover.objects.readable_for(actor.user_id, dates.today())


def glass_open_to(actor: Actor, at: datetime | None = None) -> QuerySet[BrokenGlass]:
    """The glass that the actor broke and that is open, while their role may break it."""
    if actor.user_id is None or not actor.may("break_the_glass"):
        return BrokenGlass.objects.none()
    return BrokenGlass.objects.open_for(actor.user_id, at or dates.now())


def glass_broken_by(actor: Actor, *, within: timedelta) -> QuerySet[BrokenGlass]:
    """The glass that the actor broke and that is open, or was within this time: for what they wrote, never to read."""
    if actor.user_id is None or not actor.may("break_the_glass"):
        return BrokenGlass.objects.none()
    return BrokenGlass.objects.open_since(actor.user_id, dates.now() - within)


def with_way(clients: QuerySet[Client], actor: Actor, at: datetime | None = None) -> QuerySet[Client]:
    """These clients with the road by which the actor reaches them, for `way_to`; no query more."""
    if actor.user_id is None or actor.may_all or actor.may("reach_municipality"):
        return clients
    day = dates.today()
    theirs = Q(client=OuterRef("pk")) | Q(
        client__in=Alias.objects.current().filter(kept=OuterRef(OuterRef("pk"))).values("client")
    )
    own = own_assignments(actor, day).filter(theirs)
    absent = stood_in_assignments(actor, day).filter(theirs).values("worker__name")[:1]
    reads = handed_over_by(actor).filter(theirs).order_by("-reads_until")
    broken = glass_open_to(actor, at).filter(theirs).order_by("-closes_at")
    return clients.annotate(
        way_own=Exists(own), way_absent=Subquery(absent), way_reads=Subquery(reads.values("reads_until")[:1]),
        way_glass=Subquery(broken.values("reference")[:1]), way_open=Subquery(broken.values("closes_at")[:1]),
    )  # fmt: skip


def way_to(client: Client) -> Way:
    """Of a client who came through the gate with their road: what it was."""
    absent = getattr(client, "way_absent", None) or ""
    if getattr(client, "way_own", True):
        return Way()
    if absent:
        return Way(absent=absent)
    broken, reads = getattr(client, "way_glass", None), getattr(client, "way_reads", None)
    if broken:
        return Way(glass=broken, open_until=getattr(client, "way_open", None))
    return Way(reads_until=reads)


def note_way(client: Client) -> None:
    """The log knows for whom somebody stands in, and why a dossier was open to them."""
    way = way_to(client)
    if way.absent:
        note_on_behalf(way.absent)
    if way.reads_until is not None:
        note_reason(HANDED_OVER)
    if way.open_until is not None:
        note_reason(BROKEN_GLASS)
        note_glass(way.glass, way.open_until)
