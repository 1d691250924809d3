"""A question that is composed once for all who ask the same of other numbers: each has a slot, filled when asked.

Composing a long query costs more than asking it. What is kept is text with its parameters, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

Statement = tuple[str, tuple[Any, ...]]
FIRST = -1_000_000_001  # no row has such a number
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)  # nor such a moment


class Slots:
    """Hands out stand-ins, always the same in the same order, and remembers for what each of them stands."""

    def __init__(self) -> None:
        self.stands_for: dict[Any, Any] = {}

    def one(self, number: int | None) -> int | None:
        """A stand-in for one number; what is not known has none."""
        if number is None:
            return None
        slot = FIRST - len(self.stands_for)
        self.stands_for[slot] = number
        return slot

    def some(self, numbers: Iterable[int]) -> frozenset[int]:
        """A stand-in for each of these."""
        return frozenset(slot for number in sorted(numbers) if (slot := self.one(number)) is not None)

    def word(self, word: str) -> str:
        """A stand-in for an opaque word, a reference."""
        slot = f"slot {len(self.stands_for)}"
        self.stands_for[slot] = word
        return slot

    def moment(self, at: datetime) -> datetime:
        """A stand-in for a moment, in the form in which the database is asked for one."""
        slot = LONG_AGO + timedelta(seconds=len(self.stands_for))
        adapted = connection.ops.adapt_datetimefield_value
        self.stands_for[adapted(slot)] = adapted(at)
        return slot


def filled(statement: Statement, stands_for: Mapping[Any, Any]) -> Statement:
    """The question with what the slots stand for."""
    text, parameters = statement
    return text, tuple(stands_for.get(one, one) for one in parameters)
