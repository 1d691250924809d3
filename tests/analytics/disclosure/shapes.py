"""Small tables to hide things in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from opstap.analytics.disclosure import Axis, Cell, PublishedTable, Table
from opstap.analytics.disclosure.tables import Shape

LEVELS, TEAMS, AGES = ("1", "2", "3"), ("north", "south"), ("young", "old")
NAMES = {"level": LEVELS, "team": TEAMS, "age": AGES}


def shape(key: str, *dimensions: str, population: str = "may", **classes: tuple[str, ...]) -> Shape:
    """A table over these dimensions in their finest classes."""
    names = {**NAMES, **classes}
    return Shape(key, population, tuple(Axis.of(dimension, names[dimension]) for dimension in dimensions))


def table(key: str, counts: Mapping[Any, int], *dimensions: str, population: str = "may", **more: object) -> Table:
    """Exact counts over these dimensions."""
    return Table(shape(key, *dimensions, population=population), counts, **more)  # type: ignore[arg-type]


def shown(key: str, cells: Mapping[Any, int | None], *dimensions: str, **more: str) -> PublishedTable:
    """A table as it might be shown."""
    one = shape(key, *dimensions, **more)  # type: ignore[arg-type]
    return PublishedTable(one, {cell: cells[cell] for cell in one.cells()})


def cells_of(one: Shape, *counts: int | None) -> dict[Cell, int | None]:
    """Counts in the order of the cells."""
    return dict(zip(product(*(axis.classes for axis in one.axes)), counts, strict=True))
