"""Writes one table as CSV, xlsx or ods: typed cells, no live formula, the same bytes for the same input."""

from collections.abc import Mapping, Sequence
from typing import Literal

from opstap.foundation.spreadsheets.as_csv import to_csv
from opstap.foundation.spreadsheets.as_ods import to_ods
from opstap.foundation.spreadsheets.as_xlsx import to_xlsx
from opstap.foundation.spreadsheets.columns import Column, Content, Rows, Value, clean

FileFormat = Literal["csv", "xlsx", "ods"]
CONTENT_TYPES: Mapping[FileFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}

_WRITERS = {"csv": to_csv, "xlsx": to_xlsx, "ods": to_ods}


def write_table(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
    *,
    file_format: FileFormat,
    title: str = "",
    notes: Sequence[str] = (),
    further: Sequence[Content] = (),
) -> bytes:
    """The file's bytes. Further tables stand on sheets of their own, title and notes on the last one.

    CSV holds the table only. A row may lack a key: the cell is empty then.
    """
    others = [_cleaned(table.columns, table.rows, table.title) for table in further]
    return _WRITERS[file_format](_cleaned(columns, rows, title, notes, others))


def _cleaned(
    columns: Sequence[Column], rows: Rows, title: str, notes: Sequence[str] = (), further: Sequence[Content] = ()
) -> Content:
    labelled = [Column(column.key, clean(column.label), column.kind, column.decimals) for column in columns]
    return Content(labelled, rows, clean(title), [clean(note) for note in notes], further)
