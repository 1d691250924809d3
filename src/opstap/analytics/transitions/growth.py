"""Whether somebody came as far as was expected, on a day and within a year. Not here: counting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import narwhals as nw
from narwhals.dtypes import DType

from opstap.analytics.levels import ScaleLevel, places, whole_by_id, whole_levels
from opstap.analytics.periods import as_kind
from opstap.analytics.transitions.cells import NO_COUNTERPART, Judge
from opstap.analytics.transitions.flows import NOTHING, flows
from opstap.analytics.transitions.reach import Steps

SEEN, NOT_SEEN, UNKNOWN = 1, 0, -1
"""Of growth potential and of instruments: yes, no, and not known."""
REALISED, HIGHER, NOT_HIGHER, NOT_KNOWN = "realised", "higher", "not_higher", "not_known"
YEAR: Final = (REALISED, HIGHER, NOT_HIGHER, NOT_KNOWN)
"""How far somebody came within the year: as far as expected, higher but less far, not higher, or nobody knows."""
_NAMES: Final = {"level": "stayed"}
_FATE: Final = ("growth", "expected_level_id", "has_instrument", "best")


@dataclass(frozen=True, slots=True)
class GrowthJudge:
    """Says of a way on one scale whether it went as far as was expected.

    What is expected is the expected level of the earlier day, where that lies above the level of that day; where none
    is recorded, or one that is no higher, it is any higher level. Levels are those on which `judge` compares: whole
    ones, unless the scale counts half-levels. Source: FIELD 1.4, 1.5, G-6.
    """

    judge: Judge
    _whole: dict[int, ScaleLevel] = field(init=False, repr=False)
    _known: dict[tuple[int, str, int], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    _heights: dict[int, Fraction] = field(init=False, repr=False)
    _steps: dict[tuple[int, int, int], Steps] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_whole", dict(whole_by_id(self.judge.levels)))
        heights = places(self.judge.levels)
        stood = (self.judge.level_of(pk) for pk in heights)
        object.__setattr__(self, "_heights", {one.order: heights[one.id] for one in stood if one is not None})

    @property
    def codes(self) -> tuple[str, ...]:
        """The whole levels on which there can be growth potential, in the order of the scale."""
        return tuple(level.code for level in whole_levels(self.judge.levels) if _can_grow(level))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What can have become of somebody by the later day; without an order nobody is higher or as far."""
        named = tuple(_NAMES.get(one, one) for one in self.judge.outcomes)
        return ("reached", *named) if self.judge.ordered else named

    def row_of(self, from_level: int) -> str | None:
        """The code of the whole level of the earlier day; `None` for who is not counted: not placed, or no growth."""
        if self.judge.level_of(from_level) is None:
            return None
        level = self._whole[from_level]
        return level.code if _can_grow(level) else None

    def outcome(self, from_level: int, expected: int, *, is_followed: bool, to_level: int) -> str:
        """Which of `outcomes` it is."""
        destination = self.judge.destination(is_followed=is_followed, to_level=to_level)
        way = (from_level, destination, to_level)
        if way not in self._known:
            self._known[way] = self.judge.outcome(*way)
        found = self._known[way]
        if found != "risen":
            return _NAMES.get(found, found)
        aim, stands = self._aim(from_level, expected), self._place(to_level)
        if aim is None or stands is None:
            return NO_COUNTERPART
        return "reached" if stands >= aim else "risen"

    def within_year(self, from_level: int, expected: int, best: int) -> str:
        """Which of `YEAR` it is; `best` is the place of the highest level stood on, or `NOTHING`."""
        aim, stood = self._aim(from_level, expected), self._place(from_level)
        if best == NOTHING or aim is None or stood is None:
            return NOT_KNOWN
        if best >= aim:
            return REALISED
        return HIGHER if best > stood else NOT_HIGHER

    def steps(self, from_level: int, expected: int, best: int) -> Steps:
        """How many levels higher was expected, and how many higher the highest level was that was stood on."""
        way = (from_level, expected, best)
        if way not in self._steps:
            self._steps[way] = self._steps_of(*way)
        return self._steps[way]

    def _steps_of(self, from_level: int, expected: int, best: int) -> Steps:
        stood, aim = self._place(from_level), self._expects(from_level, expected)
        if stood is None or aim is None:
            return Steps(None, None)
        ahead = self._heights[aim] - self._heights[stood]
        return Steps(ahead, None if best == NOTHING else self._heights[best] - self._heights[stood])

    def highest(self, placements: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """By client the place of the highest level: `client_id` and `best`; `NOTHING` where none can be compared."""
        places = {one.id: place for one in self.judge.levels if (place := self._place(one.id)) is not None}
        best: nw.Expr = nw.lit(NOTHING)
        if places:
            best = nw.col("level_id").replace_strict(places, default=NOTHING, return_dtype=nw.Int32)
        placed = placements.select("client_id", best=best.cast(nw.Int32))
        return placed.group_by("client_id").agg(nw.col("best").max())

    def _aim(self, from_level: int, expected: int) -> int | None:
        """The least place that is far enough; `None` where the expected level has no counterpart on this scale."""
        stands = self._place(from_level)
        if stands is None:
            return None
        level = self.judge.level_of(expected)
        if level is None:
            return stands + 1
        return None if level.is_counterpart_less else max(level.order, stands + 1)

    def _expects(self, from_level: int, expected: int) -> int | None:
        """The place of the expected level, where that lies higher; `None` where no higher one was recorded."""
        stood, aim = self._place(from_level), self._place(expected)
        return aim if stood is not None and aim is not None and aim > stood else None

    def _place(self, level_id: int) -> int | None:
        level = self.judge.level_of(level_id)
        return None if level is None or level.is_counterpart_less else level.order


def fates(
    start: nw.LazyFrame[Any],
    followed: nw.LazyFrame[Any],
    since: date,
    judge: GrowthJudge,
    placements: nw.LazyFrame[Any] | None = None,
) -> nw.LazyFrame[Any]:
    """The people of the earlier day with what their fate depends on.

    Shapes: `start` and `followed` as `flows` takes them; `start` has `growth`, `expected_level_id` and
    `has_instrument` as well (1, 0, -1; null is unknown). `placements` are those of the year, `client_id` and
    `level_id`; without them nothing is known of the year. Out come the columns of `flows` without nulls, and `best`.
    """
    moved = flows(start, followed, since)
    if placements is None:
        joined = moved.with_columns(best=nw.lit(NOTHING))
    else:
        joined = moved.join(judge.highest(placements), on="client_id", how="left")
    return joined.with_columns(*(nw.col(column).fill_null(NOTHING).cast(nw.Int32) for column in _FATE))


def ends_of_months(since: date, until: date) -> tuple[date, ...]:
    """The last days of the months after a day, and the day `until` itself: at these it is seen where people stand.

    What is left of who was erased keeps its months, so that such a figure comes out again.
    """
    found = {until}
    day = since.replace(day=1)
    while day <= until:
        following = (day + timedelta(days=32)).replace(day=1)
        last = following - timedelta(days=1)
        if since < last <= until:
            found.add(last)
        day = following
    return tuple(sorted(found))


def placed_between(placements: nw.LazyFrame[Any], since: date, days: Iterable[date]) -> nw.LazyFrame[Any]:
    """The placements made after `since` that hold on one of the days.

    Shapes: intervals with `client_id`, `level_id`, `valid_from` and `valid_until` in; `client_id`, `level_id` out.
    """
    kind = placements.collect_schema()["valid_from"]
    following = _first_of(tuple(sorted(days)), since, kind)
    seen_on = nw.col("valid_from").replace_strict(following, default=None, return_dtype=kind)
    return placements.filter(seen_on < nw.col("valid_until")).select("client_id", "level_id")


@lru_cache(maxsize=16)
def _first_of(days: tuple[date, ...], since: date, kind: DType) -> Mapping[Any, Any]:
    """For each day after `since` the first of some days that is not before it: there is none for a day after all. As
    values of a kind of column; kept, as these are hundreds and each report of a year asks for the same.
    """
    following: dict[date, date] = {}
    for last in days:
        following |= {since + timedelta(days=n): last for n in range(len(following) + 1, (last - since).days + 1)}
    return {as_kind(one, kind): as_kind(last, kind) for one, last in following.items()}


def _can_grow(level: ScaleLevel) -> bool:
    return level.has_growth and not (level.undetermined or level.is_counterpart_less)
