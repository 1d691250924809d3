"""Whether one share differs from another, and by how much: of two groups, or of the same people on two days."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from opstap.analytics.uncertainty.estimates import LEVEL, Estimate, drawn, estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much more (or less, below 0) the second share is than the first, as parts of one; `None`: cannot be said.

    `low` and `high` are the ends of its interval at 95 %, both equal to `found` where all is known of everybody; where
    others belong to it who need not be like them there are these ends alone.
    """

    found: float | None
    low: float | None = None
    high: float | None = None

    @property
    def sign(self) -> int:
        """1 or -1 when the whole interval lies on one side of no difference, else 0."""
        if self.low is None or self.high is None:
            return 0
        return (self.low > 0) - (self.high < 0)


UNSAID = Difference(found=None)


class Answers(NamedTuple):
    """Persons by their answer on two days: yes on both, on the first only, on the second only, and on neither."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def known(self) -> int:
        """The persons whose answer is known on both days."""
        return sum(self)


def difference(first: Estimate, second: Estimate) -> Difference:
    """The share of the second group less that of the first, with its interval.

    Newcombe's hybrid of two Wilson intervals; the share of a group of whom all is known has no width. Groups must have
    nobody in common. Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.
    """
    if not (first.known and second.known):
        return UNSAID
    return _between(_Ends.of(first), _Ends.of(second), 0.0)


def apart(first: Estimate, second: Estimate, comparisons: int = 1) -> Difference:
    """The same, judged as more than chance: those known of both groups count as draws, also where they are all, since
    who is in a group could have been others. One person of three hundred is then no difference with nobody of forty.

    `comparisons`: of so many groups this pair was looked for, such as the one that lies furthest from the rest; the
    interval is as much wider (Bonferroni). Source: as `difference`.
    """
    level = _level(comparisons)
    return difference(*(drawn(one.part, one.known, level) for one in (first, second)))


def change(answers: Answers, whole: int, comparisons: int = 1, beyond: int = 0) -> Difference:
    """How much the share of the same people grew from the first day to the second, with its interval.

    `whole` are all of them, `answers` those whose answer is known on both days: exact when these are all. The interval
    takes those known for a draw from all. `comparisons`: so many changes stand together, and the interval is as much
    wider (Bonferroni). `beyond` are others who need not be like them: with them there are ends alone, from all of these
    having it no longer to all of them having it since. Raises `ValueError` for more answers than persons. Source:
    R. G. Newcombe, Statistics in Medicine 17 (1998) 2635-2650, method 10.
    """
    both, first, second, neither = answers
    known = answers.known
    then, now = estimated([(both + first, known, whole), (both + second, known, whole)], _level(comparisons))
    if not known:
        return UNSAID
    margins = (both + first) * (second + neither) * (both + second) * (first + neither)
    product = both * neither - first * second
    corrected = max(product - known / 2, 0) if product > 0 else product
    found = _between(_Ends.of(then), _Ends.of(now), corrected / sqrt(margins) if margins else 0.0)
    return _with_others(found, whole, beyond) if beyond else found


def _with_others(found: Difference, whole: int, beyond: int) -> Difference:
    everybody, low, high = whole + beyond, found.low or 0.0, found.high or 0.0
    return Difference(found=None, low=(low * whole - beyond) / everybody, high=(high * whole + beyond) / everybody)


def _level(comparisons: int) -> float:
    return 1 - (1 - LEVEL) / comparisons


class _Ends(NamedTuple):
    """A share with how far it may lie below and above."""

    share: float
    below: float
    above: float

    @classmethod
    def of(cls, estimate: Estimate) -> "_Ends":
        share = estimate.part / estimate.known
        if estimate.low is None or estimate.high is None:
            return cls(share, 0.0, 0.0)
        return cls(share, max(0.0, share - estimate.low), max(0.0, estimate.high - share))


def _between(first: _Ends, second: _Ends, together: float) -> Difference:
    """`together` is how the two hang together: 0 when they don't, 1 when they move as one."""
    found = second.share - first.share
    down = _width(second.below, first.above, together)
    up = _width(second.above, first.below, together)
    return Difference(found=found, low=found - down, high=found + up)


def _width(one: float, other: float, together: float) -> float:
    return sqrt(max(0.0, one**2 - 2 * together * one * other + other**2))
