"""The people on each level over the columns of something of which each has one. Not here: which columns there are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.levels import ScaleLevel, whole_by_id, whole_levels
from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of

_NOTHING: Final = -1
Counts = Counter[tuple[int, str]]
"""Persons by level id (`_NOTHING`: not placed) and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosstabRow:
    """The persons of one whole level by column. `level` is `None` (and `name` empty) for those without a placement."""

    group: str | None
    level: str | None
    name: str
    columns: Mapping[str, int]

    @property
    def clients(self) -> int:
        """The persons of the row."""
        return sum(self.columns.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosstabPart:
    """The table of one group, or of everyone (`group` is `None`): row by row, and the total of each column."""

    group: str | None
    rows: tuple[CrosstabRow, ...]
    columns: Mapping[str, int]
    clients: int

    def sums(self) -> Iterator[Sum]:
        """Rows and columns both add up to the persons, and each column to its own total."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"levels{where}", tuple(row.clients for row in self.rows), self.clients)
        yield Sum(f"columns{where}", tuple(self.columns.values()), self.clients)
        for column, total in self.columns.items():
            yield Sum(f"{column}{where}", tuple(row.columns[column] for row in self.rows), total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosstab:
    """Levels by columns: everyone, and each group when asked for."""

    overall: CrosstabPart
    groups: tuple[CrosstabPart, ...] = ()

    @property
    def rows(self) -> tuple[CrosstabRow, ...]:
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


def crosstab(
    population: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    kinds: nw.LazyFrame[Any],
    levels: Sequence[ScaleLevel],
    columns: Sequence[str],
    *,
    otherwise: str,
    group: str | None = None,
) -> Crosstab:
    """The persons of the population by whole level and by the one column that each falls in.

    Shapes: `population` has `client_id` (and `group`, strings); a person may stand in it more than once and in several
    groups. `state` has `client_id` and `level_id` of one scale, `kinds` has `client_id` and `kind`, one of `columns`;
    both at most one row a client. Who has no row in `kinds` falls in the column `otherwise`. Units: persons, each once
    in a group and once in the total, so groups need not add up to it. Half-levels count under their whole level;
    levels with nobody are shown, code 0 only when it has someone; the row of those not placed comes last, always.
    Errors: `ValueError` for a level that is not of the scale, a kind that is no column, and a client with two rows.
    Source: FIELD C-03 (levels by time on benefit) and B-46 (who left, by where to).
    """
    everybody, number = everybody_in(population)
    counts = _counted(everybody, state, kinds, otherwise)
    persons: dict[str | None, int] = {None: number}
    if group is not None:
        members = members_of(population, group)
        counts |= _counted(members, state, kinds, otherwise, ("group_name",))
        sizes = rows_of(members.group_by("group_name").agg(persons=nw.len()))
        persons |= {name: int(size) for name, size in sizes}
    named = sorted(name for name in persons if name is not None)
    parts = [_part(name, counts.get(name, Counter()), persons[name], levels, columns) for name in (None, *named)]
    return Crosstab(overall=parts[0], groups=tuple(parts[1:]))


def _counted(
    members: nw.LazyFrame[Any],
    state: nw.LazyFrame[Any],
    kinds: nw.LazyFrame[Any],
    otherwise: str,
    keys: tuple[str, ...] = (),
) -> dict[str | None, Counts]:
    placed = members.join(state.select("client_id", "level_id"), on="client_id", how="left")
    joined = placed.join(kinds.select("client_id", "kind"), on="client_id", how="left")
    named = joined.with_columns(nw.col("kind").fill_null(otherwise))
    grouped = named.group_by(*keys, "level_id", "kind").agg(persons=nw.len())
    # Engines differ in what a missing number looks like in a result, so it leaves them as a number of our own.
    number = nw.col("level_id").fill_null(_NOTHING).cast(nw.Int64)
    found: dict[str | None, Counts] = {}
    for *name, level, kind, persons in rows_of(grouped.select(*keys, number, "kind", "persons")):
        found.setdefault(name[0] if name else None, Counter())[int(level), str(kind)] += int(persons)
    return found


def _part(
    group: str | None, counts: Counts, persons: int, levels: Sequence[ScaleLevel], columns: Sequence[str]
) -> CrosstabPart:
    whole = whole_by_id(levels)
    _check(group, counts, persons, whole, columns)
    cells: Counter[tuple[str | None, str]] = Counter()
    for (level_id, kind), count in counts.items():
        cells[None if level_id == _NOTHING else whole[level_id].code, kind] += count
    used = {code for code, _kind in cells}
    shown = [one for one in whole_levels(levels) if not one.undetermined or one.code in used]
    rows = tuple(
        CrosstabRow(
            group=group,
            level=one.code if one else None,
            name=one.name if one else "",
            columns={column: cells[one.code if one else None, column] for column in columns},
        )
        for one in (*shown, None)
    )
    totals = {column: sum(count for (_level, kind), count in counts.items() if kind == column) for column in columns}
    return CrosstabPart(group=group, rows=rows, columns=totals, clients=persons)


def _check(group: str | None, counts: Counts, persons: int, whole: Iterable[int], columns: Sequence[str]) -> None:
    levels = sorted({level for level, _kind in counts} - {_NOTHING, *whole})
    if levels:
        message = f"the state holds levels that are not of this scale: {levels}"
        raise ValueError(message)
    kinds = sorted({kind for _level, kind in counts} - {*columns})
    if kinds:
        message = f"there is no column for {kinds}"
        raise ValueError(message)
    if counts.total() != persons:
        where = "" if group is None else f" in group {group!r}"
        message = f"{persons} persons{where} stand in {counts.total()} cells: give one level and one kind a client"
        raise ValueError(message)
