"""Shares of an incompletely covered group, with a Wilson interval. Not here: how they are said."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from math import sqrt
from typing import Final, NamedTuple

from opstap.analytics.shares import HUNDRED_PERCENT, share

SMALL: Final = 10
"""Of fewer than so many a share says little, whatever it is; such a group says so."""
LEVEL: Final = 0.95


class Known(NamedTuple):
    """Of `whole` persons it is known of `known`; `part` of those have it. `beyond` are others, of whom nothing is known
    and who need not be like them.
    """

    part: int
    known: int
    whole: int
    beyond: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share of the persons of a group of whom it is known, and between which shares that of all of them may lie.

    `part` of `known` of `whole` persons. `low` and `high` are the ends of the interval as parts of one (0 to 1);
    `None` where everybody's answer is known, since nothing is estimated then, and where nobody's is. `beyond` of the
    whole need not be like the others: with them there is no share, only from where to where it can lie.
    """

    part: int
    known: int
    whole: int
    low: float | None = None
    high: float | None = None
    beyond: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether it is known of everybody."""
        return self.known == self.whole

    @property
    def is_small(self) -> bool:
        """Whether it is known of so few that the share says little."""
        return self.known < SMALL

    def share(self, decimals: int = 1) -> Decimal | None:
        """The part of those known as a percentage, rounded half-up; `None` when it is known of nobody, or when those
        known need not be like the others.
        """
        return None if self.beyond else share(self.part, self.known, decimals)

    def coverage(self, decimals: int = 1) -> Decimal | None:
        """Of which percentage of all it is known; `None` when there is nobody."""
        return share(self.known, self.whole, decimals)

    def bounds(self, decimals: int = 0) -> tuple[Decimal, Decimal] | None:
        """The ends as percentages, rounded outward so that the interval promises no more than it holds."""
        if self.low is None or self.high is None:
            return None
        step = Decimal(1).scaleb(-decimals)
        low = Decimal(repr(self.low * HUNDRED_PERCENT)).quantize(step, ROUND_FLOOR)
        high = Decimal(repr(self.high * HUNDRED_PERCENT)).quantize(step, ROUND_CEILING)
        return low, high


def estimated(
    groups: Sequence[Known | tuple[int, int, int] | tuple[int, int, int, int]], level: float = LEVEL
) -> tuple[Estimate, ...]:
    """The shares of several groups, in the order given, each with a Wilson interval at 95 % (or at another
    `level`, from 0 to 1) unless it is complete.

    Units: persons. The interval is that of statsmodels: of the score test, without correction for continuity; it takes
    those known for a draw from all, as if the answers that lack are like those that are there. Of who is `beyond` that
    may not be taken: the ends are what they are when none of them has it and when all of them have. Raises `ValueError`
    unless 0 <= part <= known <= whole and 0 <= beyond. Source: the issue on steering information; E. B. Wilson, JASA 22
    (1927).
    """
    asked = [Known(*group) for group in groups]
    for one in asked:
        if not 0 <= one.part <= one.known <= one.whole or one.beyond < 0:
            message = f"{one.part} of {one.known} of {one.whole} persons is no share"
            raise ValueError(message)
    partly = [one for one in asked if 0 < one.known < one.whole]
    ends = dict(zip(partly, _wilson(partly, level), strict=True))
    made = []
    for one in asked:
        low, high = ends.get(one, (None, None))
        whole, beyond = one.whole + one.beyond, one.beyond
        if beyond:
            low, high = _with_others(one, low, high)
        made.append(Estimate(part=one.part, known=one.known, whole=whole, low=low, high=high, beyond=beyond))
    return tuple(made)


def _with_others(one: Known, low: float | None, high: float | None) -> tuple[float, float]:
    """The ends with those who are beyond: from none of them to all of them."""
    if low is None or high is None:
        least, most = (float(one.part), float(one.part)) if one.known else (0.0, float(one.whole))
    else:
        least, most = low * one.whole, high * one.whole
    everybody = one.whole + one.beyond
    return least / everybody, (most + one.beyond) / everybody


def drawn(part: int, known: int, level: float = LEVEL) -> Estimate:
    """The share of a complete group with the interval of a draw, for judging whether two such groups differ by more
    than chance: who is in it could have been others. Not for saying how sure the share itself is: that is exact.

    Units: persons. `level`: of the interval, from 0 to 1. Raises `ValueError` unless 0 <= part <= known. Source: as
    `estimated`.
    """
    if not 0 <= part <= known:
        message = f"{part} of {known} persons is no share"
        raise ValueError(message)
    (ends,) = _wilson([Known(part, known, known)], level) if known else [(None, None)]
    return Estimate(part=part, known=known, whole=known, low=ends[0], high=ends[1])


def _wilson(groups: Sequence[Known], level: float = LEVEL) -> list[tuple[float, float]]:
    """Step by step as statsmodels reckons it, which takes a hundred times as long over one: the same digits."""
    found = []
    for part, known, *_others in groups:
        share, beyond = part / known, _beyond(level)
        square = beyond**2
        whole = 1 + square / known
        middle = (share + square / (2 * known)) / whole
        away = beyond * sqrt(share * (1.0 - share) / known + square / (4.0 * known**2)) / whole
        found.append((max(0.0, middle - away), min(1.0, middle + away)))
    return found


@cache
def _beyond(level: float) -> float:
    """How many deviations from the middle of a normal distribution an interval of this level ends."""
    from scipy.stats import norm  # noqa: PLC0415 - a second, for who estimates only

    return float(norm.isf((1 - level) / 2.0))
