"""A row as it will stand, and as it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
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


def stored(row: type[R], client_id: int, columns: tuple[str, ...], held: Iterable[tuple[Any, ...]]) -> list[Kept[R]]:
    """Rows as (id, starts_on, ends_on, …) with the columns that follow."""
    kept = []
    for pk, starts_on, ends_on, *rest in held:
        said: dict[str, Any] = dict(zip(columns, rest, strict=True))
        one = row(client_id=client_id, starts_on=starts_on, ends_on=ends_on, replaces_id=pk, **said)
        kept.append(Kept(one, one))
    return kept


def changed(kept: Iterable[Kept[R]]) -> list[R]:
    """Those to be recorded: new, or otherwise than they stood."""
    return [one.row for one in kept if one.row != one.was]
