"""Rows of a CSV file: its encoding, delimiter and records. Every cell is text, also one that begins with `=`."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice

from opstap.foundation.spreadsheets.tables import Cell, Grid, Limits, Note, Refusal, SpreadsheetRefused

HeadingScore = Callable[[Sequence[str]], int]

_DELIMITERS = ";,\t"
_SAMPLE = 262_144
_SAMPLE_RECORDS = 50
_HEADING_RECORDS = 30
_MOST_RECORDS = 1_048_576
_MOST_FIELDS = 16_384
_TITLE_ROWS = 100
_KEPT_DIGITS = re.compile(r'="([0-9]+)"')
_STATED = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)


def read_delimited(
    content: bytes, name: str, *, limits: Limits, heading_score: HeadingScore | None
) -> tuple[Grid, list[Note]]:
    encoding = _encoding_of(content, name)
    notes = [Note("read_as_windows_1252")] if encoding == "cp1252" else []
    sample = content[:_SAMPLE].decode(encoding, errors="ignore")
    stated = _STATED.match(sample)
    delimiter = stated[1] if stated else _delimiter_of(sample, heading_score)
    text = TextIOWrapper(BytesIO(content), encoding=encoding, newline="")
    if stated:
        # Spreadsheet programs obey this line and don't show it, so it has no number.
        text.readline()
    has_kept_digits = b'="' in content
    numbers: list[int] = []
    rows: list[list[Cell]] = []
    for number, row in _records(text, delimiter, name):
        numbers.append(number)
        rows.append([_unkept(cell) for cell in row] if has_kept_digits else row)
        if len(rows) > limits.rows + _TITLE_ROWS:
            raise SpreadsheetRefused(Refusal.TOO_MANY_ROWS, {"limit": limits.rows})
    _refuse_open_quote(content, numbers, rows, name)
    return Grid(None, 0, True, numbers, rows), notes


def _encoding_of(content: bytes, name: str) -> str:
    """UTF-8 and UTF-16 can be recognised with certainty; what is neither was written by an older Windows program."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif _decodes(content, "utf-8"):
        return "utf-8-sig"
    else:
        encoding = "cp1252"
    if not _decodes(content, encoding):
        raise SpreadsheetRefused(Refusal.NOT_A_SPREADSHEET, {"name": name, "kind": "unknown"})
    return encoding


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter_of(sample: str, heading_score: HeadingScore | None) -> str:
    """The one under which a row is best recognised as the heading, else under which most rows are equally wide."""

    def fitness(delimiter: str) -> tuple[int, int, int]:
        records = list(islice(_sample_records(sample, delimiter), _SAMPLE_RECORDS))
        score = max(map(heading_score, records[:_HEADING_RECORDS]), default=0) if heading_score else 0
        widths = Counter(len(record) for record in records if len(record) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return score, count, width

    return max(_DELIMITERS, key=fitness)


def _sample_records(sample: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _records(text: TextIOWrapper, delimiter: str, name: str) -> Iterator[tuple[int, list[Cell]]]:
    number = 0
    try:
        for number, record in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            row: list[Cell] = [cell.strip() or None for cell in record]
            while row and row[-1] is None:
                row.pop()
            if len(row) > _MOST_FIELDS:
                raise SpreadsheetRefused(Refusal.TOO_MANY_COLUMNS, {"columns": len(row), "limit": _MOST_FIELDS})
            if number > _MOST_RECORDS:
                raise SpreadsheetRefused(Refusal.TOO_MANY_ROWS, {"limit": _MOST_RECORDS})
            if row:
                yield number, row
    except csv.Error as error:
        raise SpreadsheetRefused(Refusal.BROKEN, {"name": name, "row": number + 1}) from error


def _unkept(cell: Cell) -> Cell:
    """Digits that were written as `="012"`, so that a spreadsheet program leaves them alone, are those digits."""
    found = _KEPT_DIGITS.fullmatch(cell) if isinstance(cell, str) else None
    return found[1] if found else cell


def _refuse_open_quote(content: bytes, numbers: list[int], rows: list[list[Cell]], name: str) -> None:
    """A quote that is never closed swallows the rest of the file into one cell of the last record."""
    if rows and content.count(b'"') % 2:
        last = rows[-1][-1]
        if isinstance(last, str) and "\n" in last:
            raise SpreadsheetRefused(Refusal.BROKEN, {"name": name, "row": numbers[-1]})
