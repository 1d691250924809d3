"""Reads: which caseloads somebody's roles reach today, short of the whole municipality."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment, StandIn
from opstap.clients.models.followup import AssignmentQuerySet
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots


def reached_teams(actor: Actor) -> frozenset[int]:
    """The teams whose caseloads the actor's roles reach, short of the whole municipality."""
    return actor.team_ids if actor.may("reach_team") else frozenset()


def reached_workers(actor: Actor) -> frozenset[int]:
    """The workers whose caseloads the actor's roles reach: oneself, and whom one is with as an intern."""
    own = {actor.user_id} if actor.may("reach_own_caseload") and actor.user_id is not None else set[int]()
    return frozenset(own | (actor.supervisor_ids if actor.may("reach_supervised") else frozenset()))


def own_assignments(actor: Actor, day: date) -> AssignmentQuerySet:
    """What the actor reaches in their own right, of whichever role they have."""
    batch_of = actor.user_id if actor.may("reach_batch") else None
    return Assignment.objects.in_reach_of(reached_teams(actor), reached_workers(actor), day, batch_of)


def stood_in_assignments(actor: Actor, day: date) -> AssignmentQuerySet:
    """The caseload of whom the actor stands in for: only with a role that has a caseload of its own."""
    if actor.user_id is None or not actor.may("reach_own_caseload"):
        return Assignment.objects.none()
    return Assignment.objects.stood_in_by(actor.user_id, actor.municipality_id, day)


def stood_in_for(actor: Actor, day: date) -> frozenset[int]:
    """The workers whose caseload the actor stands in for: as `stood_in_assignments`; composed and compiled once."""
    if actor.user_id is None or not actor.may("reach_own_caseload"):
        return frozenset()
    slots = Slots()
    kept = _stood_in_for(slots.one(actor.user_id), slots.one(actor.municipality_id), day)
    return frozenset(asked(kept, slots.stands_for))


@lru_cache(maxsize=MOST)
def _stood_in_for(user_id: int | None, municipality_id: int | None, day: date) -> Compiled[int]:
    return compiled(StandIn.objects.of(user_id or 0, day).within(municipality_id).values_list("absent", flat=True))


def held_assignments(actor: Actor, day: date) -> AssignmentQuerySet:
    """Of whom the actor is the case manager, with a role that reaches them, and whose caseload they stand in for."""
    held = Assignment.objects.none()
    if actor.user_id is not None and (actor.may("reach_own_caseload") or actor.may("reach_batch")):
        held = Assignment.objects.for_caseload_of(actor.user_id, day)
    return held | stood_in_assignments(actor, day)
