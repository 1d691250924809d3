"""Workbooks: typed cells, merged cells, several sheets, the row numbers a user sees."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from opstap.foundation.spreadsheets.reading import read_table
from opstap.foundation.spreadsheets.tables import Limits, Note, Row, SpreadsheetRefused
from tests.foundation.spreadsheets.files import changed_workbook, ods, workbook, xls

_HEADING = ["Nummer", "Naam", "Geboren", "Actief"]


def known_headings(texts: Sequence[str]) -> int:
    return sum(text in _HEADING for text in texts)


def test_cells_keep_their_type() -> None:
    rows: list[list[object]] = [
        [*_HEADING],
        [7, " Anna\u00a0", date(1988, 4, 12), True],
        [7.5, "", datetime(2020, 1, 2, 13, 5, tzinfo=UTC).replace(tzinfo=None), "=1+1"],
    ]
    table = read_table(workbook({"Blad1": rows}), "lijst.xlsx")
    assert table.sheet == "Blad1"
    assert table.rows[0] == Row(2, (7, "Anna", date(1988, 4, 12), True))
    assert type(table.rows[0].cells[0]) is int
    assert table.rows[1] == Row(3, (7.5, None, date(2020, 1, 2), 0))


def test_the_name_of_the_file_does_not_matter() -> None:
    content = workbook({"Blad1": [["a", "b"], [1, 2]]})
    assert read_table(content, "lijst.csv").rows == read_table(content, "brief.pdf").rows == [Row(2, (1, 2))]


def test_a_table_that_starts_lower_and_further_right_keeps_its_numbers_and_letters() -> None:
    heading = ["", "", "Nummer", "Naam", None, "Naam"]
    rows: list[list[object]] = [[], ["", "", "Overzicht"], [], [*heading], [], ["", "", 1, "A", "x", "B"]]
    table = read_table(workbook({"Blad1": rows}), "lijst.xlsx", heading_score=known_headings)
    assert table.headings == ("Nummer", "Naam", "[E]", "Naam (2)")
    assert table.rows == [Row(6, (1, "A", "x", "B"))]
    assert table.notes == [
        Note("title_rows_skipped", {"rows": 1, "heading_row": 4}),
        Note("unnamed_column", {"column": "E", "heading": "[E]"}),
        Note("duplicate_heading", {"heading": "Naam", "renamed": "Naam (2)", "column": "F"}),
    ]


def test_the_sheet_with_the_best_heading_is_taken() -> None:
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Uitleg": [["Dit is", "uitleg", "bij", "de lijst", "van"], ["a", "b", "c", "d", "e"]],
        "Leeg": [],
        "Lijst": [[*_HEADING], [1, "A", date(2000, 1, 1), True]],
    }
    table = read_table(workbook(sheets), "lijst.xlsx", heading_score=known_headings)
    assert table.sheet == "Lijst"
    assert table.notes == [Note("sheet_chosen", {"sheet": "Lijst", "sheets": "Uitleg, Lijst"})]


def test_of_equal_sheets_the_first_that_shows_is_taken() -> None:
    file = BytesIO()
    with Workbook(file) as book:
        for name in ("Verborgen", "Eerste", "Tweede"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Nummer", "Naam"])
            sheet.write_row(1, 0, [1, name])
            if name == "Verborgen":
                sheet.hide()
            if name == "Eerste":
                sheet.activate()
                sheet.set_first_sheet()
    assert read_table(file.getvalue(), "lijst.xlsx").rows == [Row(2, (1, "Eerste"))]


def test_cells_merged_sideways_give_their_text_once() -> None:
    file = BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Overzicht 2026")
        sheet.write_row(1, 0, ["Nummer", "Naam", "Team"])
        sheet.write_row(2, 0, [1, "A"])
        sheet.merge_range(2, 2, 3, 2, "Noord")
        sheet.write_row(3, 0, [2, "B"])
    table = read_table(file.getvalue(), "lijst.xlsx", heading_score=known_headings)
    assert table.rows == [Row(3, (1, "A", "Noord")), Row(4, (2, "B", "Noord"))]


def test_cells_with_a_colour_and_nothing_in_them_do_not_count() -> None:
    file = BytesIO()
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        yellow = book.add_format({"bg_color": "yellow"})
        sheet.write_row(0, 0, ["Nummer", "Naam"])
        sheet.write_row(1, 0, [1, "A"])
        sheet.write_blank(4000, 700, None, yellow)
    assert read_table(file.getvalue(), "lijst.xlsx").headings == ("Nummer", "Naam")


def test_exactly_five_hundred_columns_pass_and_one_more_does_not() -> None:
    def wide(columns: int) -> bytes:
        return workbook({"Blad1": [[f"k{number}" for number in range(columns)], list(range(columns))]})

    assert len(read_table(wide(500), "lijst.xlsx").headings) == 500
    with pytest.raises(SpreadsheetRefused) as refused:
        read_table(wide(501), "lijst.xlsx")
    assert (refused.value.code, refused.value.params) == ("too_many_columns", {"columns": 501, "limit": 500})


def test_too_many_rows() -> None:
    content = workbook({"Blad1": [["a", "b"], *([number, 1] for number in range(200))]})
    assert len(read_table(content, "lijst.xlsx", limits=Limits(rows=200)).rows) == 200
    for most in (199, 50):
        with pytest.raises(SpreadsheetRefused) as refused:
            read_table(content, "lijst.xlsx", limits=Limits(rows=most))
        assert (refused.value.code, refused.value.params) == ("too_many_rows", {"limit": most})


def test_a_workbook_without_anything_is_empty_and_one_column_is_no_table() -> None:
    for rows, code in (([], "empty"), ([["Naam"], ["A"], ["B"]], "single_column"), ([[1, 2], [3, 4]], "no_heading")):
        with pytest.raises(SpreadsheetRefused) as refused:
            read_table(workbook({"Blad1": rows}), "lijst.xlsx")
        assert refused.value.code == code


def test_macros_are_not_looked_at() -> None:
    content = workbook({"Blad1": [["a", "b"], [1, 2]]})
    assert read_table(changed_workbook(content, {"xl/vbaProject.bin": b"\xd0\xcf"}), "lijst.xlsm").rows == [
        Row(2, (1, 2))
    ]


def test_an_ods_with_repeated_cells_and_a_long_empty_end() -> None:
    def cells(*texts: str) -> str:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(map(cell.format, texts))}</table:table-row>"

    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    gap = f'<table:table-row table:number-rows-repeated="3">{empty}</table:table-row>'
    table = read_table(ods(cells("Nummer", "Naam") + gap + cells("1", "A") + end), "lijst.ods")
    assert table.rows == [Row(5, ("1", "A"))]


def test_an_old_excel_file() -> None:
    table = read_table(xls([["Nummer", "Naam", "Bedrag"], [7, "Zoë", 1.5], ["012", "x", -2]]), "lijst.xls")
    assert table.headings == ("Nummer", "Naam", "Bedrag")
    assert table.rows == [Row(2, (7, "Zoë", 1.5)), Row(3, ("012", "x", -2))]


def test_a_cell_merged_over_rows_holds_for_each_of_them() -> None:
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("Lijst")
        sheet.write_row(0, 0, ["Nummer", "Team", "Naam"])
        for row, name in enumerate(["Bakker", "Visser", "Smit"], start=1):
            sheet.write_row(row, 0, [str(row), "", name])
        sheet.merge_range(1, 1, 2, 1, "Werk")
        sheet.write(3, 1, "Meedoen")
    table = read_table(stream.getvalue(), "lijst.xlsx")
    assert [row.cells[1] for row in table.rows] == ["Werk", "Werk", "Meedoen"]
    assert Note("merged_cells", {"cells": 1}) in table.notes
