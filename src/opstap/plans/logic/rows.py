"""Rows as the operations take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """A trajectory. Its reference is drawn by whoever makes the row; a correction keeps it."""

    client_id: int
    reference: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    name: str = ""
    goal_level_id: int | None = None
    maintains_level: bool = False
    end_reason: str = ""
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity under the trajectory with that reference."""

    client_id: int
    reference: str
    trajectory: str
    description: str
    starts_on: date
    ends_on: date | None = None
    kind: str = ""
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument under the trajectory with that reference."""

    client_id: int
    reference: str
    trajectory: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    supplier: str = ""
    result: str = ""
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault or a warning about a row, by a code."""

    row: int
    code: str


class PlansRefused(Exception):
    """Rows that can't be recorded; nothing was written."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"row {fault.row}: {fault.code}" for fault in self.faults[:10]))
