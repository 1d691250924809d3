"""Tables of exact counts before, and of rounded and hidden ones after; and the rules between them. Not here: safety."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Self

Cell = tuple[str, ...]
"""The class on each axis, in the order of the axes."""
LEAST_THRESHOLD, MOST_THRESHOLD = 5, 30
MOST_AXES: Final = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """Counts below the `threshold` are hidden, the others rounded to a multiple of `base`.

    Raises `ValueError` for a threshold outside 5 to 30, or a base that is not 5 or 10. Source: FIELD section 5 (CBS
    asks at least 10 in a cell of micro-data output, and rounds StatLine to tens).
    """

    threshold: int = 10
    base: int = 5

    def __post_init__(self) -> None:
        if not LEAST_THRESHOLD <= self.threshold <= MOST_THRESHOLD or self.base not in {5, 10}:
            message = f"a threshold of {self.threshold} with rounding to {self.base} is not among the rules"
            raise ValueError(message)

    def rounded(self, count: int) -> int:
        """The nearest multiple of the base, half-up."""
        return (2 * count + self.base) // (2 * self.base) * self.base

    def shows(self, count: int, unknown: int) -> bool:
        """Whether a count of which so many are unknown is large enough: by itself, and as the number that is shown."""
        return unknown >= self.threshold and self.rounded(count) >= self.threshold

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that is shown so; none below the threshold is shown at all."""
        return max(self.threshold, shown - self.base // 2), shown + (self.base - 1) // 2


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a table: a dimension, in classes that may be coarser than those of another table.

    `classes` names for each class the finest classes of the dimension that it holds. The classes of all axes of one
    dimension hold the same finest classes, each once. `at` says of which population the dimension is, where that is
    not the one of the table: of movement one side is that of the earlier day.
    """

    dimension: str
    classes: Mapping[str, tuple[str, ...]]
    at: str = ""

    @classmethod
    def of(cls, dimension: str, names: tuple[str, ...]) -> Self:
        """An axis in the finest classes."""
        return cls(dimension, {name: (name,) for name in names})

    @property
    def leaves(self) -> frozenset[str]:
        """All finest classes."""
        return frozenset(leaf for leaves in self.classes.values() for leaf in leaves)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table is about. Tables of one `population` count the same persons, each once in every one of them.

    `impossible` are cells that can't hold anybody, as everyone knows.
    """

    key: str
    population: str
    axes: tuple[Axis, ...]
    impossible: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        names = [axis.dimension for axis in self.axes]
        if not names or len(names) > MOST_AXES or len(set(names)) < len(names):
            message = f"table {self.key} has the axes {names}: from one to {MOST_AXES}, each once"
            raise ValueError(message)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions, by name and population: a level in May is not a level in June."""
        return tuple(f"{axis.dimension} @ {axis.at or self.population}" for axis in self.axes)

    def cells(self) -> Iterator[Cell]:
        """Every cell that can hold somebody, in order."""
        for cell in product(*(axis.classes for axis in self.axes)):
            if cell not in self.impossible:
                yield cell

    def leaves_of(self, cells: Iterable[Cell], dimension: str) -> frozenset[str]:
        """The finest classes of a dimension that some cells stand for."""
        at = self.dimensions.index(dimension)
        held = self.axes[at].classes
        return frozenset(leaf for cell in cells for leaf in held[cell[at]])

    def meets(self, cell: Cell, wanted: Mapping[str, frozenset[str]]) -> bool:
        """Whether a cell stands for some of the finest classes that are wanted of each of these dimensions."""
        return all(self.leaves_of([cell], name) & leaves for name, leaves in wanted.items())

    def lines(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row and of each column; of three axes those of each line along one of them."""
        cells = list(self.cells())
        for along in range(len(self.axes)):
            lines: dict[Cell, list[Cell]] = {}
            for cell in cells:
                lines.setdefault((*cell[:along], *cell[along + 1 :]), []).append(cell)
            yield from (tuple(line) for line in lines.values())


class Whole(int):
    """What somebody knows of a cell in which nobody but their own people can stand: they know all of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Exact counts of persons, for nobody's eyes. A cell that is not named holds nobody.

    `known` has for each viewer whose own people are in it their counts by cell: to them the rest is what is hidden. A
    `Whole` one has no rest. Raises `ValueError` for a cell that is not of the table, for people in an impossible one,
    and for a whole cell of which not everybody is known.
    """

    shape: Shape
    counts: Mapping[Cell, int]
    known: Mapping[str, Mapping[Cell, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cells = set(self.shape.cells())
        for name, counts in (("", self.counts), *self.known.items()):
            for cell, count in counts.items():
                if (cell not in cells and count) or count < 0:
                    message = f"table {self.shape.key}{name and f' as known to {name}'} has {count} persons in {cell}"
                    raise ValueError(message)
                there = self.count(cell)
                if name and (count > there or (isinstance(count, Whole) and count < there)):
                    far = "more" if count > there else "fewer"
                    message = (
                        f"{name} knows of {count} persons in {cell} of table {self.shape.key}: {far} than there are"
                    )
                    raise ValueError(message)

    def count(self, cell: Cell) -> int:
        """The persons in a cell."""
        return self.counts.get(cell, 0)

    def least_unknown(self, cell: Cell) -> int:
        """The fewest persons in the cell that somebody doesn't know already, of all who know some of them."""
        count = self.count(cell)
        known = (own[cell] for own in self.known.values() if own.get(cell))
        return min((count - some for some in known if not isinstance(some, Whole)), default=count)


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as it is shown: multiples of the base, and `None` where a count is hidden. `rules` are those it was made
    by, where they are not those of the tables that are made now.
    """

    shape: Shape
    shown: Mapping[Cell, int | None]
    rules: Rules | None = None

    @property
    def hidden(self) -> frozenset[Cell]:
        """The cells whose count is hidden."""
        return frozenset(cell for cell, count in self.shown.items() if count is None)

    def total(self, of: Mapping[int, str] | None = None) -> int:
        """The sum of the cells that are shown; with `of` those with these classes on these axes. Nothing more: a total
        of its own would tell of the hidden ones.
        """
        wanted = of or {}
        return sum(
            count
            for cell, count in self.shown.items()
            if count is not None and all(cell[axis] == name for axis, name in wanted.items())
        )
