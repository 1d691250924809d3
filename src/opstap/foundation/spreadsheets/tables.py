"""What a table read from a file looks like, what is noted while reading, and why a file is refused.

Texts for the screen are made above: a note and a refusal are a code with parameters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

Cell = str | float | int | bool | date | None


class Row(NamedTuple):
    """One row with data. `number` is the row as a spreadsheet program shows it, counted from 1.

    In a CSV file whose quoted cells hold line breaks this is the number of the record, not of the line.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader did that its user should know.

    Codes: `title_rows_skipped` (rows, heading_row), `total_row_left_out` (row), `duplicate_heading` (heading, renamed,
    column), `unnamed_column` (column, heading), `sheet_chosen` (sheet, sheets), `read_as_windows_1252` ().
    """

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the heading row; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: list[Row]
    sheet: str | None
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be: bytes of the file, bytes unpacked, columns with something in them, rows with data."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 400_000_000
    columns: int = 500
    rows: int = 250_000


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as it lies in the file: rows with something in them and their numbers, empty cells at the end cut."""

    name: str | None
    first_column: int
    visible: bool
    numbers: Sequence[int]
    rows: Sequence[list[Cell]]
    merged: Sequence[tuple[int, int, int]] = ()

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


class Refusal(StrEnum):
    """Why a file can't be read as a table.

    | code | params | the file |
    |---|---|---|
    | `empty` | | has nothing in it |
    | `too_large` | bytes, limit | is larger than the limit |
    | `zip_bomb` | reason (size, ratio, entries, lying_size, entities, memory, time) | unfolds to too much |
    | `not_a_spreadsheet` | name, kind (pdf, image, word, presentation, html, xml, archive, unknown) | is not one |
    | `password_protected` | | can't be opened without its password |
    | `too_many_columns` | columns, limit | has more columns with something in them than the limit |
    | `too_many_rows` | limit | has more rows with data than the limit |
    | `single_column` | | has one column only: another delimiter, or not a table |
    | `no_heading` | | has no row that can be the heading |
    | `no_rows` | row | has a heading (at that row) and nothing below it |
    | `broken` | name, and row where known | is damaged or cut off |
    """

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ZIP_BOMB = "zip_bomb"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105 (a code, not a password)
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    SINGLE_COLUMN = "single_column"
    NO_HEADING = "no_heading"
    NO_ROWS = "no_rows"
    BROKEN = "broken"


class SpreadsheetRefused(Exception):
    """The file can't be read as a table: `code` and `params` say why (see `Refusal`)."""

    def __init__(self, code: Refusal, params: dict[str, str | int] | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = params or {}
