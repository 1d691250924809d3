"""What is written: typed cells, no live formula, Dutch CSV, notes apart, equal bytes; and read back it is the same."""

import csv
import time
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import load
from odf.style import Style
from odf.table import TableHeaderRows
from python_calamine import CalamineWorkbook

from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.spreadsheets.reading import read_table
from opstap.foundation.spreadsheets.writing import FileFormat, write_table

_COLUMNS = [
    Column("name", "Naam", "text"),
    Column("count", "Aantal", "integer"),
    Column("amount", "Bedrag", "decimal", 2),
    Column("share", "% van allen", "share", 1),
    Column("on", "Datum", "date"),
]
_ROWS: list[dict[str, Value]] = [
    {"name": "012345678", "count": 1166, "amount": Decimal("1234.565"), "share": 37.45, "on": date(2010, 9, 15)},
    {"name": "2-", "count": -3, "amount": 2.5, "share": "geen waarneming", "on": None},
    {"name": "=1+1", "count": 0, "share": 0},
]
_WORKBOOKS: list[FileFormat] = ["xlsx", "ods"]
_FORMATS: list[FileFormat] = ["csv", "xlsx", "ods"]


def sheets_of(content: bytes) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
        return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("file_format", _WORKBOOKS)
def test_cells_are_typed(file_format: FileFormat) -> None:
    content = write_table(_COLUMNS, _ROWS, file_format=file_format, title="Plaatsing: 2010")
    assert sheets_of(content) == {
        "Plaatsing 2010": [
            ["Naam", "Aantal", "Bedrag", "% van allen", "Datum"],
            ["012345678", 1166.0, 1234.57, 37.5, date(2010, 9, 15)],
            ["2-", -3.0, 2.5, "geen waarneming", ""],
            ["=1+1", 0.0, "", 0.0, ""],
        ]
    }


def test_csv_opens_right_in_a_dutch_excel() -> None:
    content = write_table(_COLUMNS, _ROWS, file_format="csv", title="Plaatsing", notes=["Peildatum 15-09-2010"])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Naam;Aantal;Bedrag;% van allen;Datum\r\n"
        '"=""012345678""";1166;1234,57;37,5;15-09-2010\r\n'
        "2-;-3;2,50;geen waarneming;\r\n"
        "'=1+1;0;;0,0;\r\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("012345678", '="012345678"'),
        ("999986764", '="999986764"'),
        ("00511", '="00511"'),
        ("511", "511"),
        ("0", "0"),
        ("06-12345678", "06-12345678"),
        ("٠١٢", "٠١٢"),
    ],
)
def test_a_number_that_identifies_stays_text_in_excel_and_is_read_back(text: str, written: str) -> None:
    columns = [Column("a", "Klantnummer", "text"), Column("b", "Naam", "text")]
    content = write_table(columns, [{"a": text, "b": "Bakker"}], file_format="csv")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))[1] == [written, "Bakker"]
    assert [row.cells for row in read_table(content, "x.csv").rows] == [(text, "Bakker")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n"])
def test_a_text_that_would_run_is_neutralised(start: str) -> None:
    columns = [Column("a", f"{start}A", "text"), Column("b", "B", "integer")]
    rows: list[dict[str, Value]] = [{"a": f"{start}SUM(1;2)", "b": f"{start}1"}]
    text = write_table(columns, rows, file_format="csv").decode("utf-8-sig")
    assert list(csv.reader(StringIO(text, newline=""), delimiter=";")) == [
        [f"'{start}A", "B"],
        [f"'{start}SUM(1;2)", f"'{start}1"],
    ]
    for file_format in _WORKBOOKS:
        content = write_table(columns, rows, file_format=file_format)
        assert sheets_of(content)["Tabel"] == [[f"{start}A", "B"], [f"{start}SUM(1;2)", f"{start}1"]]
    assert "<f>" not in part_of(write_table(columns, rows, file_format="xlsx"), "xl/worksheets/sheet1.xml")
    assert "formula" not in part_of(write_table(columns, rows, file_format="ods"), "content.xml")


def test_a_link_stays_text() -> None:
    content = write_table(_COLUMNS, [{"name": "https://example.org/x"}], file_format="xlsx")
    assert "hyperlink" not in part_of(content, "xl/worksheets/sheet1.xml")


def test_xlsx_has_a_frozen_heading_a_filter_and_number_formats() -> None:
    content = write_table(_COLUMNS, _ROWS, file_format="xlsx", title="Plaatsing")
    sheet, styles = part_of(content, "xl/worksheets/sheet1.xml"), part_of(content, "xl/styles.xml")
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:E4"' in sheet
    for shown in ("0.0&quot; %&quot;", "dd-mm-yyyy", "<b/>"):
        assert shown in styles
    assert 'formatCode="#,##0.00"' in styles or 'numFmtId="4"' in styles


def test_ods_is_read_by_another_program_with_its_formats() -> None:
    document = load(BytesIO(write_table(_COLUMNS, _ROWS, file_format="ods", title="Plaatsing", notes=["n"])))
    names = {style.getAttribute("name") for style in document.getElementsByType(Style)}
    assert {"heading", "figures", "text", "integer", "decimal2", "share1", "date", "column0", "notes"} <= names
    assert len(document.getElementsByType(TableHeaderRows)) == 1


@pytest.mark.parametrize("file_format", _WORKBOOKS)
def test_title_and_notes_stand_on_a_second_sheet(file_format: FileFormat) -> None:
    content = write_table(_COLUMNS, [], file_format=file_format, title="Toelichting", notes=["=een", "twee"])
    sheets = sheets_of(content)
    assert list(sheets) == ["Toelichting", "Toelichting 2"]
    assert [row[0] for row in sheets["Toelichting 2"]] == ["Toelichting", "", "=een", "twee"]
    assert list(sheets_of(write_table(_COLUMNS, [], file_format=file_format))) == ["Tabel"]


@pytest.mark.parametrize("file_format", _WORKBOOKS)
def test_further_tables_stand_on_sheets_of_their_own(file_format: FileFormat) -> None:
    columns = [Column("from", "Van", "text"), Column("share", "Aandeel", "share", 2)]
    other = Content(columns, [{"from": "1\x00", "share": 12.345}], "Plaatsing")
    content = write_table(_COLUMNS, _ROWS, file_format=file_format, title="Plaatsing", notes=["n"], further=[other])
    sheets = sheets_of(content)
    assert list(sheets) == ["Plaatsing", "Plaatsing 2", "Toelichting"]
    assert sheets["Plaatsing"][1][0] == "012345678"
    assert sheets["Plaatsing 2"] == [["Van", "Aandeel"], ["1", 12.35]]


def test_csv_holds_the_first_table_alone() -> None:
    other = Content(_COLUMNS, _ROWS, "Nog een")
    alone = write_table(_COLUMNS, _ROWS, file_format="csv", title="T")
    assert write_table(_COLUMNS, _ROWS, file_format="csv", title="T", further=[other]) == alone


@pytest.mark.parametrize("title", ["a" * 80, "[]:*?/\\", "'", 'A & B <c> "d"'])
@pytest.mark.parametrize("file_format", _WORKBOOKS)
def test_any_title_gives_a_sheet_name(title: str, file_format: FileFormat) -> None:
    (name,) = sheets_of(write_table(_COLUMNS, [], file_format=file_format, title=title))
    assert 0 < len(name) <= 31


@pytest.mark.parametrize("file_format", _FORMATS)
def test_the_same_table_gives_the_same_bytes(file_format: FileFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_table(_COLUMNS, _ROWS, file_format=file_format, title="T", notes=["n"])
    later = time.time() + 1_000_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert write_table(_COLUMNS, _ROWS, file_format=file_format, title="T", notes=["n"]) == first


@pytest.mark.parametrize("file_format", _FORMATS)
def test_half_is_rounded_up_and_not_to_even(file_format: FileFormat) -> None:
    columns = [Column("a", "A", "share", 0), Column("b", "B", "decimal", 1)]
    rows: list[dict[str, Value]] = [{"a": 2.5, "b": 0.25}, {"a": Decimal("36.5"), "b": -0.25}]
    cells = [row.cells for row in read_table(write_table(columns, rows, file_format=file_format), "x").rows]
    assert cells in ([("3", "0,3"), ("37", "-0,3")], [(3, 0.3), (37, -0.3)])


@pytest.mark.parametrize("file_format", _FORMATS)
def test_characters_no_workbook_can_hold_are_dropped(file_format: FileFormat) -> None:
    rows: list[dict[str, Value]] = [{"name": "a\x00b\x1f\ud800c\r\nd\re", "count": 1}]
    table = read_table(write_table(_COLUMNS, rows, file_format=file_format), "x")
    assert table.rows[0].cells[0] == "abc\nd\ne"


def test_a_text_too_long_for_excel_is_cut_and_says_so() -> None:
    rows: list[dict[str, Value]] = [{"name": "x" * 40_000, "count": 1}]
    text = read_table(write_table(_COLUMNS, rows, file_format="xlsx"), "x").rows[0].cells[0]
    assert isinstance(text, str)
    assert (len(text), text[-1]) == (32_767, "…")


def test_dates_before_excel_knows_them_are_written_out() -> None:
    rows: list[dict[str, Value]] = [{"name": "a", "on": date(1899, 12, 31)}, {"name": "b", "on": date(1900, 3, 1)}]
    cells = [row.cells[4] for row in read_table(write_table(_COLUMNS, rows, file_format="xlsx"), "x").rows]
    assert cells == ["31-12-1899", date(1900, 3, 1)]


def test_a_number_in_a_column_of_dates_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="on: int in a column of dates"):
        write_table(_COLUMNS, [{"on": 3}], file_format="csv")


_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t =+-@'\";_x")
)


@pytest.mark.parametrize("file_format", _FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(st.tuples(_texts, _texts), min_size=1, max_size=8))
def test_any_text_comes_back_as_it_was(file_format: FileFormat, texts: list[tuple[str, str]]) -> None:
    """Read back by calamine (csv: by our reader) it is equal, apart from the apostrophe and the space around it."""
    columns = [Column("key", "Sleutel", "integer"), Column("a", "Een", "text"), Column("b", "Twee", "text")]
    rows: list[dict[str, Value]] = [{"key": at, "a": a, "b": b} for at, (a, b) in enumerate(texts)]
    content = write_table(columns, rows, file_format=file_format)
    if file_format != "csv":
        assert [(row[1], row[2]) for row in sheets_of(content)["Tabel"][1:]] == texts
    found = [row.cells[1:] for row in read_table(content, "x").rows]
    neutral = "=+-@\t\n" if file_format == "csv" else ()
    expected = [
        tuple((f"'{text}" if text[:1] and text[0] in neutral else text).strip() or None for text in pair)
        for pair in texts
    ]
    assert found == expected
