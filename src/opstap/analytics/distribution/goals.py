"""The people in follow-up over the levels that are expected of them, half-levels shown. Not here: shares."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.tally import Cell, check_levels, tally
from opstap.analytics.levels import ScaleLevel, in_order, split_codes, whole_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """Persons with one expected level. `level` is `None` (and `name` empty) where none is filled in."""

    group: str | None
    level: str | None
    name: str
    clients: int
    band: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsTotals:
    """Persons in all, and those with an expected level."""

    clients: int
    with_expected_level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsPart:
    """The goals of one group, or of everyone (`group` is `None`)."""

    group: str | None
    rows: tuple[GoalRow, ...]
    totals: GoalsTotals

    def sums(self) -> Iterator[Sum]:
        """Levels add up to the persons, and those filled in to their total."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"expected levels{where}", tuple(row.clients for row in self.rows), self.totals.clients)
        filled = tuple(row.clients for row in self.rows if row.level is not None)
        yield Sum(f"expected levels filled in{where}", filled, self.totals.with_expected_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """Which levels are expected for the people in follow-up: everyone, and each group when asked for."""

    overall: GoalsPart
    groups: tuple[GoalsPart, ...] = ()

    @property
    def rows(self) -> tuple[GoalRow, ...]:
        """The rows of the groups one after another, or those of everyone when there is no grouping."""
        return tuple(row for part in self.groups for row in part.rows) if self.groups else self.overall.rows

    @property
    def base(self) -> int:
        """The persons in all; someone in several groups is one person."""
        return self.overall.totals.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()


def goals(
    population: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    *,
    group: str | None = None,
) -> Goals:
    """The persons of the population per expected level, with half-levels shown.

    Shapes: as `placement`, with `expected_level_id` (nullable) in `state`. Units: persons. A whole level that has
    half-levels, and code 0, are shown only when someone is expected there; the last row, always, counts those without
    a placement or without an expected level. Errors: as `placement`. Source: FIELD B-90, A-07.
    """
    counted = tally(population, state, ("expected_level_id",), group)

    def part(name: str | None) -> GoalsPart:
        return _goals_part(name, counted.cells_of(name), counted.persons[name], levels)

    check_levels(counted.cells, whole_by_id(levels))
    return Goals(overall=part(None), groups=tuple(part(name) for name in counted.groups))


def _goals_part(group: str | None, cells: Sequence[Cell], persons: int, levels: Sequence[ScaleLevel]) -> GoalsPart:
    expected: Counter[int | None] = Counter()
    for cell in cells:
        expected[cell.values[0]] += cell.persons
    split = split_codes(levels)
    rows = [
        GoalRow(group=group, level=level.code, name=level.name, clients=expected[level.id], band=level.band)
        for level in in_order(levels)
        if expected[level.id] or not (level.undetermined or level.code in split)
    ]
    rows.append(GoalRow(group=group, level=None, name="", clients=expected[None]))
    filled = expected.total() - expected[None]
    return GoalsPart(group=group, rows=tuple(rows), totals=GoalsTotals(clients=persons, with_expected_level=filled))
