"""The exact tables that go to the attack, what each worker knows of them, and how many came and went between two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from opstap.analytics.disclosure import Cell, Link, Table
from opstap.reporting.logic.released import LEVEL, WAYS, ReleasedAxis, shape_of
from opstap.reporting.selectors.released.classes import ALONE, FEWEST_ALONE, Basis
from opstap.reporting.selectors.released.people import ID, counts_of, own_people

Key = tuple[str, ...]
"""The dimensions of a table."""


def closed_list(axes: Mapping[str, ReleasedAxis], people: int) -> list[Key]:
    """The tables of every publication of so many people: the levels, some other dimensions alone, and the level by each
    dimension. Of few people the sums beside the levels would cost more than they tell.
    """
    alone = ((key,) for key in ALONE if key in axes and people >= FEWEST_ALONE)
    return [(LEVEL,), *alone, *((LEVEL, key) for key in axes if key != LEVEL)]


def table_key(dimensions: Key) -> str:
    """What a table is called among those of its publication."""
    return "-by-".join(dimensions)


def exact_tables(
    basis: Basis, people: pl.DataFrame, axes: Mapping[str, ReleasedAxis], wanted: Sequence[Key]
) -> list[Table]:
    """The tables with these dimensions, with whom each worker knows in them. For the attack alone."""
    known = known_in(basis, people, wanted)
    found = []
    for dimensions in wanted:
        shape = shape_of(
            table_key(dimensions),
            basis.population,
            [axes[key] for key in dimensions],
            judged=basis.judged,
            ends=basis.ends,
        )
        found.append(Table(shape, counts_of(people, dimensions), known[dimensions]))
    return found


def known_in(basis: Basis, people: pl.DataFrame, wanted: Iterable[Key]) -> dict[Key, dict[str, dict[Cell, int]]]:
    """By table and worker how many of each cell they know."""
    own = own_people(basis, people).join(people, on=ID)
    found: dict[Key, dict[str, dict[Cell, int]]] = {}
    for dimensions in wanted:
        known = found.setdefault(dimensions, {})
        for (viewer, *cell), count in counts_of(own, ("viewer", *dimensions)).items():
            known.setdefault(str(viewer), {})[tuple(cell)] = count
    return found


@dataclass(frozen=True)
class Side:
    """A publication with its people, to lay beside another. Of each of its tables `cells` has the name that it bears in
    the attack and its cells; `earlier` is the day since which it tells of movement.
    """

    people: pl.DataFrame
    cells: Mapping[Key, tuple[str, Collection[Cell]]]
    earlier: date


def links_between(earlier: Side, later: Side) -> Iterator[Link]:
    """Of every table that both have: how many are new to some cell of the later one, and how many are gone from some
    cell of the earlier one. An attacker may know that; so the attack does. Movement since another day is another thing.
    """
    for dimensions in earlier.cells.keys() & later.cells.keys():
        if WAYS & {*dimensions} and earlier.earlier != later.earlier:
            continue
        (first, before), (second, after) = earlier.cells[dimensions], later.cells[dimensions]
        shared = set(before) & set(after)
        entered = left = 0
        for was, now, count in _ways(earlier.people, later.people, dimensions):
            if was != now:
                entered += count * (now in shared)
                left += count * (was in shared)
        yield Link(first, second, entered, left)


def _ways(earlier: pl.DataFrame, later: pl.DataFrame, dimensions: Key) -> Iterator[tuple[Cell, Cell, int]]:
    """How many went from which cell to which; of who is in one of both alone the other cell is of nothing."""
    after = [f"{key} then" for key in dimensions]
    second = later.select(ID, *(pl.col(key).alias(name) for key, name in zip(dimensions, after, strict=True)))
    ways = earlier.select(ID, *dimensions).join(second, on=ID, how="full").group_by(*dimensions, *after).len()
    for row in ways.iter_rows():
        yield row[: len(dimensions)], row[len(dimensions) : -1], row[-1]
