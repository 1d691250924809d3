"""A table from levels to levels: a row and a column for each, with links to the people in every cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.ladder.tables import level_class
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell
from opstap.reporting.tables.results import Result, RowHead


@dataclass(frozen=True)
class Line:
    """A row or a column: how it is called, and the key that its cells go by."""

    key: str
    head: RowHead
    meaning: str = ""

    @property
    def words(self) -> str:
        """The whole name in plain words."""
        return f"{self.head.level} {self.head.text}" if self.head.level else self.head.text


@dataclass(frozen=True)
class MatrixRow:
    """A row with the figure of each column, and where a cell leads: `cell_url` takes the key of the column.

    `None` where a row has nothing to say in a column.
    """

    line: Line
    figures: Sequence[int | None]
    cell_url: Callable[[str], str]
    is_total: bool = False
    group_head: str = ""


@dataclass(frozen=True)
class Matrix:
    """The whole table: a caption for the page, `corner` above the names of the rows, the columns and the rows."""

    caption: str
    corner: str
    columns: Sequence[Line]
    rows: Sequence[MatrixRow]


def on_page(result: Result, matrix: Matrix) -> PageTable:
    """The table as the page shows it. A nought stays quiet, so that the eye falls on where people are."""
    headings = [Heading(matrix.corner, "", is_figure=False)]
    for line in matrix.columns:
        colour = level_class(result.question.scale, line.head.level) if line.head.level else ""
        headings.append(Heading(line.head.text, line.meaning or line.words, True, line.head.level or "", colour))
    made = []
    for row in matrix.rows:
        cells = [head_cell(result, row.line.head, matrix.corner)]
        for line, value in zip(matrix.columns, row.figures, strict=True):
            cells.append(_cell(row, line, value))
        made.append(PageRow(tuple(cells), row.is_total, row.group_head))
    return PageTable(matrix.caption, tuple(headings), tuple(made), is_matrix=True)


def in_file(result: Result, matrix: Matrix, called: str = "") -> Content:
    """The same table with bare figures, for a sheet of its own or a file of its own, under a name of its own."""
    columns = [Column("", matrix.corner, "text")]
    columns += [Column(str(place), line.words, "integer") for place, line in enumerate(matrix.columns)]
    rows: list[dict[str, Value]] = []
    for row in matrix.rows:
        name = f"{row.line.words} ({row.group_head.lower()})" if row.group_head else row.line.words
        rows.append({"": name, **{str(place): value for place, value in enumerate(row.figures)}})
    title = _("From level to level") if result.question.scale.is_ladder else _("From group to group")
    return Content(columns, rows, called[:1].upper() + called[1:] or title)


def _cell(row: MatrixRow, line: Line, value: int | None) -> Cell:
    if value is None:
        return Cell("", line.words, is_figure=True, is_key=False)
    diagonal = row.line.key == line.key and bool(line.key)
    if not value:
        return Cell("0", line.words, is_figure=True, is_key=False, is_silent=True, is_diagonal=diagonal)
    cell = figure_cell(value, line.words, url=row.cell_url(line.key))
    return replace(cell, is_diagonal=diagonal)
