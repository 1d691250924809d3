"""Which part of the people has a placement: ever, in the last twelve months, a second one. Not here: shares."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.tally import Cell, tally
from opstap.analytics.periods import day_like

ONCE, TWICE = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """Persons of one group, or of everyone (`group` is `None`).

    `base` in all; `placed` ever; of those `placed_last_year` and `placed_twice`; `not_determined` have code 0 only;
    `not_placed` have nothing.
    """

    group: str | None
    base: int
    placed: int
    placed_last_year: int
    placed_before: int
    placed_once: int
    placed_twice: int
    not_determined: int
    not_placed: int

    def sums(self) -> Iterator[Sum]:
        """Placed, not determined and not placed make everyone; lately or before, and once or more, make the placed."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"coverage{where}", (self.placed, self.not_determined, self.not_placed), self.base)
        yield Sum(f"placed by year{where}", (self.placed_last_year, self.placed_before), self.placed)
        yield Sum(f"placed once or more{where}", (self.placed_once, self.placed_twice), self.placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage of everyone, and of each group when asked for."""

    overall: CoverageRow
    groups: tuple[CoverageRow, ...] = ()

    @property
    def rows(self) -> tuple[CoverageRow, ...]:
        """The groups, or everyone when there is no grouping."""
        return self.groups or (self.overall,)

    @property
    def base(self) -> int:
        """The persons in all; someone in several groups is one person."""
        return self.overall.base

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for row in (self.overall, *self.groups):
            yield from row.sums()


def coverage(
    population: nw.LazyFrame[Any],
    placements: nw.LazyFrame[Any],
    day: date,
    since: date,
    *,
    undetermined: Collection[int] = (),
    group: str | None = None,
) -> Coverage:
    """How many persons of the population have a placement on or before the day.

    Shapes: `population` has `client_id` (and `group`, strings; a person once, several times or in several groups);
    `placements` are the intervals of one scale, one row a placement, with `client_id`, `level_id`, `valid_from`.
    `undetermined` are the ids of code 0: looked at without choosing a level, so no placement (FIELD B-28). The last
    year begins after `since`. A second placement is one on another day, whatever its level. Units: persons, once in
    a group and once in all, so groups need not add up to it. Source: FIELD G-3, A-12, B-47.
    """
    return coverage_of_times(population, placed_times(placements, day, since, undetermined), group)


def coverage_of_times(population: nw.LazyFrame[Any], times: nw.LazyFrame[Any], group: str | None = None) -> Coverage:
    """The same of who was placed how often already, as `placed_times` gives it."""
    counted = tally(population, times, ("times", "recent"), group)
    return Coverage(
        overall=_row(None, counted.cells_of(None), counted.persons[None]),
        groups=tuple(_row(name, counted.cells_of(name), counted.persons[name]) for name in counted.groups),
    )


def placed_times(
    placements: nw.LazyFrame[Any], day: date, since: date, undetermined: Collection[int] = ()
) -> nw.LazyFrame[Any]:
    """One row for each client of whom something was recorded by the day: `times` placed (0, 1, or 2 for more) and
    `recent`, 1 when placed after `since`. Shapes and words as in `coverage`.
    """
    types = placements.collect_schema()
    known = placements.filter(nw.col("valid_from") <= day_like(day, types["valid_from"]))
    placed = ~nw.col("level_id").is_in(list(undetermined))
    recent = placed & (nw.col("valid_from") > day_like(since, types["valid_from"]))
    marked = known.select("client_id", placed=placed.cast(nw.Int64), recent=recent.cast(nw.Int64))
    counted = marked.group_by("client_id").agg(times=nw.col("placed").sum(), recent=nw.col("recent").max())
    times = nw.when(nw.col("times") > TWICE).then(nw.lit(TWICE)).otherwise(nw.col("times"))
    return counted.select("client_id", times=times, recent=nw.col("recent"))


def _row(group: str | None, cells: Sequence[Cell], persons: int) -> CoverageRow:
    times: Counter[int | None] = Counter()
    recent = 0
    for cell in cells:
        times[cell.values[0]] += cell.persons
        recent += cell.persons if cell.values[1] else 0
    placed = times[ONCE] + times[TWICE]
    return CoverageRow(
        group=group,
        base=persons,
        placed=placed,
        placed_last_year=recent,
        placed_before=placed - recent,
        placed_once=times[ONCE],
        placed_twice=times[TWICE],
        not_determined=times[0],
        not_placed=times[None],
    )
