"""What the people on each level have in common: of several features who has it, who has not, and of whom it is unknown.

Not here: shares, and which features there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.levels import ScaleLevel, whole_by_id, whole_levels
from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of

HAS: Final = 1
HAS_NOT: Final = 0
UNKNOWN: Final = -1
NOTHING: Final = -1
"""Stands for no level, as engines differ in what a missing number looks like."""


class Split(NamedTuple):
    """Persons who have a feature, who have not, and of whom it is not known."""

    yes: int
    no: int
    unknown: int

    @property
    def known(self) -> int:
        """Of whom it is known."""
        return self.yes + self.no


Levels = dict[int, tuple[int, tuple[Split, ...]]]
"""By level id the persons, and their split by each feature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """The persons of one whole level. `level` is `None` (and `name` empty) for those without a placement by that date.

    `features` has a `Split` for each feature; one that says nothing on this level is left out.
    """

    group: str | None
    level: str | None
    name: str
    clients: int
    features: Mapping[str, Split]
    band: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePart:
    """The profile of one group, or of everyone (`group` is `None`): row by row, and in all."""

    group: str | None
    rows: tuple[ProfileRow, ...]
    clients: int
    features: Mapping[str, Split]

    def sums(self) -> Iterator[Sum]:
        """Levels add up to the persons, each feature to its level, and the levels to the total of the feature."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"levels{where}", tuple(row.clients for row in self.rows), self.clients)
        for row in self.rows:
            for key, split in row.features.items():
                yield Sum(f"{key} on level {row.level}{where}", tuple(split), row.clients)
        for key, total in self.features.items():
            for place, name in enumerate(Split._fields):
                parts = tuple(row.features[key][place] for row in self.rows if key in row.features)
                yield Sum(f"{key} {name}{where}", parts, total[place])


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the people in follow-up have in common: everyone, and each group when asked for."""

    overall: ProfilePart
    groups: tuple[ProfilePart, ...] = ()

    @property
    def rows(self) -> tuple[ProfileRow, ...]:
        """The rows of the groups one after another, or those of everyone when there is no grouping."""
        return tuple(row for part in self.groups for row in part.rows) if self.groups else self.overall.rows

    @property
    def base(self) -> int:
        """The persons in all; someone in several groups is one person."""
        return self.overall.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Something a person has or has not.

    `who` has `client_id` and `has` (1 or 0), at most one row a client. Who has no row, or null there, has it `absent`:
    unknown (-1) unless it is recorded of everybody who has it (0). `growth_levels_only`: it says something on levels
    with growth alone. Where several features stand in one frame, `column` is that of this one.
    """

    who: nw.LazyFrame[Any]
    absent: int = UNKNOWN
    growth_levels_only: bool = False
    column: str = "has"


def profile(
    population: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    features: Mapping[str, Feature],
    *,
    group: str | None = None,
) -> Profile:
    """The persons of the population per whole level, split by each feature.

    Shapes: `population` has `client_id` (and `group`, strings); a person may stand in it more than once and in several
    groups. `state` is what `periods.on` gives for one scale: `client_id`, `level_id`. `levels` are all levels of that
    scale. Units: persons, each once in a group and once in the total, so groups need not add up to it. Half-levels
    count under their whole level; levels with nobody are shown, code 0 too; the row of those not placed comes last,
    always. Errors: `ValueError` for a level that is not of the scale, for a state with several rows
    for a client, and for a feature with several rows for one. Source: FIELD B-20 to B-34.
    """
    everybody, number = everybody_in(population)
    counts = _counted(_having(everybody, state, features), len(features))
    persons: dict[str | None, int] = {None: number}
    if group is not None:
        members = members_of(population, group)
        counts |= _counted(_having(members, state, features), len(features), ("group_name",))
        sizes = rows_of(members.group_by("group_name").agg(persons=nw.len()))
        persons |= {name: int(size) for name, size in sizes}
    named = sorted(name for name in persons if name is not None)
    parts = [_part(name, counts.get(name, {}), persons[name], levels, features) for name in (None, *named)]
    return Profile(overall=parts[0], groups=tuple(parts[1:]))


def _having(members: nw.LazyFrame[Any], state: nw.LazyFrame[Any], features: Mapping[str, Feature]) -> nw.LazyFrame[Any]:
    """The members with their level and a column a feature."""
    return with_answers(members.join(state.select("client_id", "level_id"), on="client_id", how="left"), features)


def with_answers(people: nw.LazyFrame[Any], features: Mapping[str, Feature]) -> nw.LazyFrame[Any]:
    """The people with a column a feature, `has_0` and on: 1, 0, or -1 for unknown. One join for each frame of them."""
    joined = people
    frames = {id(one.who): one.who for one in features.values()}
    for key, who in frames.items():
        has = [
            nw.col(one.column).cast(nw.Int64).alias(f"has_{place}")
            for place, one in enumerate(features.values())
            if id(one.who) == key
        ]
        joined = joined.join(who.select("client_id", *has), on="client_id", how="left")
    absent: dict[int, list[str]] = {}
    for place, one in enumerate(features.values()):
        absent.setdefault(one.absent, []).append(f"has_{place}")
    filled = [nw.col(*columns).fill_null(answer) for answer, columns in absent.items()]
    return joined.with_columns(*filled) if filled else joined


def _counted(joined: nw.LazyFrame[Any], features: int, keys: tuple[str, ...] = ()) -> dict[str | None, Levels]:
    """By group and level id: the persons, and of each feature those who have it and those who have not."""
    # Many columns in one expression: planned one by one they take longer than they take to count.
    columns = [f"has_{place}" for place in range(features)]
    marks = (("_yes", HAS), ("_no", HAS_NOT))
    flags = [(nw.col(*columns) == value).cast(nw.Int64).name.suffix(mark) for mark, value in marks]
    sums = [f"{column}{mark}" for column in columns for mark, _value in marks]
    flagged = joined.with_columns(*flags) if columns else joined
    added = [nw.col(*sums).sum()] if columns else []
    grouped = flagged.group_by(*keys, "level_id").agg(nw.len().alias("persons"), *added)
    number = nw.col("level_id").fill_null(NOTHING).cast(nw.Int64)
    found: dict[str | None, Levels] = {}
    for row in rows_of(grouped.select(*keys, number, "persons", *sums)):
        name = row[0] if keys else None
        level, clients, *split = (int(value) for value in row[len(keys) :])
        pairs = zip(split[::2], split[1::2], strict=True)
        splits = tuple(Split(yes, no, clients - yes - no) for yes, no in pairs)
        found.setdefault(name, {})[level] = (clients, splits)
    return found


def _part(
    group: str | None,
    counts: Levels,
    persons: int,
    levels: Sequence[ScaleLevel],
    features: Mapping[str, Feature],
) -> ProfilePart:
    whole = whole_by_id(levels)
    unknown = sorted(counts.keys() - {NOTHING, *whole})
    if unknown:
        message = f"the state holds levels that are not of this scale: {unknown}"
        raise ValueError(message)
    if sum(clients for clients, _splits in counts.values()) != persons:
        where = "" if group is None else f" in group {group!r}"
        message = f"{persons} persons{where} stand on several levels or have a feature twice: give one row a client"
        raise ValueError(message)
    by_code: dict[str | None, list[tuple[int, tuple[Split, ...]]]] = {}
    for level_id, found in counts.items():
        by_code.setdefault(None if level_id == NOTHING else whole[level_id].code, []).append(found)
    rows = [
        _row(group, one, by_code.get(one.code if one else None, []), features) for one in (*whole_levels(levels), None)
    ]
    totals = {key: _added(row.features[key] for row in rows if key in row.features) for key in features}
    return ProfilePart(group=group, rows=tuple(rows), clients=persons, features=totals)


def _row(
    group: str | None,
    level: ScaleLevel | None,
    found: Sequence[tuple[int, tuple[Split, ...]]],
    features: Mapping[str, Feature],
) -> ProfileRow:
    has_growth = level is not None and level.has_growth
    return ProfileRow(
        group=group,
        level=level.code if level else None,
        name=level.name if level else "",
        clients=sum(clients for clients, _splits in found),
        features={
            key: _added(splits[place] for _clients, splits in found)
            for place, (key, feature) in enumerate(features.items())
            if has_growth or not feature.growth_levels_only
        },
        band=level.band if level else None,
    )


def _added(splits: Iterable[Split]) -> Split:
    return Split(*(sum(parts) for parts in zip((0, 0, 0), *splits, strict=True)))
