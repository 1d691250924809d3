"""The exact tables that go to the attack, what each worker knows of them, and how many came and went between two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from opstap.analytics.disclosure import Cell, Link, Table
from opstap.reporting.logic.released import BECAME, LEVEL, ReleasedAxis, shape_of
from opstap.reporting.selectors.released.classes import Basis
from opstap.reporting.selectors.released.people import ID, counts_of, own_people

Key = tuple[str, ...]
"""The dimensions of a table."""


def closed_list(axes: Mapping[str, ReleasedAxis]) -> list[Key]:
    """The tables of every publication: the levels alone, and the level by each of the other dimensions."""
    return [(LEVEL,), *((LEVEL, key) for key in axes if key != LEVEL)]


def table_key(dimensions: Key) -> str:
    """What a table is called among those of its publication."""
    return "-by-".join(dimensions)


def exact_tables(
    basis: Basis, people: pl.DataFrame, axes: Mapping[str, ReleasedAxis], wanted: Sequence[Key]
) -> list[Table]:
    """The tables with these dimensions, with whom each worker knows in them. For the attack alone."""
    own = own_people(basis, people).join(people, on=ID)
    found = []
    for dimensions in wanted:
        shape = shape_of(
            table_key(dimensions),
            basis.population,
            [axes[key] for key in dimensions],
            judged=basis.judged,
            ends=basis.ends,
        )
        known: dict[str, dict[Cell, int]] = {}
        for (viewer, *cell), count in counts_of(own, ("viewer", *dimensions)).items():
            known.setdefault(str(viewer), {})[tuple(cell)] = count
        found.append(Table(shape, counts_of(people, dimensions), known))
    return found


@dataclass(frozen=True)
class Side:
    """A publication with its people, to lay beside another; `mark` stands before the keys of its tables."""

    people: pl.DataFrame
    cells: Mapping[Key, Collection[Cell]]
    mark: str = ""

    def key(self, dimensions: Key) -> str:
        """What a table of it is called in the attack."""
        return f"{self.mark}{table_key(dimensions)}"


def links_between(earlier: Side, later: Side) -> Iterator[Link]:
    """Of every table that both have, of the day itself: how many are new to some cell of the later one, and how many
    are gone from some cell of the earlier one. An attacker may know that; so the attack does.
    """
    for dimensions in earlier.cells.keys() & later.cells.keys():
        if BECAME in dimensions:
            continue
        shared = set(earlier.cells[dimensions]) & set(later.cells[dimensions])
        entered = left = 0
        for was, now, count in _ways(earlier.people, later.people, dimensions):
            if was != now:
                entered += count * (now in shared)
                left += count * (was in shared)
        yield Link(earlier.key(dimensions), later.key(dimensions), entered, left)


def _ways(earlier: pl.DataFrame, later: pl.DataFrame, dimensions: Key) -> Iterator[tuple[Cell, Cell, int]]:
    """How many went from which cell to which; of who is in one of both alone the other cell is of nothing."""
    after = [f"{key} then" for key in dimensions]
    second = later.select(ID, *(pl.col(key).alias(name) for key, name in zip(dimensions, after, strict=True)))
    ways = earlier.select(ID, *dimensions).join(second, on=ID, how="full").group_by(*dimensions, *after).len()
    for row in ways.iter_rows():
        yield row[: len(dimensions)], row[len(dimensions) : -1], row[-1]
