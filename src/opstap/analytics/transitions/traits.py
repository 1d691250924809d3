"""What became of a trait between two days, of the same people. Not here: which traits there are, and shares."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.handed import NOBODY, HandedOver

HAS: Final = 1
HAS_NOT: Final = 0
UNKNOWN: Final = -1


class TraitWays(NamedTuple):
    """Persons by trait on the two days: on both, on the first only, on the second only, on neither, and of whom it is
    not known on one of them or on both.
    """

    kept: int
    gone: int
    new: int
    neither: int
    unknown: int

    @property
    def known(self) -> int:
        """Of whom it is known on both days."""
        return self.kept + self.gone + self.new + self.neither


def way_of(then: int, now: int) -> str:
    """Which of the ways it is: the name of a field of `TraitWays`."""
    if UNKNOWN in {then, now}:
        return "unknown"
    return {(HAS, HAS): "kept", (HAS, HAS_NOT): "gone", (HAS_NOT, HAS): "new"}.get((then, now), "neither")


class TwoDays(NamedTuple):
    """Who has a trait on the earlier and on the later day: `client_id` and `has` (1, 0 or -1), one row a client."""

    then: nw.LazyFrame[Any]
    now: nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitsPart:
    """What became of each trait in one group, or of everyone (`group` is `None`)."""

    group: str | None
    clients: int
    traits: Mapping[str, TraitWays]

    def sums(self) -> Iterator[Sum]:
        """The ways of each trait add up to the persons."""
        where = "" if self.group is None else f" of {self.group}"
        for key, ways in self.traits.items():
            yield Sum(f"{key}{where}", tuple(ways), self.clients)


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitsChanged:
    """What became of each trait: everyone, and each group when asked for. `handed`: how many of the caseload of the
    earlier day were handed over.
    """

    overall: TraitsPart
    groups: tuple[TraitsPart, ...] = ()
    handed: HandedOver = NOBODY

    @property
    def base(self) -> int:
        """The persons; someone in several groups is one person."""
        return self.overall.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()
        yield from self.handed.sums()


def traits_changed(
    population: nw.LazyFrame[Any], traits: Mapping[str, TwoDays], *, group: str | None = None
) -> TraitsChanged:
    """What became of each trait between two days, of the people who were there on both.

    Shapes: `population` has `client_id` (and `group`, strings) of those people; a person may stand in it more than once
    and in several groups. Who has no row of a trait on a day is not known on it. Units: persons, each once in a group
    and once in the total, so groups need not add up to it. Errors: `ValueError` for a client with two rows of a trait
    on a day. Source: FIELD B-44.
    """
    everybody, number = everybody_in(population)
    persons: dict[str | None, int] = {None: number}
    members = None
    if group is not None:
        members = members_of(population, group)
        sizes = rows_of(members.group_by("group_name").agg(persons=nw.len()))
        persons |= {name: int(size) for name, size in sizes}
    counts = {key: _counted(everybody, days) for key, days in traits.items()}
    if members is not None:
        for key, days in traits.items():
            counts[key] |= _counted(members, days, ("group_name",))
    named = sorted(name for name in persons if name is not None)
    parts = [
        _part(name, persons[name], {key: found.get(name) for key, found in counts.items()}) for name in (None, *named)
    ]
    return TraitsChanged(overall=parts[0], groups=tuple(parts[1:]))


def _counted(members: nw.LazyFrame[Any], days: TwoDays, keys: tuple[str, ...] = ()) -> dict[str | None, Counter[str]]:
    joined = members
    for day, side in zip(TwoDays._fields, days, strict=True):
        joined = joined.join(
            side.select("client_id", nw.col("has").cast(nw.Int64).alias(day)), on="client_id", how="left"
        )
    known = joined.with_columns(nw.col(*TwoDays._fields).fill_null(UNKNOWN))
    found: dict[str | None, Counter[str]] = {}
    for *name, then, now, persons in rows_of(known.group_by(*keys, *TwoDays._fields).agg(persons=nw.len())):
        found.setdefault(name[0] if name else None, Counter())[way_of(int(then), int(now))] += int(persons)
    return found


def _part(group: str | None, persons: int, counts: Mapping[str, Counter[str] | None]) -> TraitsPart:
    traits = {}
    for key, found in counts.items():
        ways = found or Counter()
        if ways.total() != persons:
            where = "" if group is None else f" in group {group!r}"
            message = f"{persons} persons{where} went {ways.total()} ways in {key}: give one row a client and day"
            raise ValueError(message)
        traits[key] = TraitWays(*(ways[name] for name in TraitWays._fields))
    return TraitsPart(group=group, clients=persons, traits=traits)
