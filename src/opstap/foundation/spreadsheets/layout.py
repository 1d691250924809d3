"""What a written workbook looks like in either format: names of its sheets, widths of its columns."""

import re
from datetime import date
from decimal import Decimal

from opstap.foundation.spreadsheets.columns import Column, Content, clean, dutch_date, written

_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31
_NOTES = "Toelichting"
_MEASURED_ROWS = 1_000
_NARROWEST, _WIDEST, _WIDEST_HEADING = 9, 60, 24
_ROOM, _ROOM_FOR_FILTER = 2, 3


def sheet_names(content: Content) -> tuple[str, ...]:
    """Each table's sheet is named after its title as far as a sheet may; the last holds the notes. No name twice."""
    names: list[str] = []
    for wanted in (*(_allowed(table.title) for table in content.tables), _NOTES):
        taken = {name.casefold() for name in names}
        number, name = 1, wanted
        while name.casefold() in taken:
            number += 1
            name = f"{wanted[: _LONGEST_SHEET_NAME - 3]} {number}"
        names.append(name)
    return tuple(names)


def _allowed(title: str) -> str:
    allowed = _FORBIDDEN_IN_SHEET_NAME.sub(" ", clean(title))
    return " ".join(allowed.split())[:_LONGEST_SHEET_NAME].strip("' ") or "Tabel"


def column_width(content: Content, column: Column) -> int:
    """In characters: what the first thousand rows and a good part of the heading need, and never a whole screen."""
    widest = max((_length(written(column, row.get(column.key))) for row in content.rows[:_MEASURED_ROWS]), default=0)
    heading = min(len(column.label), _WIDEST_HEADING) + _ROOM_FOR_FILTER
    return min(max(widest + _ROOM, heading, _NARROWEST), _WIDEST)


def _length(value: str | Decimal | date | int | None) -> int:
    if value is None:
        return 0
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    return len(dutch_date(value)) if isinstance(value, date) else len(f"{value:,} %")
