"""Groups compared as if each had the same people: indirect standardisation, and what chance alone would do.

Not here: which groups and strata there are, and what a verdict is called.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, reduce
from itertools import accumulate
from math import fsum, gcd
from typing import Final, NamedTuple, TypeVar

from opstap.analytics.uncertainty.estimates import SMALL

G = TypeVar("G", bound=Hashable)
S = TypeVar("S", bound=Hashable)

NEAR: Final = 0.95
FAR: Final = 0.998
SLOWLY: Final = 5000
"""Of so many persons the chances are added up one by one; of more by way of their spectrum, to the same fifteen digits.
"""


class Mix(NamedTuple):
    """Persons of one group in one stratum: `having` of the `known`."""

    known: int
    having: int


class Limits(NamedTuple):
    """Between how many persons, both included, the number that has it lies if there is nothing but chance."""

    low: int
    high: int


class Verdict(StrEnum):
    """Where what is observed lies: within the limits of 95 %, outside them, or outside those of 99.8 %."""

    MUCH_LESS = "much_less"
    LESS = "less"
    WITHIN = "within"
    MORE = "more"
    MUCH_MORE = "much_more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """A group beside what would be expected with its own mix of people.

    `having` of `known` persons; `expected` if each of them had the share of all in the own stratum; `overall` is the
    share of all, from 0 to 1. `near` and `far` are the limits at 95 % and at 99.8 %.
    """

    known: int
    having: int
    expected: float
    overall: float
    near: Limits
    far: Limits

    @property
    def expected_share(self) -> float | None:
        """The share that would be expected with these people, from 0 to 1; `None` of nobody."""
        return self.expected / self.known if self.known else None

    @property
    def is_small(self) -> bool:
        """Whether it is known of so few that a share says little."""
        return self.known < SMALL

    @property
    def verdict(self) -> Verdict:
        """What is observed, held against the limits."""
        if self.having < self.far.low:
            return Verdict.MUCH_LESS
        if self.having > self.far.high:
            return Verdict.MUCH_MORE
        if self.having < self.near.low:
            return Verdict.LESS
        return Verdict.MORE if self.having > self.near.high else Verdict.WITHIN

    def share_of(self, persons: float) -> float | None:
        """So many persons as the share that the group would have with the people of all: observed over expected, times
        the share of all. `None` where none are expected; it can come out above 1.
        """
        return persons / self.expected * self.overall if self.expected else None


def standardised(
    groups: Mapping[G, Mapping[S, Mix | tuple[int, int]]], *, only: Collection[G] | None = None
) -> dict[G, Standardised]:
    """Each group beside what would be expected if its people did as all people in the same stratum do.

    Shapes: by group and stratum the persons of whom it is known, and those of them who have it; the shares per stratum
    are those of all groups together, the group itself included. `only` are the groups that are wanted; the others just
    count in the whole. The number that has it in a group, if nothing but chance made a difference, is a sum of draws
    that differ in their chance: its distribution is the Poisson binomial one of the group's own people (that of scipy's
    `poisson_binom`), without approximation. The limits are its quantiles: below `near.low` lies at most 2.5 % and above
    `near.high` too, of `far` 0.1 %. In a stratum where one group has all the people it is compared with itself, which
    makes a difference look smaller, never larger; so does a group that is a large part of all.
    Units: persons. Errors: `ValueError` unless 0 <= having <= known everywhere.
    Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
    (2005), 1185-1202; the issue on steering information.
    """
    whole: dict[S, Mix] = {}
    for strata in groups.values():
        for stratum, (known, having) in strata.items():
            if not 0 <= having <= known:
                message = f"{having} of {known} persons is no share"
                raise ValueError(message)
            sofar = whole.get(stratum, Mix(0, 0))
            whole[stratum] = Mix(sofar.known + known, sofar.having + having)
    known, having = sum(one.known for one in whole.values()), sum(one.having for one in whole.values())
    overall = having / known if known else 0.0
    return {
        group: _of_group(strata, whole, overall) for group, strata in groups.items() if only is None or group in only
    }


def _of_group(strata: Mapping[S, Mix | tuple[int, int]], whole: Mapping[S, Mix], overall: float) -> Standardised:
    alike: Counter[tuple[int, int]] = Counter()
    for stratum, (known, _having) in strata.items():
        of, having = whole[stratum]
        least = gcd(of, having) or 1
        alike[having // least, of // least or 1] += known
    near, far = _limits(tuple(sorted(alike.items())))
    return Standardised(
        known=sum(known for known, _having in strata.values()),
        having=sum(having for _known, having in strata.values()),
        expected=fsum(known * having / of for (having, of), known in alike.items()),
        overall=overall,
        near=near,
        far=far,
    )


@lru_cache(maxsize=4096)
def _limits(people: tuple[tuple[tuple[int, int], int], ...]) -> tuple[Limits, Limits]:
    """The limits for so many persons of each chance, which is that of `having` of so many."""
    certain = sum(count for (having, of), count in people if having == of)
    drawn = [(having / of, count) for (having, of), count in people if count and 0 < having < of]
    below = list(accumulate(_distribution(drawn))) if drawn else [1.0]
    near, far = (
        Limits(certain + _quantile(below, (1 - level) / 2), certain + _quantile(below, (1 + level) / 2))
        for level in (NEAR, FAR)
    )
    return near, far


def _distribution(people: Sequence[tuple[float, int]]) -> list[float]:
    """The chance of each number from nought: persons with the same chance make a binomial, and these are added up."""
    from scipy.signal import convolve  # noqa: PLC0415 - a second, for who compares only
    from scipy.stats import binom  # noqa: PLC0415 - with it

    counts = [number for _chance, count in people for number in range(count + 1)]
    sizes = [count for _chance, count in people for _ in range(count + 1)]
    chances = [chance for chance, count in people for _ in range(count + 1)]
    each, parts, start = binom.pmf(counts, sizes, chances), [], 0
    for _chance, count in people:
        parts.append(each[start : start + count + 1])
        start += count + 1
    way = "direct" if len(counts) <= SLOWLY else "fft"
    found: list[float] = reduce(lambda one, other: convolve(one, other, method=way), parts).tolist()
    return found


def _quantile(below: Sequence[float], level: float) -> int:
    """The least number that is reached or not surpassed with this chance."""
    return next((number for number, chance in enumerate(below) if chance >= level), len(below) - 1)
