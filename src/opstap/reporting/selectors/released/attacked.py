"""What a publication is attacked with: its own tables, all that is out of the same people, and the ones next to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opstap.analytics.disclosure import Cell, Link, PublishedTable, Table
from opstap.facts.selectors.durations import duration_years
from opstap.reporting.logic.released import Released, ReleasedAxis
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import set_down, tables_within
from opstap.reporting.selectors.released.classes import DEFINITIONS, Basis, basis_of
from opstap.reporting.selectors.released.exact import Key, Side, closed_list, exact_tables, links_between
from opstap.reporting.selectors.released.people import people_of


@dataclass(frozen=True)
class Attacked:
    """Exact tables with their dimensions, what is out already, and what ties them."""

    tables: Sequence[Table]
    dimensions: Sequence[Key]
    before: Sequence[PublishedTable]
    links: Sequence[Link]
    made_with: Mapping[str, Any]


def attacked_with(basis: Basis, axes: Mapping[str, ReleasedAxis], asked: Key) -> Attacked:
    """For the closed list, or for the one table that is asked for beside it."""
    people = people_of(basis, axes)
    dimensions = [asked] if asked else closed_list(axes)
    tables = exact_tables(basis, people, axes, dimensions)
    out = set_down(basis.municipality_id)
    whole = next((one for one in out if asked and basis_of(one) == basis), None)
    before = list(_tables(whole, basis)) if whole else []
    fresh = {key: list(table.shape.cells()) for key, table in zip(dimensions, tables, strict=True)}
    held = _cells(whole) if whole else {}
    own = Side(people, {**held, **fresh})
    links: list[Link] = []
    for number, other in enumerate(_beside(basis, [one for one in out if one is not whole])):
        mark = f"{number} "
        before += _tables(other, basis_of(other), mark)
        side = Side(people_of(basis_of(other), Released.of(other.figures).axes), _cells(other), mark)
        links += links_between(side, own) if other.on <= basis.on else links_between(own, side)
    return Attacked(tables, dimensions, before, links, _made_with(basis))


def _beside(basis: Basis, out: Sequence[Publication]) -> list[Publication]:
    """Those of the same day, of the last day before it, and of the first one after it: on the same scale. Of a day more
    than one is out where one was withdrawn and made anew.
    """
    same = [one for one in out if one.scale == basis.scale.key]
    earlier = max((one.on for one in same if one.on < basis.on), default=None)
    later = min((one.on for one in same if one.on > basis.on), default=None)
    return [one for one in same if one.on in {earlier, basis.on, later}]


def _tables(one: Publication, basis: Basis, mark: str = "") -> list[PublishedTable]:
    """All that is out of a publication: its own tables, and those made beside it."""
    found = list(Released.of(one.figures).published(basis.population, mark))
    for table in tables_within(one.municipality_id, one.reference):
        if table.figures:
            found += Released.of(table.figures).published(basis.population, f"{mark}{table.reference} ")
    return found


def _cells(one: Publication) -> dict[Key, list[Cell]]:
    return {table.dimensions: list(table.shown) for table in Released.of(one.figures).tables}


def _made_with(basis: Basis) -> dict[str, Any]:
    """The versions and settings that the figures depend on."""
    return {
        "definitions": DEFINITIONS,
        "scale": basis.scale.key,
        "ladder": basis.scale.is_ladder,
        "scale_version": basis.scale.version,
        "duration_classes": list(duration_years(basis.recording, basis.municipality_id, basis.on)),
    }
