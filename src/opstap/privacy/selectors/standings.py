"""Reads: whose dossier is closed since when, and everything that came of it; nobody for whom something still runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Max, QuerySet, Value, When

from opstap.audit.models import FactQuerySet
from opstap.clients.models import Application, BenefitSpell, BrokenGlass, CallBack, Client, FollowUp, Handover
from opstap.contacts.models import Contact, NextContact
from opstap.foundation.dates import AMSTERDAM
from opstap.ladder.models import Measurement
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.logic.retention import (
    BESIDE,
    GRANTED,
    GUIDED,
    OBJECTION,
    OBJECTION_TAKEN_BACK,
    categories_by_benefit,
    categories_by_instrument,
    category_of_benefit,
    shipped_terms,
)
from opstap.privacy.models import RightsRequest

OF_BENEFIT = "benefit:"  # before what came of a benefit: whoever had one was not guided only


@dataclass(slots=True)
class Standing:
    """When somebody was closed, and what came of it: each outcome with the day of its last decision, if it had one."""

    closed_on: date
    outcomes: dict[str, date | None]


@dataclass(slots=True)
class _Gathered:
    ends: list[date | None] = field(default_factory=list)  # None is of what has no end
    outcomes: dict[str, date | None] = field(default_factory=dict)
    had_benefit: bool = False

    def came(self, said: str, decided_on: date | None) -> None:
        """Something came of it; of two alike the later decision counts."""
        outcome = said.removeprefix(OF_BENEFIT)
        self.had_benefit = self.had_benefit or outcome != said
        self.outcomes[outcome] = max(filter(None, (self.outcomes.get(outcome), decided_on)), default=None)


def standings_on(clients: Mapping[int, Client], kept: Mapping[int, int], on: date) -> dict[int, Standing]:
    """Of each person in all their dossiers. Whatever runs on the day or ends later keeps the dossier open."""
    town = next(iter(clients.values())).municipality_id if clients else 0
    own = Client.objects.filter(municipality=town)
    gathered: dict[int, _Gathered] = defaultdict(_Gathered)
    for pk, ended, outcome, decided_on in _traces(own):
        one = gathered[kept.get(pk, pk)]
        one.ends.append(ended)
        if outcome:
            one.came(outcome, decided_on)
    for pk, outcome, settled_on in _objections(own):
        gathered[kept.get(pk, pk)].came(outcome, settled_on)
    found = {}
    for pk, client in clients.items():
        one = gathered.get(pk) or _Gathered()
        ends = one.ends or [client.recording.at.astimezone(AMSTERDAM).date()]
        closed = [end for end in ends if end is not None]
        if pk not in kept and len(closed) == len(ends) and max(closed) <= on:
            found[pk] = Standing(max(closed), _that_count(one))
    return found


def _that_count(one: _Gathered) -> dict[str, date | None]:
    """Who had a benefit was not guided only; of whom nothing came, or nothing but an objection, was."""
    if one.had_benefit:
        return {key: day for key, day in one.outcomes.items() if key != GUIDED}
    return one.outcomes if one.outcomes.keys() - BESIDE else {**one.outcomes, GUIDED: None}


def _traces(own: QuerySet[Client]) -> Iterable[tuple[int, date | None, str, date | None]]:
    """Of everything about these clients the day on which it ended, and what it says came of the dossier."""
    asked = Application.objects.current().filter(client__in=own)
    said = asked.values_list("client_id", "reported_on", "law", "outcome", "decided_on")
    for pk, reported_on, law, outcome, decided_on in said:
        if not outcome and decided_on is None:
            yield pk, None, "", None
        else:
            came_of = outcome if outcome in shipped_terms() else GUIDED
            if outcome == GRANTED:
                came_of = f"{OF_BENEFIT}{category_of_benefit(law)}"
            yield pk, decided_on or reported_on, came_of, decided_on
    first, *others = _periods(own) + _last_days(own) + _waiting(own)
    for pk, ended, outcome in first.union(*others, all=True):
        yield pk, ended, outcome, None


def _periods(own: QuerySet[Client]) -> list[QuerySet[Any, Any]]:
    """What has a first day and a last: no end is no end."""
    came_of: Mapping[Any, Case | Value] = {
        FollowUp: _text(GUIDED),
        BenefitSpell: _by_kind(categories_by_benefit(), GRANTED, before=OF_BENEFIT),
        Trajectory: _text(GUIDED),
        Activity: _text(GUIDED),
        Instrument: _by_kind(categories_by_instrument(), GUIDED),
    }
    return [
        _held(model, own).annotate(came_of=said).values_list("client_id", "ends_on", "came_of")
        for model, said in came_of.items()
    ]


def _by_kind(categories: Mapping[str, Sequence[str]], otherwise: str, before: str = "") -> Case:
    """What the kind says came of it."""
    whens = [When(kind__in=kinds, then=_text(before + key)) for key, kinds in categories.items()]
    return Case(*whens, default=_text(before + otherwise), output_field=CharField())


def _objections(own: QuerySet[Client]) -> Iterable[tuple[int, str, date | None]]:
    """Answered ones, and when. They keep a dossier for their own years; that it was closed they don't change."""
    settled = RightsRequest.objects.current().filter(client__in=own, kind=RequestKind.OBJECTION)
    settled = settled.filter(settled_on__isnull=False).order_by()
    for pk, outcome, settled_on in settled.values_list("client_id", "outcome", "settled_on"):
        yield pk, OBJECTION_TAKEN_BACK if outcome == RequestOutcome.TAKEN_BACK else OBJECTION, settled_on


def _last_days(own: QuerySet[Client]) -> list[QuerySet[Any, Any]]:
    """What is of one day: the last of each client."""
    days = {Contact: "held_on", NextContact: "planned_on", Measurement: "measured_on"}
    return [
        _held(model, own).values_list("client_id").annotate(last=Max(day), came_of=_text(""))
        for model, day in days.items()
    ]


def _waiting(own: QuerySet[Client]) -> list[QuerySet[Any, Any]]:
    """What somebody still has to answer."""
    found = []
    for rows in (
        RightsRequest.objects.waiting(),
        CallBack.objects.waiting(),
        Handover.objects.waiting(),
        BrokenGlass.objects.unjudged(),
    ):
        asked: QuerySet[Any, Any] = rows.filter(client__in=own).order_by()
        no_end = asked.annotate(last=Value(None, output_field=DateField()), came_of=_text(""))
        found.append(no_end.values_list("client_id", "last", "came_of"))
    return found


def _held(model: Any, own: QuerySet[Client]) -> QuerySet[Any, Any]:
    rows: FactQuerySet[Any] = FactQuerySet(model).current().filter(client__in=own)
    return rows.order_by()


def _text(said: str) -> Value:
    return Value(said, output_field=CharField())
