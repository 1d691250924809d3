"""Tables for the tests of the import: from rows as a person would type them, or from the content of a CSV file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from opstap.exchange.logic.cells import Cell


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    headings: tuple[str, ...]
    rows: list[Row]


def sheet(headings: Sequence[str], *rows: Sequence[Cell]) -> Sheet:
    """A table whose headings stand in row 1."""
    return Sheet(tuple(headings), [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=2)])


def sheet_of(content: bytes) -> Sheet:
    """The table of a `;`-separated file in UTF-8."""
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return sheet(lines[0], *([cell or None for cell in line] for line in lines[1:]))
