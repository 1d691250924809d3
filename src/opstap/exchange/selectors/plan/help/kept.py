"""A row as it will stand, and as it stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow

R = TypeVar("R", TrajectoryRow, ActivityRow, InstrumentRow)


class Kept(Generic[R]):
    """A row of help, changed by what a file shows; `was` is None for a new one."""

    def __init__(self, row: R, was: R | None = None) -> None:
        self.row: R = row
        self.was: R | None = was

    def change(self, **said: Any) -> None:
        """Let it stand otherwise."""
        self.row = replace(self.row, **said)

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.row.starts_on <= day and (self.row.ends_on is None or day < self.row.ends_on)


def running_until(kept: Sequence[Kept[R]], ends_on: date) -> Kept[R] | None:
    """The one that ends then, else one that ran until then: what had ended is known by its end."""
    same = next((one for one in kept if one.row.ends_on == ends_on), None)
    return same or next((one for one in kept if one.covers(ends_on - timedelta(days=1))), None)


def stored(row: type[R], columns: tuple[str, ...], held: Iterable[tuple[Any, ...]]) -> list[Kept[R]]:
    """Rows as (id, starts_on, ends_on, …) with the columns that follow."""
    kept = []
    for pk, starts_on, ends_on, *rest in held:
        said: dict[str, Any] = dict(zip(columns, rest, strict=True))
        one = row(starts_on=starts_on, ends_on=ends_on, replaces_id=pk, **said)
        kept.append(Kept(one, one))
    return kept


def changed(kept: Iterable[Kept[R]]) -> list[R]:
    """Those to be recorded: new, or otherwise than they stood."""
    return [one.row for one in kept if one.row != one.was]
