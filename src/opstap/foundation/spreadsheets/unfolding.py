"""A program of its own: reads a workbook from standard input and writes its sheets as JSON lines to standard output.

It runs apart because a small workbook can unfold to any size in memory; here that ends this program and nothing else.
It imports nothing of the rest, so that it starts fast and can run isolated.
"""

import json
import math
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, TextIOWrapper
from typing import Any, TextIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

_LARGEST_EXACT = 2**53
_ROWS_A_LINE = 1_000
_TITLE_ROWS = 100
_MOST_MERGED = 100_000
_TEXT_TYPES = (time, timedelta)


def main(out: TextIO, content: bytes, most_rows: int) -> None:
    """Writes per sheet one line that names it and lines of at most 1,000 rows; a last line says how it ended."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    _write_sheet(
                        out, workbook, sheet.name, most_rows, visible=sheet.visible == SheetVisibleEnum.Visible
                    )
        ended = "done"
    except PasswordError:
        ended = "password_protected"
    except MemoryError:
        ended = "memory"
    except BaseException:  # noqa: BLE001 (the reader's own panic is no Exception; whatever it is, the file is broken)
        ended = "broken"
    out.write(json.dumps({"ended": ended}) + "\n")


def _write_sheet(out: TextIO, workbook: CalamineWorkbook, name: str, most_rows: int, *, visible: bool) -> None:
    sheet = workbook.get_sheet_by_name(name)
    first_column = sheet.start[1] if sheet.start else 0
    head = {"sheet": name, "first_column": first_column, "visible": visible, "merged": _merged_downwards(sheet)}
    out.write(json.dumps(head) + "\n")
    lines: list[list[Any]] = []
    written = 0
    for row in _rows_with_something(sheet.iter_rows()):
        lines.append(row)
        if len(lines) == _ROWS_A_LINE:
            written += _write_rows(out, lines)
            lines = []
            if written > most_rows + _TITLE_ROWS:
                return
    _write_rows(out, lines)


def _merged_downwards(sheet: Any) -> list[list[int]]:
    """Cells merged over several rows: first row and last row (from 1), and column (from 0)."""
    ranges = (sheet.merged_cell_ranges or [])[:_MOST_MERGED]
    return [[top + 1, bottom + 1, left] for (top, left), (bottom, _right) in ranges if bottom > top]


def _write_rows(out: TextIO, lines: list[list[Any]]) -> int:
    out.write(json.dumps(lines, default=_day, ensure_ascii=False) + "\n")
    return len(lines)


def _rows_with_something(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """Each row as its number and its cells, empty cells at the end cut off."""
    for number, cells in enumerate(rows, start=1):
        row = [number, *map(_plain, cells)]
        while row[-1] is None:
            row.pop()
        if len(row) > 1:
            yield row


def _plain(value: Any) -> Any:
    if type(value) is str:
        return value.strip() or None
    if type(value) is float:
        if value.is_integer() and abs(value) <= _LARGEST_EXACT:
            return int(value)
        return value if math.isfinite(value) else str(value)
    return str(value) if isinstance(value, _TEXT_TYPES) else value


def _day(value: date) -> dict[str, str]:
    """A moment gives its day: a table holds days."""
    return {"d": (value.date() if isinstance(value, datetime) else value).isoformat()}


def _limit(memory_bytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    _limit(memory_bytes=int(sys.argv[1]), seconds=int(sys.argv[2]))
    with TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace") as written:
        main(written, sys.stdin.buffer.read(), most_rows=int(sys.argv[3]))
