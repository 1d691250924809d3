"""What a cell and a table are to this package, and how a cell is shown again. Reading files lives in foundation."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Protocol

Cell = str | int | float | bool | date | None
BLANKS = frozenset({"", "-", "--", "–", "—", "n.v.t.", "nvt", "n.v.t", "n/a"})


class RowLike(Protocol):
    """A row with its number as in the file."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> Sequence[Cell]: ...


class TableLike(Protocol):
    """What the reader of files hands over, as far as this package looks at it."""

    @property
    def headings(self) -> Sequence[str]: ...

    @property
    def rows(self) -> Sequence[RowLike]: ...


def as_text(cell: Cell) -> str:
    """The cell as its user would write it: no `.0` behind a whole number, dates as dd-mm-yyyy."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, date):
        return on(cell)
    if isinstance(cell, float):
        return float_text(cell)
    return str(cell)


def float_text(number: float) -> str:
    """A whole number without decimals, any other with a decimal comma."""
    if math.isfinite(number) and number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return str(number).replace(".", ",")


def on(day: date) -> str:
    """A day as the files of municipalities write it."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def is_blank(cell: Cell) -> bool:
    """Whether nothing was filled in: an empty cell, spaces, a lone dash, or not applicable."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANKS)
