"""What became of a trait between two days, of the same people. Not here: which traits there are, and shares."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.people import everybody_in, members_of, persons_and_rows
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


class Stayed(NamedTuple):
    """The people of the earlier day: all of them, who were there on the later day too, and who were not any more."""

    earlier: nw.LazyFrame[Any]
    both: nw.LazyFrame[Any]
    left: nw.LazyFrame[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitsPart:
    """What became of each trait in one group, or of everyone (`group` is `None`): of the `clients` who were there on
    both days. `left` are those of the earlier day who were not there any more.
    """

    group: str | None
    clients: int
    traits: Mapping[str, TraitWays]
    left: int = 0
    earlier: int = 0

    def sums(self) -> Iterator[Sum]:
        """The ways of each trait add up to the persons, and these and who left to all of the earlier day."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"the earlier day{where}", (self.clients, self.left), self.earlier)
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


def traits_changed(people: Stayed, traits: Mapping[str, TwoDays], *, group: str | None = None) -> TraitsChanged:
    """What became of each trait between two days, of the people who were there on both, and how many left.

    Shapes: each frame of `people` has `client_id` (and `group`, strings); a person may stand in it more than once and
    in several groups. Who has no row of a trait on a day is not known on it. Units: persons, each once in a group and
    once in the total, so groups need not add up to it. Errors: `ValueError` for a client with two rows of a trait on a
    day. Source: FIELD B-44.
    """
    population = people.both
    everybody, number = everybody_in(population)
    sizes = [_sizes(one, group) for one in (people.earlier, people.left)]
    persons: dict[str | None, int] = {None: number}
    members = None
    if group is not None:
        members = members_of(population, group)
        persons |= _members(members)
    counts = {key: _counted(everybody, days) for key, days in traits.items()}
    if members is not None:
        for key, days in traits.items():
            counts[key] |= _counted(members, days, ("group_name",))
    named = sorted(name for name in sizes[0] if name is not None)
    parts = [
        _part(name, persons.get(name, 0), {key: found.get(name) for key, found in counts.items()}, sizes)
        for name in (None, *named)
    ]
    return TraitsChanged(overall=parts[0], groups=tuple(parts[1:]))


def _sizes(people: nw.LazyFrame[Any], group: str | None) -> dict[str | None, int]:
    """How many persons there are, and in each group."""
    sizes: dict[str | None, int] = {None: persons_and_rows(people)[0]}
    return sizes if group is None else sizes | _members(members_of(people, group))


def _members(members: nw.LazyFrame[Any]) -> dict[str | None, int]:
    return {name: int(size) for name, size in rows_of(members.group_by("group_name").agg(persons=nw.len()))}


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


def _part(
    group: str | None,
    persons: int,
    counts: Mapping[str, Counter[str] | None],
    sizes: Sequence[Mapping[str | None, int]],
) -> TraitsPart:
    traits = {}
    for key, found in counts.items():
        ways = found or Counter()
        if ways.total() != persons:
            where = "" if group is None else f" in group {group!r}"
            message = f"{persons} persons{where} went {ways.total()} ways in {key}: give one row a client and day"
            raise ValueError(message)
        traits[key] = TraitWays(*(ways[name] for name in TraitWays._fields))
    earlier, left = (one.get(group, 0) for one in sizes)
    return TraitsPart(group=group, clients=persons, traits=traits, left=left, earlier=earlier)
