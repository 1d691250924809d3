"""The instruments of one client: one of a kind and a supplier at a time, found again by its first day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from opstap.exchange.selectors.plan.help.kept import Kept, running_until, stored
from opstap.exchange.selectors.plan.stored import INSTRUMENT_COLUMNS
from opstap.foundation.references import new_reference
from opstap.plans.logic import InstrumentRow, TrajectoryRow


@dataclass(frozen=True)
class Used:
    """An instrument as a row says it. A result goes with an end; of what had ended the day is a guess."""

    kind: str
    day: date
    ends_on: date | None = None
    supplier: str = ""
    result: str = ""
    had_ended: bool = False


class Instruments:
    """What is used for one client, and how what a file shows changes it."""

    def __init__(self, held: Iterable[tuple[Any, ...]]) -> None:
        self.kept: list[Kept[InstrumentRow]] = stored(InstrumentRow, INSTRUMENT_COLUMNS, held)

    def found(self, used: Used) -> Kept[InstrumentRow] | None:
        """The one that a row is about: that begins on its day, else that runs on it; of what had ended by its end."""
        own = self._alike(used)
        if used.had_ended and used.ends_on is not None and (known := running_until(own, used.ends_on)) is not None:
            return known
        same = next((kept for kept in own if kept.row.starts_on == used.day), None)
        return same or next((kept for kept in own if kept.covers(used.day)), None)

    def correct(self, kept: Kept[InstrumentRow], used: Used) -> None:
        """What the file says otherwise. The end of one that began on another day is taken over while it has none."""
        if used.supplier and not kept.row.supplier:
            kept.change(supplier=used.supplier)
        if used.ends_on is None or used.ends_on <= kept.row.starts_on:
            return
        if used.had_ended or kept.row.starts_on == used.day or kept.row.ends_on in {None, used.ends_on}:
            kept.change(ends_on=used.ends_on, result=used.result or kept.row.result)

    def begin(self, used: Used, under: TrajectoryRow) -> None:
        """A new one under a trajectory, which it does not outlast unless the file says so; or put back in time."""
        later = min(
            (kept for kept in self._alike(used) if kept.row.starts_on > used.day),
            key=lambda kept: kept.row.starts_on,
            default=None,
        )
        if later is not None and (used.ends_on is None or used.ends_on > later.row.starts_on):
            later.change(starts_on=used.day)
            self.correct(later, used)
            return
        until = used.ends_on or (under.ends_on if under.ends_on is not None and under.ends_on > used.day else None)
        said = (used.kind, used.day, until, used.supplier, used.result)
        self.kept.append(Kept(InstrumentRow(under.client_id, new_reference(), under.reference, *said)))

    def move(self, trajectory: str, following: str, day: date) -> None:
        """What runs when another goal is agreed goes on under the next trajectory."""
        for kept in self.kept:
            if kept.row.trajectory == trajectory and kept.covers(day):
                kept.change(trajectory=following)

    def cut(self, trajectory: str, ends_on: date) -> None:
        """What runs under a trajectory ends with it."""
        for kept in self.kept:
            if kept.row.trajectory == trajectory and kept.covers(ends_on) and kept.row.starts_on < ends_on:
                kept.change(ends_on=ends_on)

    def _alike(self, used: Used) -> list[Kept[InstrumentRow]]:
        """Those of the kind, of the supplier or with one of the two not known."""
        supplier = used.supplier.casefold()
        return [
            kept
            for kept in self.kept
            if kept.row.kind == used.kind
            and (not supplier or not kept.row.supplier or kept.row.supplier.casefold() == supplier)
        ]
