"""The mean of what was measured of a group with its interval, and whether one group's mean differs from another's."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import NamedTuple, TypeVar

from opstap.analytics.uncertainty.estimates import LEVEL, SMALL

S = TypeVar("S", bound=Hashable)
Values = Mapping[Fraction, int]
"""How many persons have each value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of those of whom it is known, and between what that of all of them may lie.

    `known` of `whole` persons. `low` and `high` are `None` where it is known of everybody, since nothing is estimated
    then, and where those known are one, or all alike: from these nobody can say how far the others lie apart.
    `beyond` of the whole need not be like the others: with them there is no mean, only from where to where it can lie.
    """

    known: int
    whole: int
    found: Fraction | None = None
    low: float | None = None
    high: float | None = None
    beyond: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether it is known of everybody."""
        return self.known == self.whole

    @property
    def is_small(self) -> bool:
        """Whether it is known of so few that the mean says little."""
        return self.known < SMALL


class Apart(NamedTuple):
    """How much higher one mean is than another (lower: below 0), and the ends of its interval."""

    found: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """1 or -1 when the whole interval lies on one side of no difference, else 0."""
        return (self.low > 0) - (self.high < 0)


def mean_of(values: Values, whole: int, *, beyond: int = 0, furthest: Fraction = Fraction()) -> Mean:
    """The mean of the persons of whom it is known, with Student's interval at 95 % unless that is everybody.

    `whole` are all of them; the interval takes those known for a draw from these. `beyond` are others of whom nothing
    is known and who need not be like them: with them there are ends alone, as if each of them had `furthest` below or
    above nought, the most that a value can be. So have those of whom it is not known, where those known are one or all
    alike; and no end lies beyond it. Raises `ValueError` for more known than there are. Source: the one sample t
    interval, as in `scipy.stats.ttest_1samp`; of two measurements of the same people it is the paired one.
    """
    known = sum(values.values())
    if not 0 <= known <= whole or beyond < 0:
        message = f"{known} of {whole} persons can't be known"
        raise ValueError(message)
    total = sum((value * persons for value, persons in values.items()), Fraction())
    found = total / known if known else None
    low, high = (None, None) if known == whole else _student(values, known, found)
    most = float(furthest)
    if low is not None and high is not None and most:
        low, high = max(low, -most), min(high, most)
    if not beyond:
        return Mean(known=known, whole=whole, found=found, low=low, high=high)
    if low is None or high is None:
        unlike = most * (whole - known)
        sums = float(total) - unlike, float(total) + unlike
    else:
        sums = low * whole, high * whole
    everybody = whole + beyond
    least, greatest = (sums[0] - most * beyond) / everybody, (sums[1] + most * beyond) / everybody
    return Mean(known=known, whole=everybody, low=least, high=greatest, beyond=beyond)


def beside(own: Mapping[S, Values], others: Mapping[S, Values], comparisons: int = 1) -> Apart | None:
    """How much higher the mean of a group is than what others would have with the same people, judged as a draw.

    Shapes: by stratum the persons by value. In each stratum both are compared, weighted by the group's own people; a
    stratum where one of them has nobody tells nothing and is left out. Each side has the spread within its strata of
    its own; the degrees of freedom are those of Welch and Satterthwaite, so that with one stratum it is Welch's test. A
    side on which all are alike takes the spread of the other: ten of a kind are no proof that there are no others.
    `comparisons`: so many groups are looked at together, and the interval is as much wider (Bonferroni). `None` where
    fewer than ten persons of either side can be compared, or nobody on either side differs from another.
    Source: B. L. Welch, Biometrika 34 (1947) 28-35; F. E. Satterthwaite, Biometrics Bulletin 2 (1946) 110-114.
    """
    shared = [stratum for stratum in own if _number(own[stratum]) and _number(others.get(stratum, {}))]
    mine, theirs = [own[stratum] for stratum in shared], [others[stratum] for stratum in shared]
    people, against = [_number(one) for one in mine], [_number(one) for one in theirs]
    whole = sum(people)
    if min(whole, sum(against)) < SMALL:
        return None
    gaps = [_mean(one) - _mean(other) for one, other in zip(mine, theirs, strict=True)]
    found = sum(float(gap) * number for gap, number in zip(gaps, people, strict=True)) / whole
    weights = sum(number**2 / other for number, other in zip(people, against, strict=True)) / whole**2
    own_spread, other_spread = _within(mine), _within(theirs)
    widest = max(own_spread.variance, other_spread.variance)
    if not (widest and own_spread.freedom and other_spread.freedom):
        return None
    sides = ((own_spread, 1 / whole), (other_spread, weights))
    parts = [((spread.variance or widest) * share, spread.freedom) for spread, share in sides]
    variance = sum(part for part, _freedom in parts)
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    width = _beyond(1 - (1 - LEVEL) / comparisons, freedom) * sqrt(variance)
    return Apart(found, found - width, found + width)


class _Spread(NamedTuple):
    variance: float
    freedom: int


def _within(strata: Iterable[Values]) -> _Spread:
    """The variance within the strata, pooled."""
    squares, freedom = 0.0, 0
    for values in strata:
        squares, freedom = squares + _squares(values), freedom + _number(values) - 1
    return _Spread(squares / freedom if freedom else 0.0, freedom)


def _student(values: Values, known: int, found: Fraction | None) -> tuple[float | None, float | None]:
    squares = _squares(values)
    if found is None or known < 2 or not squares:
        return None, None
    width = _beyond(LEVEL, known - 1) * sqrt(squares / (known - 1) / known)
    return float(found) - width, float(found) + width


def _number(values: Values) -> int:
    return sum(values.values())


def _mean(values: Values) -> Fraction:
    return sum((value * persons for value, persons in values.items()), Fraction()) / _number(values)


def _squares(values: Values) -> float:
    """Of the ways that each lies from the mean."""
    if not values:
        return 0.0
    middle = _mean(values)
    return float(sum((persons * (value - middle) ** 2 for value, persons in values.items()), Fraction()))


def _beyond(level: float, freedom: float) -> float:
    """How many standard errors from the middle an interval of this level ends."""
    from scipy.stats import t  # noqa: PLC0415 - a second, for who estimates only

    return float(t.isf((1 - level) / 2, freedom))
