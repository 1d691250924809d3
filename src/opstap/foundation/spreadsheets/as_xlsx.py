"""A table as xlsx: bold heading that stays in sight, a filter, sensible widths, numbers and dates as such."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from opstap.foundation.spreadsheets.columns import Column, Content, dutch_date, written
from opstap.foundation.spreadsheets.layout import column_width, sheet_names

_CREATED_AT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST_TEXT = 32_767
_NOTES_WIDTH = 100
_FIRST_DAY_OF_EXCEL = date(1900, 3, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(content: Content) -> bytes:
    file = BytesIO()
    with Workbook(file, _OPTIONS) as workbook:
        workbook.set_properties({"title": content.title, "created": _CREATED_AT})
        *names, notes_name = sheet_names(content)
        for name, table in zip(names, content.tables, strict=True):
            _write_table(workbook, workbook.add_worksheet(name), table)
        if content.notes:
            _write_notes(workbook, content, notes_name)
    return file.getvalue()


def _write_table(workbook: Workbook, sheet: Worksheet, content: Content) -> None:
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    figures = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "right"})
    for position, column in enumerate(content.columns):
        sheet.write_string(0, position, _short(column.label), heading if column.kind in {"text", "date"} else figures)
        _write_column(sheet, content, position, workbook.add_format(_format_of(column)))
        sheet.set_column(position, position, column_width(content, column))
    sheet.freeze_panes(1, 0)
    if content.columns:
        sheet.autofilter(0, 0, max(len(content.rows), 1), len(content.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _format_of(column: Column) -> dict[str, str | int]:
    places = f".{'0' * column.decimals}" if column.decimals else ""
    formats = {
        "text": "@",
        "integer": "#,##0",
        "decimal": f"#,##0{places}",
        "share": f'0{places}" %"',
        "date": "dd-mm-yyyy",
    }
    return {"num_format": formats[column.kind], "align": "left" if column.kind in {"text", "date"} else "right"}


def _write_column(sheet: Worksheet, content: Content, position: int, cell_format: Format) -> None:
    column = content.columns[position]
    for number, row in enumerate(content.rows, start=1):
        value = written(column, row.get(column.key))
        if isinstance(value, date) and value < _FIRST_DAY_OF_EXCEL:
            # Excel knows no day before 1900 and takes 1900 for a leap year.
            value = dutch_date(value)
        if isinstance(value, str):
            sheet.write_string(number, position, _short(value), cell_format)
        elif isinstance(value, date):
            sheet.write_datetime(number, position, value, cell_format)
        elif value is not None:
            sheet.write_number(number, position, float(value) if isinstance(value, Decimal) else value, cell_format)


def _short(text: str) -> str:
    """A cell holds no more; XlsxWriter would leave a longer text out."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _write_notes(workbook: Workbook, content: Content, name: str) -> None:
    sheet = workbook.add_worksheet(name)
    sheet.set_column(0, 0, _NOTES_WIDTH)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    start = 0
    if content.title:
        sheet.write_string(0, 0, _short(content.title), workbook.add_format({"bold": True}))
        start = 2
    for number, note in enumerate(content.notes, start=start):
        sheet.write_string(number, 0, _short(note), wrapped)
