"""Reads one table from a spreadsheet (xlsx, xls, ods) or a CSV file, or refuses the file with its reason.

What a heading means is not known here: the caller may say how well a row does as a heading.
"""

from collections.abc import Callable, Sequence

from opstap.foundation.spreadsheets.archives import unpacked_size
from opstap.foundation.spreadsheets.delimited import read_delimited
from opstap.foundation.spreadsheets.formats import recognise
from opstap.foundation.spreadsheets.headings import fill_merged, find_heading, is_single_column, to_table
from opstap.foundation.spreadsheets.tables import Grid, Limits, Note, Refusal, SpreadsheetRefused, Table
from opstap.foundation.spreadsheets.workbooks import read_sheets


def read_table(
    content: bytes,
    name: str,
    *,
    heading_score: Callable[[Sequence[str]], int] | None = None,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Table:
    """The table of the sheet whose heading row scores best.

    `heading_score` gets the texts of a row and says how many of them it knows; without it the first row with most
    texts is the heading. `name` is used in refusals only: the content decides what kind of file it is.
    """
    if len(content) > limits.file_bytes:
        raise SpreadsheetRefused(Refusal.TOO_LARGE, {"bytes": len(content), "limit": limits.file_bytes})
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise SpreadsheetRefused(Refusal.EMPTY)
    kind = recognise(content, name)
    if kind == "csv":
        grid, notes = read_delimited(content, name, limits=limits, heading_score=heading_score)
        return _table_of([grid] if grid.rows else [], notes, heading_score, limits)
    unpacked = unpacked_size(content, name, limits) if kind == "zipped" else len(content)
    return _table_of(read_sheets(content, name, unpacked=unpacked, limits=limits), [], heading_score, limits)


def _table_of(
    grids: list[Grid], notes: list[Note], heading_score: Callable[[Sequence[str]], int] | None, limits: Limits
) -> Table:
    if not grids:
        raise SpreadsheetRefused(Refusal.EMPTY)
    found = [(grid, *find_heading(grid, heading_score)) for grid in grids]
    grid, heading_at, score = max(found, key=lambda item: (item[2], item[0].visible))
    if score < 1:
        raise SpreadsheetRefused(Refusal.SINGLE_COLUMN if all(map(is_single_column, grids)) else Refusal.NO_HEADING)
    filled = fill_merged(grid, heading_at)
    table = to_table(grid, heading_at, limits)
    if filled:
        notes = [*notes, Note("merged_cells", {"cells": filled})]
    if len(grids) > 1 and grid.name is not None:
        notes = [
            *notes,
            Note("sheet_chosen", {"sheet": grid.name, "sheets": ", ".join(str(one.name) for one in grids)}),
        ]
    return Table(table.headings, table.rows, table.sheet, notes + table.notes)
