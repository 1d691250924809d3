"""What a publication holds: tables over released dimensions, with the words of their classes as they were then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from opstap.analytics.disclosure import Axis, Cell, PublishedTable, Rules, Shape

LEVEL: Final = "level"
PART: Final = "part-of-ladder"
"""Two levels at a time: coarser than the level, for what is of too few people by level."""
TEAM: Final = "team"
BECAME: Final = "became"
"""Whether the level is higher or lower than a year before, of who had one then."""
GROWN: Final = "grown"
"""What became of the growth potential that was seen a year before."""
WAYS: Final = frozenset({BECAME, GROWN})
"""Two looks at which way the same people went: never in one table, and not beside the team of now."""
GROWTH: Final = "growth"
NONE: Final = "none"
"""No level to stand on: never placed, or not determined. Of growth: on a level where it is not judged."""
RISEN, SAME, FALLEN, OTHER, NEW = "risen", "same", "fallen", "other", "new"
"""What became of somebody; `other` on a grouping, which has no order; `new` was not in follow-up then."""
NOT_AGAIN: Final = "not-again"
"""Placed on both days, and not placed again between them: whether they rose nobody knows."""
REACHED: Final = "reached"
"""Of who had growth potential then: stands as high as was expected, or anywhere higher where nothing was."""
WITHOUT: Final = "without"
"""No growth potential was seen then, or not in follow-up then, or no level to stand on now."""
MOVED: Final = frozenset({RISEN, SAME, FALLEN, OTHER})
LEFT: Final = "left-"
"""Before the earlier day: in follow-up then, and no more. Each publication has its own, so that those of two are not
taken for the same people."""

LEFT_OUT: Final = "left_out"
"""The tables that would have told too little beside the others."""


@dataclass(frozen=True)
class ReleasedClass:
    """A class with its words; `leaves` are the finest classes that it holds, where another dimension shares them."""

    code: str
    nl: str
    en: str
    leaves: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Its words in a language."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class ReleasedAxis:
    """A dimension in all classes that there can be, also where nobody is in one. `finest` names what it is a coarser
    look at, together with another dimension.
    """

    dimension: str
    nl: str
    en: str
    classes: tuple[ReleasedClass, ...]
    finest: str = ""

    def name(self, language: str) -> str:
        """What it is called."""
        return self.en if language == "en" else self.nl

    def class_of(self, code: str) -> ReleasedClass:
        """The class of a code. Raises `KeyError`."""
        return {one.code: one for one in self.classes}[code]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in order."""
        return tuple(one.code for one in self.classes)

    @property
    def attacked(self) -> Axis:
        """As an attack takes it."""
        return Axis(self.finest or self.dimension, {one.code: one.leaves or (one.code,) for one in self.classes})

    def stored(self) -> list[Any]:
        """As it is kept; what it does not share with another dimension is not said."""
        classes = [[c.code, c.nl, c.en, *([list(c.leaves)] if c.leaves else [])] for c in self.classes]
        return [self.dimension, self.nl, self.en, classes, *([self.finest] if self.finest else [])]

    @classmethod
    def of(cls, dimension: str, nl: str, en: str, classes: Sequence[Sequence[Any]], finest: str = "") -> ReleasedAxis:
        """As it was kept."""
        found = (
            ReleasedClass(code, dutch, english, tuple(leaf for held in leaves for leaf in held))
            for code, dutch, english, *leaves in classes
        )
        return cls(dimension, nl, en, tuple(found), finest)


@dataclass(frozen=True)
class ReleasedTable:
    """A table as it was published: a multiple of the base for each cell, `None` where it is hidden."""

    key: str
    dimensions: tuple[str, ...]
    shown: Mapping[Cell, int | None]


@dataclass(frozen=True)
class Released:
    """All that a publication shows. `made_with` names the settings and versions it was made with."""

    axes: Mapping[str, ReleasedAxis]
    tables: tuple[ReleasedTable, ...]
    made_with: Mapping[str, Any]

    def table(self, key: str) -> ReleasedTable | None:
        """The table of this key, if it holds one."""
        return next((one for one in self.tables if one.key == key), None)

    @property
    def left_out(self) -> list[tuple[str, ...]]:
        """The dimensions of the tables that could have been in it."""
        return [tuple(dimensions) for dimensions in self.made_with.get(LEFT_OUT, [])]

    def published(self, population: str, mark: str = "", rules: Rules | None = None) -> Iterator[PublishedTable]:
        """Its tables as an attack takes them; `mark` goes before their keys, so that those of two stand apart, and
        `rules` are those it was made by.
        """
        for one in self.tables:
            shape = shape_of(f"{mark}{one.key}", population, [self.axes[key] for key in one.dimensions], one.shown)
            yield PublishedTable(shape, one.shown, rules)

    def stored(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "axes": [one.stored() for one in self.axes.values()],
            "tables": [
                [one.key, list(one.dimensions), [[*cell, count] for cell, count in one.shown.items()]]
                for one in self.tables
            ],
            "made_with": dict(self.made_with),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Released:
        """As it was kept."""
        axes = {one.dimension: one for one in (ReleasedAxis.of(*held) for held in kept.get("axes", []))}
        tables = tuple(
            ReleasedTable(key, tuple(dimensions), {tuple(cell): count for *cell, count in cells})
            for key, dimensions, cells in kept.get("tables", [])
        )
        return cls(axes, tables, kept.get("made_with", {}))


def shape_of(
    key: str,
    population: str,
    axes: Sequence[ReleasedAxis],
    cells: Mapping[Cell, Any] | None = None,
    *,
    judged: frozenset[str] = frozenset(),
    ends: tuple[str, str] = ("", ""),
) -> Shape:
    """The shape of a table over these axes; `cells` are those that it can have, where that is known already; `judged`
    are the levels on which growth is judged, and `ends` the lowest level and the highest, where no half levels count.
    """
    taken = tuple(axis.attacked for axis in axes)
    every = product(*(axis.codes for axis in axes))
    if cells is not None:
        return Shape(key, population, taken, frozenset(cell for cell in every if cell not in cells))
    dimensions = [axis.dimension for axis in axes]
    impossible = (cell for cell in every if _cannot_be(dict(zip(dimensions, cell, strict=True)), judged, ends))
    return Shape(key, population, taken, frozenset(impossible))


def _cannot_be(at: Mapping[str, str], judged: frozenset[str], ends: tuple[str, str]) -> bool:
    """Nobody is there and gone; growth is judged where there is a level to grow from; nobody rose to the lowest level,
    fell to the highest, or did either without a level.
    """
    gone = {code.startswith(LEFT) for code in at.values()}
    if len(gone) > 1:
        return True
    level = at.get(LEVEL, "")
    if gone == {True} or not level:
        return False
    if _no_such_way(level, at.get(BECAME, ""), ends) or _no_such_way(level, at.get(GROWN, ""), ends):
        return True
    return GROWTH in at and (at[GROWTH] == NONE) == (level in judged)


def _no_such_way(level: str, way: str, ends: tuple[str, str]) -> bool:
    """Who has no level went nowhere; nobody rose to the lowest one, or fell to the highest."""
    if level == NONE:
        return way in {*MOVED, NOT_AGAIN, REACHED}
    return (way in {RISEN, REACHED} and level == ends[0]) or (way == FALLEN and level == ends[1])


def end_of_next_month(day: date) -> date:
    """The last day of the month after that of the day."""
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (after + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def month_ends_until(day: date, count: int) -> list[date]:
    """The last days of the months that were over before the day, the latest first."""
    found, first = [], day.replace(day=1)
    for _ in range(count):
        last = first - timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return found
