"""A publication made again from the two clocks: counted as known then, with the cells hidden that were hidden then."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from opstap.analytics.disclosure import Rules
from opstap.reporting.logic.released import Released, ReleasedTable
from opstap.reporting.models import Publication
from opstap.reporting.selectors.released.classes import basis_of
from opstap.reporting.selectors.released.people import ID, counts_of, people_of


@dataclass(frozen=True)
class Again:
    """The figures made again, in how many cells they differ from those that are kept, and how many people of them were
    erased since.
    """

    released: Released
    cells: int
    differing: int
    erased: int


def made_again(one: Publication, whole: Publication | None = None) -> Again:
    """Count anew what was set down; of a table beside a publication, that is the `whole`."""
    kept, basis = Released.of(one.figures), basis_of(one)
    people = people_of(basis, Released.of(whole.figures).axes if whole else kept.axes)
    rules = Rules(one.threshold)
    tables = []
    for table in kept.tables:
        counts = counts_of(people, table.dimensions)
        shown = {
            cell: None if count is None else rules.rounded(counts.get(cell, 0)) for cell, count in table.shown.items()
        }
        tables.append(ReleasedTable(table.key, table.dimensions, shown))
    differing = sum(
        shown != table.shown[cell]
        for table, made in zip(kept.tables, tables, strict=True)
        for cell, shown in made.shown.items()
    )
    again = Released(kept.axes, tuple(tables), kept.made_with)
    cells = sum(len(table.shown) for table in kept.tables)
    return Again(again, cells, differing, people.filter(pl.col(ID) < 0).height)
