"""Traits beside placements: what a change on a day does to their history, and what a placement of a day copies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from opstap.clients.logic import TraitRow


class HeldTrait(Protocol):
    """A trait as it is recorded, for a period."""

    @property
    def pk(self) -> int:
        """Which row."""

    @property
    def client_id(self) -> int:
        """In whose dossier."""

    @property
    def kind(self) -> str:
        """Which trait."""

    @property
    def value(self) -> str:
        """What it says."""

    @property
    def starts_on(self) -> date:
        """From."""

    @property
    def ends_on(self) -> date | None:
        """Until; open for None."""


Held = TypeVar("Held", bound=HeldTrait)


def held_on(held: Sequence[Held], day: date) -> Held | None:
    """The one that holds on the day; of several the one that was recorded last."""
    holding = [one for one in held if one.starts_on <= day and (one.ends_on is None or day < one.ends_on)]
    return max(holding, key=lambda one: one.pk, default=None)


def changed_trait(client_id: int, kind: str, value: str, day: date, held: Sequence[HeldTrait]) -> list[TraitRow]:
    """The rows with which a trait has a value from the day on, until what is known next; `held` are of that kind."""
    now = held_on(held, day)
    later = min((one.starts_on for one in held if one.starts_on > day), default=None)
    if now is None:
        return [TraitRow(client_id, kind, value, day, later)]
    if now.value == value:
        return []
    until = min((end for end in (now.ends_on, later) if end is not None), default=None)
    if now.starts_on == day:
        return [TraitRow(now.client_id, kind, value, day, until, replaces_id=now.pk)]
    return [*shortened(now, day), TraitRow(now.client_id, kind, value, day, until)]


def shortened(now: HeldTrait, day: date) -> list[TraitRow]:
    """The row with which a trait holds until the day; none when it began on it."""
    if now.starts_on == day:
        return []
    return [TraitRow(now.client_id, now.kind, now.value, now.starts_on, day, replaces_id=now.pk)]


def copied(held: Sequence[HeldTrait], day: date, before: str) -> str:
    """What a placement of the day says of a trait; where none was recorded by then, what the placement before said."""
    now = held_on(held, day)
    if now is not None:
        return now.value
    return "" if any(one.starts_on <= day for one in held) else before
