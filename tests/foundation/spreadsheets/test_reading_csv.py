"""CSV files as offices make them: delimiters, encodings, quotes, rows around the table."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from opstap.foundation.spreadsheets.reading import read_table
from opstap.foundation.spreadsheets.tables import Limits, Note, Row, SpreadsheetRefused

_PLAIN = "Nummer;Naam;Bedrag\r\nA1;Zoë;1,5\r\nA2;Bakker, A.;2,5\r\n"
_ROWS = [Row(2, ("A1", "Zoë", "1,5")), Row(3, ("A2", "Bakker, A.", "2,5"))]


def known_headings(texts: Sequence[str]) -> int:
    return sum(text.lower() in {"nummer", "naam", "bedrag"} for text in texts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends_give_the_same_table(encoding: str, ending: str) -> None:
    table = read_table(_PLAIN.replace("\r\n", ending).encode(encoding), "lijst.csv")
    assert table.headings == ("Nummer", "Naam", "Bedrag")
    assert table.rows == _ROWS
    assert table.sheet is None
    assert table.notes == ([Note("read_as_windows_1252")] if encoding == "cp1252" else [])


@pytest.mark.parametrize("order", ["little", "big"])
def test_utf_16_of_both_orders(order: str) -> None:
    mark, encoding = (b"\xff\xfe", "utf-16-le") if order == "little" else (b"\xfe\xff", "utf-16-be")
    assert read_table(mark + _PLAIN.encode(encoding), "lijst.csv").rows == _ROWS


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = _PLAIN.replace("Bakker, A.", '"Bakker, A."').replace("1,5", '"1,5"').replace("2,5", '"2,5"')
    assert read_table(text.replace(";", delimiter).encode(), "lijst.csv").rows == _ROWS


def test_decimal_commas_do_not_win_from_the_delimiter() -> None:
    text = "a;b\n" + "1,5,7;2,5,7\n" * 20
    assert read_table(text.encode(), "lijst.csv").headings == ("a", "b")


def test_the_heading_decides_where_widths_do_not() -> None:
    text = "Nummer,Naam\n" + "1,a;b;c;d\n" * 20
    assert read_table(text.encode(), "lijst.csv", heading_score=known_headings).headings == ("Nummer", "Naam")


def test_a_line_that_states_the_delimiter_is_obeyed_and_not_counted() -> None:
    table = read_table(b"sep=,\r\na,b\r\n1;1;1,2;2;2\r\n", "lijst.csv")
    assert table.rows == [Row(2, ("1;1;1", "2;2;2"))]


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them() -> None:
    text = 'Naam;Tekst\nA;"een\ntwee\ndrie"\n\n;\nB;"zeg ""ja"""\n'
    table = read_table(text.encode(), "lijst.csv")
    assert table.rows == [Row(2, ("A", "een\ntwee\ndrie")), Row(5, ("B", 'zeg "ja"'))]


def test_cells_are_stripped_and_a_formula_is_text() -> None:
    table = read_table("a;b;c\n\u00a0x \u00a0;=1+1;\u00a0\n".encode(), "lijst.csv")
    assert table.rows == [Row(2, ("x", "=1+1", None))]


def test_titles_above_and_totals_below_are_left_out() -> None:
    text = "Lijst van personen;;\nPeildatum;1-1-2026;\n\nNummer;Naam;Bedrag\nA1;B;1\nTotaal;;1\n\n"
    table = read_table(text.encode(), "lijst.csv", heading_score=known_headings)
    assert table.headings == ("Nummer", "Naam", "Bedrag")
    assert table.rows == [Row(5, ("A1", "B", "1"))]
    assert table.notes == [
        Note("title_rows_skipped", {"rows": 2, "heading_row": 4}),
        Note("total_row_left_out", {"row": 6}),
    ]


def test_a_name_that_begins_with_total_stays() -> None:
    table = read_table(b"Nummer;Naam\n1;Totaal\n2;Total\n", "lijst.csv")
    assert len(table.rows) == 2


def test_blank_columns_go_and_columns_without_heading_get_a_name() -> None:
    table = read_table(b"a;;b;;\n1;;2;x;\n3;;4;;\n", "lijst.csv")
    assert table.headings == ("a", "b", "[D]")
    assert table.rows == [Row(2, ("1", "2", "x")), Row(3, ("3", "4", None))]
    assert table.notes == [Note("unnamed_column", {"column": "D", "heading": "[D]"})]


def test_headings_that_occur_twice_get_a_number() -> None:
    table = read_table(b"Naam;Naam;Naam (2);Naam\n1;2;3;4\n", "lijst.csv")
    assert table.headings == ("Naam", "Naam (3)", "Naam (2)", "Naam (4)")
    assert [note.params["column"] for note in table.notes] == ["B", "D"]


def test_rows_shorter_than_the_heading_are_filled() -> None:
    assert read_table(b"a;b;c\n1\n", "lijst.csv").rows == [Row(2, ("1", None, None))]


def test_exactly_the_most_columns_and_rows_pass() -> None:
    limits = Limits(columns=500, rows=3)
    wide = ";".join(f"k{number}" for number in range(500))
    rows = (wide + "\n") * 4
    table = read_table(rows.encode(), "lijst.csv", limits=limits)
    assert (len(table.headings), len(table.rows)) == (500, 3)


@pytest.mark.parametrize(
    ("text", "code", "params"),
    [
        (b"", "empty", {}),
        (b"\xef\xbb\xbf \r\n\r\n", "empty", {}),
        (b";;;\n;;\n", "empty", {}),
        (b"a|b|c\n1|2|3\n", "single_column", {}),
        (b"alleen\neen\nkolom\n", "single_column", {}),
        (b"1;2;3\n4;5;6\n", "no_heading", {}),
        (b"titel\n\na;b\n", "no_rows", {"row": 3}),
        (b'a;b\n1;"nooit dicht\n2;3\n4;5\n', "broken", {"name": "lijst.csv", "row": 2}),
        (b'a;b\n1;"' + b"x" * 200_000, "broken", {"name": "lijst.csv", "row": 2}),
        (b"a;b\n1;\x812\n", "not_a_spreadsheet", {"name": "lijst.csv", "kind": "unknown"}),
        (b"a;b\n\x00\x01;2\n", "not_a_spreadsheet", {"name": "lijst.csv", "kind": "unknown"}),
        (b"a;b\n" * 5, "too_many_rows", {"limit": 3}),
        (b"abcdefgh;" * 30, "too_large", {"bytes": 270, "limit": 250}),
        (b"k;" * 11 + b"\n" + b"1;" * 11, "too_many_columns", {"columns": 11, "limit": 10}),
    ],
)
def test_refusals(text: bytes, code: str, params: dict[str, str | int]) -> None:
    most = 250 if code == "too_large" else 1_000_000
    with pytest.raises(SpreadsheetRefused) as refused:
        read_table(text, "lijst.csv", limits=Limits(file_bytes=most, columns=10, rows=3))
    assert (refused.value.code, refused.value.params) == (code, params)


def test_without_a_known_heading_there_is_no_table() -> None:
    with pytest.raises(SpreadsheetRefused) as refused:
        read_table(b"a;b\n1;2\n", "lijst.csv", heading_score=known_headings)
    assert refused.value.code == "no_heading"


@pytest.mark.parametrize("piece", [b";", b"\n", b'"', b"a;\n"])
def test_hostile_files_are_refused_in_time_that_grows_as_they_do(piece: bytes) -> None:
    took = {size: min(_seconds_to_refuse(piece * size) for _ in range(3)) for size in (500_000, 5_000_000)}
    assert took[5_000_000] < 20 * max(took[500_000], 0.01)


def _seconds_to_refuse(content: bytes) -> float:
    with _of_the_processor() as took, pytest.raises(SpreadsheetRefused):
        read_table(content, "lijst.csv")
    return took[0]


def test_ten_times_the_rows_take_about_ten_times_as_long() -> None:
    line = ";".join(f"waarde {number}" for number in range(23))
    took = {count: min(_seconds_for(line, count) for _ in range(3)) for count in (5_000, 50_000)}
    assert took[50_000] < 20 * took[5_000]


def _seconds_for(line: str, count: int) -> float:
    content = "\r\n".join([line] * (count + 1)).encode()
    with _of_the_processor() as took:
        assert len(read_table(content, "lijst.csv").rows) == count
    return took[0]


@contextmanager
def _of_the_processor() -> Iterator[list[float]]:
    """Seconds, without the collector: that walks through whatever the tests before left in memory."""
    gc.collect()
    gc.disable()
    took: list[float] = []
    begun = time.process_time()
    try:
        yield took
    finally:
        took.append(time.process_time() - begun)
        gc.enable()
