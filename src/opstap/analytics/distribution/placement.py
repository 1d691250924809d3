"""The people in follow-up over the whole levels of a scale, with and without growth potential. Not here: shares."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.tally import Cell, check_levels, tally
from opstap.analytics.levels import ScaleLevel, whole_by_id, whole_levels

GROWTH = 1
NO_GROWTH = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow:
    """Persons on one whole level. `level` is `None` (and `name` empty) for those without a placement by that date.

    The three growth counts are `None` on a row without a growth split.
    """

    group: str | None
    level: str | None
    name: str
    clients: int
    without_growth: int | None = None
    with_growth: int | None = None
    unknown_growth: int | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementTotals:
    """Persons in all, and those on the levels that have a growth split, counted over people."""

    clients: int
    with_level_below_top: int
    without_growth: int
    with_growth: int
    unknown_growth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPart:
    """The placement of one group, or of everyone (`group` is `None`)."""

    group: str | None
    rows: tuple[PlacementRow, ...]
    totals: PlacementTotals

    def sums(self) -> Iterator[Sum]:
        """Levels add up to the persons, growth to each level, and the levels with a split to their total."""
        where = "" if self.group is None else f" of {self.group}"
        totals = self.totals
        yield Sum(f"levels{where}", tuple(row.clients for row in self.rows), totals.clients)
        for row in self.rows:
            if row.without_growth is not None:
                yield Sum(f"growth on level {row.level}{where}", _growth(row), row.clients)
        split = [row for row in self.rows if row.without_growth is not None]
        yield Sum(f"levels below the top{where}", tuple(row.clients for row in split), totals.with_level_below_top)
        for name in ("without_growth", "with_growth", "unknown_growth"):
            parts = tuple(getattr(row, name) for row in split)
            yield Sum(f"{name.replace('_', ' ')}{where}", parts, getattr(totals, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """How the people in follow-up are placed: everyone, and each group when asked for."""

    overall: PlacementPart
    groups: tuple[PlacementPart, ...] = ()

    @property
    def rows(self) -> tuple[PlacementRow, ...]:
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


def placement(
    population: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    *,
    group: str | None = None,
) -> Placement:
    """The persons of the population per whole level, with and without growth potential.

    Shapes: `population` has `client_id` (and `group`, strings); a person may stand in it more than once and in several
    groups. `state` is what `periods.on` gives for one scale: `client_id`, `level_id`, `growth` (1 yes, 0 no, -1
    unknown). `levels` are all levels of that scale. Units: persons, each once in a group and once in the total, so
    groups need not add up to it. Half-levels count under their whole level; levels with nobody are shown, code 0
    too; the row of those not placed comes last, always. Growth is as recorded, never derived from the goal. Errors:
    `ValueError` for a level that is not of the scale and for a state with several rows for a client. Source: FIELD G-1,
    G-2, B-88.
    """
    whole = whole_by_id(levels)
    counted = tally(population, state, ("level_id", "growth"), group)

    def part(name: str | None) -> PlacementPart:
        return _placement_part(name, counted.cells_of(name), counted.persons[name], levels)

    check_levels(counted.cells, whole)
    return Placement(overall=part(None), groups=tuple(part(name) for name in counted.groups))


def _growth(row: PlacementRow) -> tuple[int, int, int]:
    return row.without_growth or 0, row.with_growth or 0, row.unknown_growth or 0


def _placement_part(
    group: str | None, cells: Sequence[Cell], persons: int, levels: Sequence[ScaleLevel]
) -> PlacementPart:
    whole = whole_by_id(levels)
    on_level: Counter[str | None] = Counter()
    with_answer: Counter[tuple[str, int | None]] = Counter()
    below_top: Counter[int | None] = Counter()
    for (level_id, growth), count in ((cell.values, cell.persons) for cell in cells):
        level = None if level_id is None else whole[level_id]
        on_level[None if level is None else level.code] += count
        if level is not None and level.has_growth:
            answer = growth if growth in (GROWTH, NO_GROWTH) else None
            with_answer[level.code, answer] += count
            below_top[answer] += count
    rows = [_placement_row(group, level, on_level[level.code], with_answer) for level in whole_levels(levels)]
    rows.append(PlacementRow(group=group, level=None, name="", clients=on_level[None]))
    totals = PlacementTotals(
        clients=persons,
        with_level_below_top=below_top.total(),
        without_growth=below_top[NO_GROWTH],
        with_growth=below_top[GROWTH],
        unknown_growth=below_top[None],
    )
    return PlacementPart(group=group, rows=tuple(rows), totals=totals)


def _placement_row(
    group: str | None, level: ScaleLevel, clients: int, with_answer: Counter[tuple[str, int | None]]
) -> PlacementRow:
    split = level.has_growth
    return PlacementRow(
        group=group,
        level=level.code,
        name=level.name,
        clients=clients,
        without_growth=with_answer[level.code, NO_GROWTH] if split else None,
        with_growth=with_answer[level.code, GROWTH] if split else None,
        unknown_growth=with_answer[level.code, None] if split else None,
        band=level.band,
    )
