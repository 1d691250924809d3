"""Rows of the postcode table, and what makes one table equal to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A row of the postcode table: four or six characters without a space, in a half-open period."""

    municipality_id: int
    postcode: str
    district_name: str
    starts_on: date
    ends_on: date | None = None
    district_code: str = ""
    neighbourhood_name: str = ""
    neighbourhood_code: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """What makes the table equal to another from a day on: rows to withdraw, to end that day, and to add."""

    withdrawn: tuple[int, ...]
    ended: tuple[DistrictRow, ...]
    added: tuple[DistrictRow, ...]
    kept: int


def plan_replacement(
    standing: Sequence[tuple[int, DistrictRow]], wanted: Sequence[DistrictRow], since: date
) -> Replacement:
    """The smallest change after which the table reads as `wanted` from the day on; before it nothing changes.

    `wanted` begins on the day or later. A row that says the same goes on, so that nothing is recorded about it.
    """
    missing = dict.fromkeys(wanted)
    withdrawn, ended, kept = [], [], 0
    for pk, row in standing:
        if row.ends_on is not None and row.ends_on <= since:
            continue
        rest = replace(row, starts_on=max(row.starts_on, since))
        if rest in missing:
            del missing[rest]
            kept += 1
        elif row.starts_on >= since:
            withdrawn.append(pk)
        else:
            ended.append(replace(row, ends_on=since, replaces_id=pk))
    return Replacement(tuple(withdrawn), tuple(ended), tuple(missing), kept)
