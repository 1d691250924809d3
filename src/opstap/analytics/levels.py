"""The levels of one scale as values, and what follows from them: whole levels, growth, order. Not here: counting."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from opstap.analytics.crosswalks import NO_COUNTERPART_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLevel:
    """One level of a scale. A half-level names its whole level in `parent_code`.

    `has_growth` says whether growth potential is counted on it: not on the top whole level of a ladder (who stands
    there can't rise), not on code 0 (nobody has been judged). On half-levels the whole level's answer counts.
    """

    id: int
    code: str
    name: str
    order: int
    parent_code: str | None = None
    has_growth: bool = True
    undetermined: bool = False
    band: str | None = None

    @property
    def is_counterpart_less(self) -> bool:
        """Whether it is the row of those whose level on another scale has no counterpart on this one."""
        return self.id == NO_COUNTERPART_ID


def in_order(levels: Iterable[ScaleLevel]) -> tuple[ScaleLevel, ...]:
    """The levels in the order of the scale.

    Raises `ValueError` when an id or a code occurs twice, or a parent is no whole level.
    """
    return _in_order(tuple(levels))


@lru_cache(maxsize=256)
def _in_order(levels: tuple[ScaleLevel, ...]) -> tuple[ScaleLevel, ...]:
    """Kept, as a report asks it of the same scale a dozen times; so are whole levels and places."""
    ordered = tuple(sorted(levels, key=lambda level: level.order))
    for field, values in (("id", [x.id for x in ordered]), ("code", [x.code for x in ordered])):
        twice = [value for value, times in Counter(values).items() if times > 1]
        if twice:
            message = f"the scale has two levels with {field} {twice[0]}"
            raise ValueError(message)
    whole_codes = {level.code for level in ordered if level.parent_code is None}
    for level in ordered:
        if level.parent_code is not None and level.parent_code not in whole_codes:
            message = f"level {level.code} belongs to {level.parent_code}, which is no whole level of the scale"
            raise ValueError(message)
    return ordered


def whole_levels(levels: Iterable[ScaleLevel]) -> tuple[ScaleLevel, ...]:
    """The levels that are no half of another, in the order of the scale."""
    return tuple(level for level in in_order(levels) if level.parent_code is None)


def whole_by_id(levels: Iterable[ScaleLevel]) -> Mapping[int, ScaleLevel]:
    """For the id of every level the whole level that it counts under (FIELD 1.5, B-68): itself, or its parent."""
    return _whole_by_id(tuple(levels))


@lru_cache(maxsize=256)
def _whole_by_id(levels: tuple[ScaleLevel, ...]) -> Mapping[int, ScaleLevel]:
    ordered = in_order(levels)
    by_code = {level.code: level for level in ordered}
    return MappingProxyType({level.id: by_code[level.parent_code or level.code] for level in ordered})


def split_codes(levels: Iterable[ScaleLevel]) -> frozenset[str]:
    """The codes of the whole levels that have half-levels."""
    return frozenset(level.parent_code for level in levels if level.parent_code is not None)


def direction(from_id: int, to_id: int, levels: Sequence[ScaleLevel], *, halves_count: bool = False) -> int:
    """1 when the second level lies higher than the first, -1 when lower, 0 when neither.

    Judged on whole levels, so 2- to 2+ is 0, unless the scale counts half-levels. For ordinal scales only: the levels
    of a grouping have no up or down. Raises `KeyError` for a level that is not of the scale. Source: FIELD G-5, 1.5.
    """
    placed = {level.id: level for level in in_order(levels)} if halves_count else whole_by_id(levels)
    before, after = placed[from_id].order, placed[to_id].order
    return (after > before) - (after < before)


def places(levels: Sequence[ScaleLevel]) -> Mapping[int, Fraction]:
    """For the id of every level its place in a mean: whole levels count 1, 2, 3 … in their order.

    The halves of a level divide it evenly from below, so that 2- is 2 and 2+ is 2½; code 0 and who has no counterpart
    have no place.
    For ordinal scales only. Source: FIELD 1.5.
    """
    return _places(tuple(levels))


@lru_cache(maxsize=256)
def _places(levels: tuple[ScaleLevel, ...]) -> Mapping[int, Fraction]:
    whole = whole_levels(levels)
    determined = [one for one in whole if not (one.undetermined or one.is_counterpart_less)]
    found = {level.id: Fraction(number) for number, level in enumerate(determined, 1)}
    for level in determined:
        halves = [one for one in in_order(levels) if one.parent_code == level.code]
        found |= {half.id: found[level.id] + Fraction(number, len(halves)) for number, half in enumerate(halves)}
    return MappingProxyType(found)
