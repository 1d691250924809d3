"""Groups compared as if each had the same people: indirect standardisation, and what chance alone would do.

Not here: which groups and strata there are, and what a verdict is called.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import comb, fsum
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import numpy as np

from opstap.analytics.uncertainty.estimates import SMALL

G = TypeVar("G", bound=Hashable)
S = TypeVar("S", bound=Hashable)

NEAR: Final = 0.95
FAR: Final = 0.998
SLOWLY: Final = 5000
"""Of so many persons the chances are added up one by one; of more by way of their spectrum, to the same fifteen digits.
"""


BY_HAND: Final = 500
"""Of so many persons with one chance the chances are worked out one by one."""

KEPT: Final = 300
"""Of so many persons what they come to is kept: sixteen thousand of these are some thirty megabytes at most."""

Chances: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Drawn: TypeAlias = tuple[tuple[float, int], ...]
"""How many persons there are of each chance."""


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
    all_known: Counter[S] = Counter()
    all_having: Counter[S] = Counter()
    for strata in groups.values():
        for stratum, (known, having) in strata.items():
            if not 0 <= having <= known:
                message = f"{having} of {known} persons is no share"
                raise ValueError(message)
            all_known[stratum] += known
            all_having[stratum] += having
    whole = {stratum: Mix(known, all_having[stratum]) for stratum, known in all_known.items()}
    known, having = all_known.total(), all_having.total()
    overall = having / known if known else 0.0
    chances = {stratum: mix.having / mix.known if mix.known else 0.0 for stratum, mix in whole.items()}
    return {
        group: _of_group(strata, whole, chances, overall)
        for group, strata in groups.items()
        if only is None or group in only
    }


def _of_group(
    strata: Mapping[S, Mix | tuple[int, int]], whole: Mapping[S, Mix], chances: Mapping[S, float], overall: float
) -> Standardised:
    near, far = _limits(tuple([(chances[stratum], known) for stratum, (known, _having) in strata.items()]))
    return Standardised(
        known=sum([known for known, _having in strata.values()]),
        having=sum([having for _known, having in strata.values()]),
        expected=fsum(
            [
                known * whole[stratum].having / whole[stratum].known
                for stratum, (known, _having) in strata.items()
                if known
            ]
        ),
        overall=overall,
        near=near,
        far=far,
    )


@lru_cache(maxsize=4096)
def _limits(people: Drawn) -> tuple[Limits, Limits]:
    """The limits for so many persons of each chance.

    Who surely has it or has it not keeps a place as nobody, so that halves stay the same halves when that changes.
    """
    certain = sum(count for chance, count in people if chance == 1)
    drawn = tuple([one if 0 < one[0] < 1 else (0.0, 0) for one in people])
    below = np.cumsum(_distribution(drawn)) if drawn else np.ones(1)
    near, far = (
        Limits(certain + _quantile(below, (1 - level) / 2), certain + _quantile(below, (1 + level) / 2))
        for level in (NEAR, FAR)
    )
    return near, far


def _distribution(people: Drawn) -> Chances:
    """The chance of each number from nought: persons with the same chance make a binomial, and these are added up.

    By halves, which are kept as long as they are of few: who is placed changes the chance of one stratum or two, and
    what all other people of every group come to stays as it was.
    """
    return _kept(people) if sum(count for _chance, count in people) <= KEPT else _added_up(people)


@lru_cache(maxsize=16_384)
def _kept(people: Drawn) -> Chances:
    return _added_up(people)


def _added_up(people: Drawn) -> Chances:
    if len(people) == 1:
        return _binomial(*people[0])
    half = len(people) // 2
    one, other = _distribution(people[:half]), _distribution(people[half:])
    if len(one) + len(other) <= SLOWLY:
        return np.convolve(one, other)
    from scipy.signal import fftconvolve  # noqa: PLC0415 - a second, for who compares very many only

    found: Chances = fftconvolve(one, other)
    return found


def _binomial(chance: float, count: int) -> Chances:
    if count <= BY_HAND:
        miss, numbers = 1 - chance, range(count + 1)
        return np.array([comb(count, number) * chance**number * miss ** (count - number) for number in numbers])
    from scipy.stats import binom  # noqa: PLC0415 - a second, for who compares many only

    found: Chances = binom.pmf(np.arange(count + 1), count, chance)
    return found


def _quantile(below: Chances, level: float) -> int:
    """The least number that is reached or not surpassed with this chance."""
    return min(int(np.searchsorted(below, level)), len(below) - 1)
