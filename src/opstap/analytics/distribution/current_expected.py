"""The people in follow-up over their current and their expected level, and the shifts between. Not here: shares."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.tally import Cell, check_levels, tally
from opstap.analytics.levels import ScaleLevel, direction, places, whole_by_id, whole_levels

UNKNOWN_SHIFT = "unknown"
_DIRECTIONS = {1: "higher", 0: "same", -1: "lower"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPair:
    """Persons who stand on one whole level, and of whom it is expected. `level` is `None` where it is unknown."""

    group: str | None
    level: str | None
    current: int
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Persons who stand on `origin` and of whom `destination` is expected; `None` where it is unknown."""

    group: str | None
    origin: str | None
    destination: str | None
    clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentExpectedTotals:
    """Persons. `shifts` says of how many a higher, the same or a lower level is expected (or unknown).

    `*_known` are those with a level, code 0 left out. `*_sum` is what the levels add up to of those of whom both are
    known, so that it is of the same people; `None` without an order.
    """

    clients: int
    current_known: int
    expected_known: int
    current_sum: Fraction | None
    expected_sum: Fraction | None
    shifts: Mapping[str, int]

    @property
    def both_known(self) -> int:
        """Those with a current and an expected level."""
        return self.clients - self.shifts[UNKNOWN_SHIFT]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentExpectedPart:
    """The two distributions of one group, or of everyone (`group` is `None`)."""

    group: str | None
    rows: tuple[LevelPair, ...]
    shifts: tuple[Shift, ...]
    totals: CurrentExpectedTotals

    def sums(self) -> Iterator[Sum]:
        """Each distribution adds up to the persons, the shifts to both distributions, and the directions to all."""
        where = "" if self.group is None else f" of {self.group}"
        persons = self.totals.clients
        yield Sum(f"current levels{where}", tuple(row.current for row in self.rows), persons)
        yield Sum(f"expected levels{where}", tuple(row.expected for row in self.rows), persons)
        yield Sum(f"directions{where}", tuple(self.totals.shifts.values()), persons)
        for row in self.rows:
            out = tuple(one.clients for one in self.shifts if one.origin == row.level)
            yield Sum(f"shifts from {row.level}{where}", out, row.current)
            into = tuple(one.clients for one in self.shifts if one.destination == row.level)
            yield Sum(f"shifts to {row.level}{where}", into, row.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentExpected:
    """Where people stand and where they are expected: everyone, and each group when asked for."""

    overall: CurrentExpectedPart
    groups: tuple[CurrentExpectedPart, ...] = ()

    @property
    def base(self) -> int:
        """The persons in all; someone in several groups is one person."""
        return self.overall.totals.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()


def current_expected(
    population: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    *,
    ordered: bool,
    halves_count: bool = False,
    group: str | None = None,
) -> CurrentExpected:
    """The persons of the population by their level and by the level expected of them, and from which to which.

    Shapes: as `goals`. Units: persons. Half-levels count under their whole level; the last row, always, is for unknown:
    no placement, or no expected level. Code 0 has a row when someone has it. A higher, same or lower level is judged on
    whole levels (`halves_count`: on half-levels), code 0 and no counterpart being unknown; without an order it is the
    same or another.
    The means are over those of whom both are known, the same people on both sides, each level in its `places`:
    half-levels count there as halves. Errors: as `placement`.
    Source: FIELD A-13, A-16, A-19.
    """
    counted = tally(population, state, ("level_id", "expected_level_id"), group)
    check_levels(counted.cells, whole_by_id(levels))

    def part(name: str | None) -> CurrentExpectedPart:
        cells = counted.cells_of(name)
        return _part(name, cells, counted.persons[name], levels, _Judging(ordered, halves_count))

    return CurrentExpected(overall=part(None), groups=tuple(part(name) for name in counted.groups))


def shift_of(
    current: int | None, expected: int | None, levels: Sequence[ScaleLevel], *, ordered: bool, halves_count: bool
) -> str:
    """What is expected of a person: a `higher`, the `same` or a `lower` level; without order the `same` or `other`."""
    whole = whole_by_id(levels)
    ends = [None if level is None else whole[level] for level in (current, expected)]
    if current is None or expected is None or any(one is None or _has_no_place(one) for one in ends):
        return UNKNOWN_SHIFT
    if ordered:
        return _DIRECTIONS[direction(current, expected, levels, halves_count=halves_count)]
    return "same" if whole[current] == whole[expected] else "other"


def _has_no_place(level: ScaleLevel) -> bool:
    return level.undetermined or level.is_counterpart_less


@dataclass(frozen=True, slots=True)
class _Judging:
    ordered: bool
    halves_count: bool


def _part(
    group: str | None, cells: Sequence[Cell], persons: int, levels: Sequence[ScaleLevel], judging: _Judging
) -> CurrentExpectedPart:
    whole = whole_by_id(levels)
    pairs: Counter[tuple[str | None, str | None]] = Counter()
    shifts: Counter[str] = Counter()
    for cell in cells:
        current, expected = cell.values
        codes = [None if value is None else whole[value].code for value in (current, expected)]
        pairs[codes[0], codes[1]] += cell.persons
        kind = shift_of(current, expected, levels, ordered=judging.ordered, halves_count=judging.halves_count)
        shifts[kind] += cell.persons
    used = {code for pair in pairs for code in pair}
    shown = [*(one.code for one in whole_levels(levels) if not one.undetermined or one.code in used), None]
    kinds = ("higher", "same", "lower") if judging.ordered else ("same", "other")
    known, sums = _known(cells, levels)
    return CurrentExpectedPart(
        group=group,
        rows=tuple(
            LevelPair(
                group=group,
                level=code,
                current=sum(pairs[code, other] for other in shown),
                expected=sum(pairs[other, code] for other in shown),
            )
            for code in shown
        ),
        shifts=tuple(
            Shift(group=group, origin=origin, destination=to, clients=pairs[origin, to])
            for origin in shown
            for to in shown
        ),
        totals=CurrentExpectedTotals(
            clients=persons,
            current_known=known[0],
            expected_known=known[1],
            current_sum=sums[0] if judging.ordered else None,
            expected_sum=sums[1] if judging.ordered else None,
            shifts={kind: shifts[kind] for kind in (*kinds, UNKNOWN_SHIFT)},
        ),
    )


def _known(cells: Sequence[Cell], levels: Sequence[ScaleLevel]) -> tuple[tuple[int, int], tuple[Fraction, Fraction]]:
    """How many have a current and an expected level that is determined; and what these add up to of who has both."""
    place = places(levels)
    known, sums = [0, 0], [Fraction(0), Fraction(0)]
    for cell in cells:
        found = [None if value is None else place.get(value) for value in cell.values]
        for column, one in enumerate(found):
            if one is not None:
                known[column] += cell.persons
                sums[column] += 0 if None in found else one * cell.persons
    return (known[0], known[1]), (sums[0], sums[1])
