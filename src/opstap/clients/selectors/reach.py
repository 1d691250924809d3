"""Reads: who can't be reached for now, and until when. Why is recorded nowhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from opstap.clients.enums import ArrangementKind
from opstap.clients.models import Arrangement
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Not to be reached on a day; from `until` on again, where that is known."""

    until: date | None


def unreachable_on(day: date, client_ids: Collection[int]) -> dict[int, Unreachable]:
    """Those of these clients who can't be reached on a day; one query."""
    return _found(day, client_ids=client_ids)


def unreachable_in(municipality_id: int, day: date) -> dict[int, Unreachable]:
    """The same of a whole municipality."""
    return _found(day, municipality_id=municipality_id)


def _found(
    day: date, *, client_ids: Collection[int] | None = None, municipality_id: int | None = None
) -> dict[int, Unreachable]:
    """Of two periods that hold at once the one that ends last; in either dossier of who has two."""
    held = Arrangement.objects.active_on(day).filter(kind=ArrangementKind.NOT_REACHABLE.value)
    if client_ids is not None:
        held = held.filter(in_dossiers_of(client_ids))
    else:
        held = held.filter(client__municipality=municipality_id)
    ends: dict[int, set[date | None]] = {}
    for whose, until in held.annotate(whose=kept_client()).values_list("whose", "ends_on"):
        ends.setdefault(whose, set()).add(until)
    return {whose: latest(found) for whose, found in ends.items()}


def latest(ends: Collection[date | None]) -> Unreachable:
    """Periods that hold together, as one."""
    known = [end for end in ends if end is not None]
    return Unreachable(max(known) if len(known) == len(ends) else None)
