"""Reads: hand-overs and who stands in for whom, to show and to count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest

from opstap.accounts.models import TeamMembership, User
from opstap.audit.models import Recording
from opstap.audit.permissions import Actor
from opstap.clients.enums import Asked, AssignmentRole
from opstap.clients.models import Assignment, Handover, StandIn
from opstap.clients.selectors.same_person import kept_client, of_their_client, whose
from opstap.clients.selectors.scopes import reached_teams, stood_in_assignments
from opstap.clients.selectors.sealing import opened_words
from opstap.foundation import dates
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots


@dataclass(frozen=True)
class HandoverFound:
    """What is asked with one hand-over, and how it stands."""

    batch: str
    giver: User
    receiver: User
    from_on: date
    state: Asked
    note: str
    answer: str
    reads_until: date | None
    client_ids: tuple[int, ...]
    said: Recording


@dataclass(frozen=True)
class StandInFound:
    """A period in which somebody stands in, and how it stands."""

    reference: str
    absent: User
    stand_in: User
    asked_by: User | None
    starts_on: date
    ends_on: date
    state: Asked
    note: str
    answer: str
    said: Recording

    def holds_on(self, day: date) -> bool:
        """Whether the colleague stands in on the day."""
        return self.state is Asked.ACCEPTED and self.starts_on <= day < self.ends_on

    def is_over(self, day: date) -> bool:
        """Whether nothing comes of it any more."""
        return self.state in {Asked.REFUSED, Asked.REVOKED} or self.ends_on <= day


def handovers(rows: QuerySet[Handover]) -> list[HandoverFound]:
    """The hand-overs that these current rows make, the latest first; one query."""
    found: dict[str, list[Handover]] = {}
    read = rows.annotate(whose=kept_client()).select_related("giver", "receiver", "recording")
    for row in read.order_by("-recording", "pk"):
        found.setdefault(row.batch, []).append(row)
    return [_handover(own) for own in found.values()]


def handovers_with(actor: Actor) -> QuerySet[Handover]:
    """Those this worker gave or was asked to take in the municipality they work in, as they stand now."""
    user_id = actor.user_id or 0
    rows = Handover.objects.current().filter(client__municipality=actor.municipality_id or 0)
    return rows.filter(giver=user_id) | rows.filter(receiver=user_id)


def still_offered(day: date) -> QuerySet[Any, Any]:
    """What waits for an answer while the one who asked has the client still, on the day of the hand-over too, and
    nobody else is to get them later: who goes elsewhere is not theirs to give. Each hand-over with `whose` it is.
    """
    held = Assignment.objects.current().filter(role=AssignmentRole.CASE_MANAGER)
    after = Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("moves_on"))
    own = held.filter(worker=OuterRef("giver"))
    own_then = own.filter(after, starts_on__lte=OuterRef("moves_on"))
    later = held.filter(after, starts_on__gt=day).exclude(worker=OuterRef("giver")).exclude(worker=OuterRef("receiver"))
    moves_on = Greatest(F("from_on"), Value(day), output_field=DateField())
    waiting = Handover.objects.waiting().annotate(whose=kept_client(), moves_on=moves_on)
    return waiting.filter(of_their_client(own.active_on(day)), of_their_client(own_then), ~of_their_client(later))


def handovers_asked_of(actor: Actor) -> QuerySet[Handover]:
    """Those of the municipality that wait for this worker to answer, while there is something to take over."""
    waiting = still_offered(dates.today()).filter(receiver=actor.user_id)
    return waiting.filter(client__municipality=actor.municipality_id or 0)


def handover_of(actor: Actor, batch: str) -> HandoverFound | None:
    """A hand-over between the actor and a colleague; nobody else reads it."""
    if actor.user_id is None:
        return None
    found = handovers(handovers_with(actor).filter(batch=batch))
    return found[0] if found else None


def _handover(rows: list[Handover]) -> HandoverFound:
    first = rows[0]
    return HandoverFound(
        batch=first.batch,
        giver=first.giver,
        receiver=first.receiver,
        from_on=first.from_on,
        state=Asked(first.state),
        note=opened_words(first.note_encrypted),
        answer=opened_words(first.answer_encrypted),
        reads_until=max((row.reads_until for row in rows if row.reads_until), default=None),
        client_ids=tuple(dict.fromkeys(whose(row) for row in rows)),
        said=first.recording,
    )


def stand_ins(rows: QuerySet[StandIn]) -> list[StandInFound]:
    """These periods, the latest first; one query."""
    return _stand_ins(_with_workers(rows))


def _with_workers(rows: QuerySet[StandIn]) -> QuerySet[StandIn]:
    return rows.select_related("absent", "stand_in", "asked_by", "recording").order_by("-starts_on", "-pk")


def _stand_ins(read: Iterable[StandIn]) -> list[StandInFound]:
    return [
        StandInFound(
            reference=row.reference,
            absent=row.absent,
            stand_in=row.stand_in,
            asked_by=row.asked_by,
            starts_on=row.starts_on,
            ends_on=row.ends_on or row.starts_on,
            state=Asked(row.state),
            note=opened_words(row.note_encrypted),
            answer=opened_words(row.answer_encrypted),
            said=row.recording,
        )
        for row in read
    ]


def stand_ins_with(actor: Actor) -> QuerySet[StandIn]:
    """Those of this worker, as they stand now; of who leads a team those of its members too."""
    rows = StandIn.objects.current().within(actor.municipality_id)
    user_id = actor.user_id or 0
    own = Q(absent=user_id) | Q(stand_in=user_id)
    if actor.may("assign_clients"):
        led = TeamMembership.objects.active_on(dates.today()).filter(team__in=actor.team_ids)
        own |= Q(absent__in=led.values("user"))
        if actor.may("reach_municipality"):
            return rows
    return rows.filter(own)


def stand_ins_asked_of(actor: Actor) -> QuerySet[StandIn]:
    """Those of the municipality that wait for this worker to answer, and are not over."""
    waiting = StandIn.objects.waiting().within(actor.municipality_id)
    return waiting.filter(stand_in=actor.user_id, ends_on__gt=dates.today())


def stood_in_for(actor: Actor, day: date) -> list[StandInFound]:
    """For whom this worker stands in on a day, in the municipality they work in; composed and compiled once."""
    if actor.user_id is None:
        return []
    slots = Slots()
    kept = _stood_in_for(slots.one(actor.user_id), slots.one(actor.municipality_id), day)
    return _stand_ins(asked(kept, slots.stands_for))


@lru_cache(maxsize=MOST)
def _stood_in_for(user_id: int | None, municipality_id: int | None, day: date) -> Compiled[StandIn]:
    return compiled(_with_workers(StandIn.objects.of(user_id or 0, day).within(municipality_id)))


def stood_in_beyond(actor: Actor, day: date) -> list[StandInFound]:
    """Those of them whose clients the actor does not all reach anyway: who leads a team sees that team in their own
    right, and the whole municipality is in reach of who coordinates it.
    """
    if actor.may("reach_municipality") or not actor.may("reach_own_caseload"):
        return []  # who has no caseload of their own stands in for nobody
    found, led = stood_in_for(actor, day), reached_teams(actor)
    if not found or not led:
        return found
    beyond = set(stood_in_assignments(actor, day).exclude(team__in=led).values_list("worker", flat=True))
    return [one for one in found if one.absent.pk in beyond]


def handovers_waiting(actor: Actor) -> QuerySet[Handover, int]:
    """How many hand-overs wait for this worker to answer, as a subquery of one number."""
    rows = handovers_asked_of(actor).order_by()
    counted = rows.annotate(all=Value(1)).values("all").annotate(waiting=Count("batch", distinct=True))
    return counted.values_list("waiting", flat=True)


def stand_ins_waiting(actor: Actor) -> QuerySet[StandIn, int]:
    """The same of requests to stand in."""
    rows = stand_ins_asked_of(actor).order_by()
    counted = rows.annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    return counted.values_list("waiting", flat=True)
