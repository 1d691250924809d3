"""What holds from a day until a day, and the check on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from opstap.clients.logic.faults import Fault


class About(Protocol):
    """Anything about a client."""

    @property
    def client_id(self) -> int:
        """Of whom."""


class Period(About, Protocol):
    """Anything with a half-open period."""

    @property
    def starts_on(self) -> date:
        """First day."""

    @property
    def ends_on(self) -> date | None:
        """First day after; None is open."""


def overlapping(one: Period, other: Period) -> bool:
    """Whether two half-open periods share a day."""
    return one.starts_on < (other.ends_on or date.max) and other.starts_on < (one.ends_on or date.max)


def period_faults(rows: Iterable[Period]) -> list[Fault]:
    """An end that does not lie after the begin."""
    return [
        Fault(number, "ends_before_it_starts")
        for number, row in enumerate(rows)
        if row.ends_on is not None and row.ends_on <= row.starts_on
    ]
