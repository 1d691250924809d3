"""Why rows are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: its place in the rows given, and a code."""

    row: int
    code: str


class RowsRefused(Exception):
    """Rows that can't be recorded; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"row {fault.row}: {fault.code}" for fault in self.faults[:10]))


class HeldAlready(RowsRefused):
    """Another fact of the kind holds at the same time; from when until when."""

    def __init__(self, starts_on: date, ends_on: date | None) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on
        super().__init__([Fault(0, "held_already")])
