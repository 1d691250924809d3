"""What a publication is attacked with: its own tables, all that is out of the same people, and the ones next to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from opstap.analytics.disclosure import Cell, Known, Link, Lot, PublishedTable, Rules, Table
from opstap.facts.selectors.durations import duration_years
from opstap.reporting.logic.released import Released, ReleasedAxis
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import set_down, tables_within
from opstap.reporting.selectors.released.classes import DEFINITIONS, Basis, basis_of
from opstap.reporting.selectors.released.exact import closed_list, exact_tables, lots_of, table_key
from opstap.reporting.selectors.released.links import Key, Side, links_between
from opstap.reporting.selectors.released.people import parts_of, people_of
from opstap.reporting.selectors.released.viewers import known_in
from opstap.reporting.selectors.targets import targets_known

AIMED_AT = ("risen_of_placed_again", "fallen_of_placed_again", "low_literacy", "no_qualification")
"""The indicators of the registry whose numerator and denominator are cells of a publication, counted alike."""


@dataclass(frozen=True)
class Attacked:
    """Exact tables with their dimensions, what is out already, what ties them, and what is known in what is out."""

    tables: Sequence[Table]
    dimensions: Sequence[Key]
    last: Sequence[Lot]
    spare: Sequence[str]
    before: Sequence[PublishedTable]
    links: Sequence[Link]
    known: Known
    made_with: Mapping[str, Any]


@dataclass(frozen=True)
class _Out:
    """All that is out of one publication: its tables and those made for a question, and what workers know in them."""

    tables: Sequence[PublishedTable]
    side: Side
    known: Known


def attacked_with(basis: Basis, axes: Mapping[str, ReleasedAxis], asked: Key) -> Attacked:
    """For the closed list, or for the one table that is asked for beside it."""
    people = people_of(basis, axes)
    dimensions = [asked] if asked else closed_list(axes, people.height)
    tables = exact_tables(basis, people, axes, dimensions)
    fresh = {key: (table.shape.key, list(table.shape.cells())) for key, table in zip(dimensions, tables, strict=True)}
    out = set_down(basis.municipality_id)
    whole = next((one for one in out if asked and basis_of(one) == basis), None)
    held = [_out(whole, "", people)] if whole else []
    own = Side(
        people, {**(held[0].side.cells if held else {}), **fresh}, basis.earlier, basis.scale.key, parts_of(axes)
    )
    links: list[Link] = []
    for number, other in enumerate(_beside(basis, [one for one in out if one is not whole], dimensions)):
        side = _out(other, f"{number} ")
        held.append(side)
        links += links_between(side.side, own) if other.on <= basis.on else links_between(own, side.side)
    before = [table for one in held for table in one.tables]
    last = [] if asked else lots_of(dimensions)
    spare = [] if asked else [table_key(key) for key in dimensions if len(key) > 1]
    return Attacked(tables, dimensions, last, spare, before, links, _together(held), _made_with(basis))


def _out(one: Publication, mark: str, people: pl.DataFrame | None = None) -> _Out:
    """A publication as the attack takes it; `mark` goes before the names of its tables."""
    basis, rules = basis_of(one), Rules(one.threshold)
    released = Released.of(one.figures)
    tables = list(released.published(basis.population, mark, rules))
    cells = {table.dimensions: (f"{mark}{table.key}", list(table.shown)) for table in released.tables}
    for table in tables_within(one.municipality_id, one.reference):
        if table.figures:
            beside, name = Released.of(table.figures), f"{mark}{table.reference} "
            tables += beside.published(basis.population, name, rules)
            cells |= {own.dimensions: (f"{name}{own.key}", list(own.shown)) for own in beside.tables}
    counted = people if people is not None else people_of(basis, released.axes)
    known: dict[str, dict[str, Mapping[Cell, int]]] = {}
    for dimensions, by_viewer in known_in(basis, counted, {key: there for key, (_, there) in cells.items()}).items():
        for viewer, own_cells in by_viewer.items():
            known.setdefault(viewer, {})[cells[dimensions][0]] = own_cells
    return _Out(tables, Side(counted, cells, basis.earlier, basis.scale.key, parts_of(released.axes)), known)


def _together(held: Sequence[_Out]) -> Known:
    found: dict[str, dict[str, Mapping[Cell, int]]] = {}
    for one in held:
        for viewer, own in one.known.items():
            found.setdefault(viewer, {}).update(own)
    return found


def _beside(basis: Basis, out: Sequence[Publication], wanted: Collection[Key] = ()) -> list[Publication]:
    """Those of the same day, of the last day before it, and of the first one after it, of each scale; and, where these
    lack a table that is wanted, the nearest that have it. Of a day more than one is out where one was withdrawn and
    made anew.
    """
    tables = {one.pk: _dimensions_of(one) for one in out} if wanted else {}
    near: set[tuple[str, date]] = set()
    for scale in {one.scale for one in out}:
        held = [one for one in out if one.scale == scale]
        for key in (None, *wanted):
            days = {one.on for one in held if key is None or key in tables[one.pk]}
            nearest = {basis.on, max((day for day in days if day < basis.on), default=basis.on)}
            nearest.add(min((day for day in days if day > basis.on), default=basis.on))
            near |= {(scale, day) for day in nearest}
    return [one for one in out if (one.scale, one.on) in near]


def _dimensions_of(one: Publication) -> set[Key]:
    """Of all its tables, and of those that were made beside it."""
    beside = (table.figures for table in tables_within(one.municipality_id, one.reference))
    return {tuple(dimensions) for kept in (one.figures, *beside) for _, dimensions, _ in kept.get("tables", [])}


def _made_with(basis: Basis) -> dict[str, Any]:
    """The versions and settings that the figures depend on."""
    return {
        "definitions": DEFINITIONS,
        "scale": basis.scale.key,
        "ladder": basis.scale.is_ladder,
        "scale_version": basis.scale.version,
        "duration_classes": list(duration_years(basis.recording, basis.municipality_id, basis.on)),
        "targets": targets_of(basis),
    }


def targets_of(basis: Basis) -> dict[str, str]:
    """The targets of the whole municipality for the year of the reference date, by indicator, as known then."""
    known = targets_known(basis.recording, basis.municipality_id)
    return {
        indicator: str(percent)
        for (indicator, team, year), percent in known.items()
        if team is None and year == basis.on.year and indicator in AIMED_AT
    }
