"""Reads: who can't be reached for now, and until when. Why is recorded nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from opstap.clients.enums import ArrangementKind
from opstap.clients.models import Arrangement
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots

Ends = tuple[int, date | None]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Not to be reached on a day; from `until` on again, where that is known."""

    until: date | None


def unreachable_on(day: date, client_ids: Collection[int]) -> dict[int, Unreachable]:
    """Those of these clients who can't be reached on a day; one query."""
    return _together(_ends(_held(day).filter(in_dossiers_of(client_ids))))


def unreachable_in(municipality_id: int, day: date) -> dict[int, Unreachable]:
    """The same of a whole municipality; composed and compiled once."""
    slots = Slots()
    return _together(asked(_in_town(slots.one(municipality_id), day), slots.stands_for))


@lru_cache(maxsize=MOST)
def _in_town(municipality_id: int | None, day: date) -> Compiled[Ends]:
    return compiled(_ends(_held(day).filter(client__municipality=municipality_id)))


def _held(day: date) -> QuerySet[Arrangement]:
    return Arrangement.objects.active_on(day).filter(kind=ArrangementKind.NOT_REACHABLE.value)


def _ends(held: QuerySet[Arrangement]) -> QuerySet[Arrangement, Ends]:
    """Of whom, in either dossier of who has two, and until when."""
    return held.annotate(whose=kept_client()).values_list("whose", "ends_on")


def _together(rows: Iterable[Ends]) -> dict[int, Unreachable]:
    """Of two periods that hold at once the one that ends last."""
    ends: dict[int, set[date | None]] = {}
    for whose, until in rows:
        ends.setdefault(whose, set()).add(until)
    return {whose: latest(found) for whose, found in ends.items()}


def latest(ends: Collection[date | None]) -> Unreachable:
    """Periods that hold together, as one."""
    known = [end for end in ends if end is not None]
    return Unreachable(max(known) if len(known) == len(ends) else None)
