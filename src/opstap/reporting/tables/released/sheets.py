"""A published table with its rows and columns, and the sums of what is shown: what page, chart and file share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from opstap.analytics.disclosure import Cell
from opstap.reporting.logic.released import LEFT, LEVEL, PART, Released, ReleasedAxis, ReleasedClass, ReleasedTable


@dataclass(frozen=True)
class Line:
    """A row of a sheet: its classes, and what is shown in each column; `None` is hidden, no key can't be."""

    classes: tuple[ReleasedClass, ...]
    cells: dict[str, int | None]

    @property
    def shown(self) -> int:
        """The sum of what is shown."""
        return sum(count for count in self.cells.values() if count is not None)

    @property
    def hides(self) -> bool:
        """Whether anything of it is hidden."""
        return None in self.cells.values()


@dataclass(frozen=True)
class Sheet:
    """One table to look at. Levels stand side by side; of one dimension alone its classes are the rows.

    Who is no longer in follow-up stands in no row: no table is about them, and the list of levels says how many.
    """

    released: Released
    table: ReleasedTable

    @cached_property
    def across(self) -> ReleasedAxis | None:
        """The dimension of the columns, if there are two or more."""
        dimensions = self.table.dimensions
        if len(dimensions) == 1:
            return None
        levels = next((key for key in (LEVEL, PART) if key in dimensions), dimensions[-1])
        return self.released.axes[levels]

    @cached_property
    def down(self) -> tuple[ReleasedAxis, ...]:
        """The dimensions of the rows: one or two."""
        across = self.across
        return tuple(
            self.released.axes[key] for key in self.table.dimensions if across is None or key != across.dimension
        )

    @cached_property
    def columns(self) -> tuple[ReleasedClass, ...]:
        """The classes of the columns."""
        return () if self.across is None else _there(self.across)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows that there can be."""
        found = (Line(classes, dict(self._cells(classes))) for classes in _products(self.down))
        return tuple(line for line in found if line.cells)

    @property
    def shown(self) -> int:
        """The sum of all that is shown."""
        return sum(line.shown for line in self.lines)

    def shown_in(self, column: str) -> int:
        """The sum of what is shown in a column."""
        return sum(line.cells.get(column) or 0 for line in self.lines)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return any(line.hides for line in self.lines)

    def hides_in(self, column: str) -> bool:
        """Whether anything in a column is hidden."""
        return any(line.cells.get(column, 0) is None for line in self.lines)

    def _cells(self, classes: Sequence[ReleasedClass]) -> Iterator[tuple[str, int | None]]:
        at = {axis.dimension: one.code for axis, one in zip(self.down, classes, strict=True)}
        for code in [one.code for one in self.columns] or [""]:
            if self.across is not None:
                at[self.across.dimension] = code
            cell: Cell = tuple(at[key] for key in self.table.dimensions)
            if cell in self.table.shown:
                yield code, self.table.shown[cell]


def sheets_of(released: Released) -> list[Sheet]:
    """All tables, in their order."""
    return [Sheet(released, table) for table in released.tables]


def _there(axis: ReleasedAxis) -> tuple[ReleasedClass, ...]:
    return tuple(one for one in axis.classes if not one.code.startswith(LEFT))


def _products(axes: Sequence[ReleasedAxis]) -> list[tuple[ReleasedClass, ...]]:
    found: list[tuple[ReleasedClass, ...]] = [()]
    for axis in axes:
        found = [(*before, one) for before in found for one in _there(axis)]
    return found
