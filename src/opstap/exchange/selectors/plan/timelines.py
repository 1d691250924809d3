"""What holds for one client over time, one thing at a time, and how an observation of a day changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Generic, TypeVar

V = TypeVar("V")
_START = attrgetter("starts_on")


@dataclass(slots=True)
class Piece(Generic[V]):
    """A half-open period with its value; `was` is how the stored row reads, None for a new one.

    `dossier` is the one that was merged in which it stands; 0 for the one that was kept.
    """

    starts_on: date
    ends_on: date | None
    value: V
    id: int | None = None
    was: tuple[date, date | None, V] | None = None
    dossier: int = 0

    def covers(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @property
    def changed(self) -> bool:
        """New, or otherwise than stored."""
        return (self.starts_on, self.ends_on, self.value) != self.was


class Timeline(Generic[V]):
    """The periods of one thing of one client, in order."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: Iterable[Piece[V]] = ()) -> None:
        self.pieces = sorted(pieces, key=_START)

    def at(self, day: date) -> Piece[V] | None:
        """What holds on the day; of two that overlap the later one."""
        return next((piece for piece in reversed(self.pieces) if piece.covers(day)), None)

    def agreeing(self, day: date, agrees: Callable[[V], bool]) -> Piece[V] | None:
        """What holds on the day; where two dossiers of one person say something each, the one that agrees."""
        held = [piece for piece in self.pieces if piece.covers(day)]
        return next((piece for piece in reversed(held) if agrees(piece.value)), held[-1] if held else None)

    def after(self, day: date) -> Piece[V] | None:
        """The first period that starts after the day."""
        return next((piece for piece in self.pieces if piece.starts_on > day), None)

    def add(self, starts_on: date, ends_on: date | None, value: V) -> Piece[V]:
        """A new period, which must not end before it starts."""
        piece = Piece(starts_on, ends_on, value)
        self.pieces.append(piece)
        if len(self.pieces) > 1:
            self.pieces.sort(key=_START)
        return piece

    def observe(self, day: date, value: V) -> bool:
        """Let the value hold from the day on, until what is known to begin later; returns whether that is news.

        What held otherwise ends that day; what began that very day is corrected; the same value that is known from a
        later day on is put back in time. Two dossiers of one person may say something each: one that agrees will do.
        """
        covering = [piece for piece in self.pieces if piece.covers(day)]
        if any(piece.value == value for piece in covering):
            return False
        if covering:
            held = covering[-1]
            ends_on = held.ends_on
            for piece in covering:
                if piece.starts_on < day:
                    piece.ends_on = day
            if held.starts_on == day:
                held.value = value
            else:
                self.add(day, ends_on, value)
            return True
        later = self.after(day)
        if later is not None and later.value == value:
            later.starts_on = day
        else:
            self.add(day, None if later is None else later.starts_on, value)
        return True

    def changes(self) -> Iterator[Piece[V]]:
        """The periods to be recorded: new ones, and those otherwise than stored."""
        return (piece for piece in self.pieces if piece.changed)


def stored_timeline(rows: Iterable[tuple[Any, ...]], value: Callable[[tuple[Any, ...]], V]) -> Timeline[V]:
    """Rows as (id, starts_on, ends_on, …) become periods; `value` reads the rest of the row."""
    pieces = []
    for row in rows:
        read = value(row[3:])
        pieces.append(Piece(row[1], row[2], read, row[0], (row[1], row[2], read)))
    return Timeline(pieces)


def day_after(last_day: date | None) -> date | None:
    """The first day after the last day of a period, as files write it."""
    return None if last_day is None else last_day + timedelta(days=1)
