"""Groups compared as if each had the same people: indirect standardisation, and what chance alone would do.

Not here: which groups and strata there are, and what a verdict is called.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

import numpy as np

from opstap.analytics.uncertainty.estimates import SMALL

G = TypeVar("G", bound=Hashable)
S = TypeVar("S", bound=Hashable)

NEAR: Final = 0.95
FAR: Final = 0.998
SAME: Final = 1e-11
"""So far a chance may lie below a level and still be it: what adding up those of a hundred thousand persons leaves."""

MOST_AT_ONCE: Final = 2_000_000
"""So many numbers are held at a time: some sixteen megabytes each of what is worked out."""

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Places: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"


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
    `poisson_binom`), without approximation (`limits_by_chance`). The limits are its quantiles: below `near.low` lies at
    most 2.5 % and above `near.high` too, of `far` 0.1 %. In a stratum where one group has all the people it is compared
    with itself, which makes a difference look smaller, never larger; so does a group that is a large part of all.
    Units: persons. Errors: `ValueError` unless 0 <= having <= known everywhere.
    Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
    (2005), 1185-1202; the issue on steering information.
    """
    strata = dict.fromkeys(one for own in groups.values() for one in own)
    places = dict(zip(strata, range(len(strata)), strict=True))
    known, having = counts_of(list(groups.values()), places)
    if (bad := (having < 0) | (having > known)).any():
        message = f"{having[bad][0]} of {known[bad][0]} persons is no share"
        raise ValueError(message)
    all_known, all_having = known.sum(axis=0), having.sum(axis=0)
    overall = float(all_having.sum() / all_known.sum()) if all_known.any() else 0.0
    wanted = [(place, group) for place, group in enumerate(groups) if only is None or group in only]
    rows = [place for place, _group in wanted]
    known, having = known[rows], having[rows]
    limits = limits_of(known, all_known, all_having)
    expected = _expected(known, all_known, all_having)
    sizes, found = known.sum(axis=1).tolist(), having.sum(axis=1).tolist()
    return {
        group: Standardised(known=size, having=has, expected=beside, overall=overall, near=near, far=far)
        for (_place, group), size, has, beside, (near, far) in zip(wanted, sizes, found, expected, limits, strict=True)
    }


def counts_of(groups: Collection[Mapping[S, Mix | tuple[int, int]]], places: Mapping[S, int]) -> tuple[Places, Places]:
    """The persons of each group by stratum: of how many it is known, and how many of these have it."""
    rows = [(row, places[one], *mix) for row, own in enumerate(groups) for one, mix in own.items()]
    row, column, known, having = np.array(rows, np.int64).reshape(-1, 4).T
    counts = np.zeros((2, len(groups), len(places)), np.int64)
    counts[0, row, column], counts[1, row, column] = known, having
    return counts[0], counts[1]


def _expected(known: Places, all_known: Places, all_having: Places) -> list[float]:
    """How many of each group would have it with the shares of all."""
    drawn = all_known > 0
    return [fsum(row) for row in (known[:, drawn] * all_having[drawn] / all_known[drawn]).tolist()]


def limits_of(known: Places, all_known: Places, all_having: Places) -> Iterator[tuple[Limits, Limits]]:
    """The limits of each group. Who surely has it is certain; who surely has it not plays no part."""
    drawn = (all_having > 0) & (all_having < all_known)
    certain = known[:, (all_having > 0) & ~drawn].sum(axis=1)
    ends = limits_by_chance(known[:, drawn].astype(float), all_having[drawn] / all_known[drawn])
    for near_low, near_high, far_low, far_high in (ends + certain[:, None]).tolist():
        yield Limits(near_low, near_high), Limits(far_low, far_high)


def limits_by_chance(counts: Numbers, chances: Numbers) -> Places:
    """Between which numbers each group comes out if there is nothing but chance: low and high at 95 %, and at 99.8 %.

    Shapes: `counts` has a row a group and a column a chance, the persons of each; `chances` lie between 0 and 1. Groups
    of like size are worked out at once, by the characteristic function of the sum: the product of those of the persons.
    Within `SAME` a level counts as reached. Units: persons. Source: M. Fernandez and S. Williams, "Closed-form
    expression for the Poisson-binomial probability density function", IEEE Transactions on Aerospace and Electronic
    Systems 46 (2010), 803-817.
    """
    sizes = counts.sum(axis=1)
    found = np.zeros((len(counts), 4), np.int64)
    for place in _of_a_size(sizes):
        found[place] = _ends(counts[place], chances, int(sizes[place].max()) + 1)
    return found


def _of_a_size(sizes: Numbers) -> Iterator[Places]:
    """The places of groups that are worked out together: none more than twice as large as another of these, so that one
    very large group does not make all others as dear.
    """
    order = np.argsort(sizes, kind="stable")
    start = 0
    while start < len(order):
        width = 2 * int(sizes[order[start]]) + 2
        end = int(np.searchsorted(sizes[order], width))
        end = min(end, start + max(1, MOST_AT_ONCE // width))
        yield order[start:end]
        start = end


def _ends(counts: Numbers, chances: Numbers, width: int) -> Places:
    few = max(1, MOST_AT_ONCE // max(1, *counts.shape))
    angles = np.array_split(2 * np.pi * np.arange(width // 2 + 1) / width, -(-(width // 2 + 1) // few))
    product = np.concatenate([_turned(counts, chances, some) for some in angles], axis=1)
    below = np.cumsum(np.fft.irfft(product, width, axis=1), axis=1)
    levels = [(1 + side * level) / 2 for level in (NEAR, FAR) for side in (-1, 1)]
    last = counts.sum(axis=1).astype(np.int64)
    return np.stack([np.minimum((below < level - SAME).sum(axis=1), last) for level in levels], axis=1)


def _turned(counts: Numbers, chances: Numbers, angles: Numbers) -> "np.ndarray[Any, np.dtype[np.complex128]]":
    """The characteristic function of each group at some angles."""
    along = 1 - chances[:, None] + chances[:, None] * np.cos(angles)
    across = -chances[:, None] * np.sin(angles)
    lengths = np.maximum(along**2 + across**2, np.finfo(float).tiny)  # of a half there is one of which nothing is left
    # Lengths and turns apart: these are added up, and plain numbers are many times as fast as complex ones.
    shrunk, turned = counts @ (np.log(lengths) / 2), counts @ np.arctan2(across, along)
    found: np.ndarray[Any, np.dtype[np.complex128]] = np.exp(shrunk) * (np.cos(turned) + 1j * np.sin(turned))
    return found
