"""Files that are something else, that are broken, or that were made to hurt: refused with the right code, in time."""

import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from opstap.foundation.spreadsheets.reading import read_table
from opstap.foundation.spreadsheets.tables import Limits, SpreadsheetRefused
from tests.foundation.spreadsheets.files import (
    archive,
    changed_workbook,
    lying_zip,
    ods,
    old_office,
    sheet_xml,
    workbook,
    xls,
)

_SMALL = workbook({"Blad1": [["a", "b"], [1, 2]]})
_SHEET = "xl/worksheets/sheet1.xml"
_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
_TEXT = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def refusal_of(content: bytes, limits: Limits | None = None) -> tuple[str, dict[str, str | int]]:
    begun = time.monotonic()
    with pytest.raises(SpreadsheetRefused) as refused:
        read_table(content, "lijst.xlsx", limits=limits or Limits())
    assert time.monotonic() - begun < 6, "a machine at ease answers within two seconds"
    return refused.value.code, refused.value.params


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"\r\n%PDF-1.4 text", "pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"GIF89a\x01\x00", "image"),
        (b"{\\rtf1\\ansi", "word"),
        (old_office("WordDocument"), "word"),
        (old_office("PowerPoint Document"), "presentation"),
        (old_office("Iets anders"), "unknown"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"<!DOCTYPE html><html><table>", "html"),
        (b"<?xml version='1.0'?><Workbook/>", "xml"),
        (archive({"word/document.xml": "<w/>"}), "word"),
        (archive({"ppt/presentation.xml": "<p/>"}), "presentation"),
        (archive({"lijst.csv": "a;b"}), "archive"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}, stored=("mimetype",)), "word"),
        (b"MZ\x90\x00\x03\x00", "unknown"),
    ],
)
def test_what_is_no_spreadsheet_is_named(content: bytes, kind: str) -> None:
    assert refusal_of(content) == ("not_a_spreadsheet", {"name": "lijst.xlsx", "kind": kind})


def test_passwords_are_recognised() -> None:
    protected = bytearray(_SMALL)
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := protected.find(signature, at + 1)) >= 0:
            protected[at + flags_at] |= 1
    assert refusal_of(bytes(protected)) == ("password_protected", {})
    assert refusal_of(old_office("EncryptedPackage")) == ("password_protected", {})
    assert refusal_of(xls([["a", "b"], [1, 2]], protected=True)) == ("password_protected", {})


@pytest.mark.parametrize(
    "content",
    [
        _SMALL[: len(_SMALL) // 2],
        _SMALL[:-30],
        b"PK\x03\x04" + b"\x00" * 500,
        old_office("Workbook"),
        changed_workbook(_SMALL, {_SHEET: b"<worksheet><sheetData><row><c"}),
        changed_workbook(_SMALL, {"xl/workbook.xml": b"geen xml"}),
        _SMALL.replace(b"\x08\x00", b"\x0e\x00"),
    ],
)
def test_damaged_files_are_broken(content: bytes) -> None:
    assert refusal_of(content)[0] in {"broken", "empty"}


@pytest.mark.parametrize("at", range(0, len(_SMALL), 97))
def test_flipped_bytes_never_escape_as_another_error(at: int) -> None:
    damaged = bytearray(_SMALL)
    damaged[at] ^= 0xFF
    with suppress(SpreadsheetRefused):
        assert read_table(bytes(damaged), "lijst.xlsx").rows


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: changed_workbook(_SMALL, {"xl/media/a.bin": b"\0" * 401_000_000}), "size"),
        (lambda: changed_workbook(_SMALL, {"xl/media/a.bin": b"\0" * 100_000_000}), "ratio"),
        (lambda: lying_zip(b" " * 30_000_000, 1_000), "lying_size"),
        (lambda: archive({"xl/workbook.xml": "", **{f"xl/{number}": "" for number in range(5_001)}}), "entries"),
        (lambda: changed_workbook(_SMALL, {_SHEET: _ENTITIES.encode()}), "entities"),
        (
            lambda: changed_workbook(_SMALL, {"xl/styles.xml": b" " * 65_530 + _ENTITIES.encode("utf-16-le")}),
            "entities",
        ),
    ],
)
def test_zip_bombs_are_seen_before_they_are_opened(make: Callable[[], bytes], reason: str) -> None:
    assert refusal_of(make()) == ("zip_bomb", {"reason": reason})


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE x [<!ENTITY a SYSTEM "file://{}">]>', '<!DOCTYPE x [<!ENTITY % a SYSTEM "{}"> %a;]>'],
)
def test_nothing_outside_the_file_is_read_for_it(declared: str, tmp_path: Path) -> None:
    """An entity that names a file of the server: the workbook is refused, and nothing of that file is told."""
    secret = tmp_path / "geheim.txt"
    secret.write_text("kanarie", encoding="utf-8")
    cells = b'<row r="1"><c t="inlineStr"><is><t>&a;</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
    sheet = f'<?xml version="1.0"?>{declared.format(secret)}'.encode() + sheet_xml(cells.decode())
    code, params = refusal_of(changed_workbook(_SMALL, {_SHEET: sheet}))
    assert (code, params) == ("zip_bomb", {"reason": "entities"})


def test_parts_that_share_their_bytes_are_a_lie() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as book:
        book.writestr("xl/workbook.xml", b"x" * 100_000)
        first = book.infolist()[0]
        for number in range(3):
            again = zipfile.ZipInfo(f"xl/again{number}.xml")
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.file_size = again.compress_size = first.file_size
            book.filelist.append(again)
    assert refusal_of(file.getvalue()) == ("zip_bomb", {"reason": "lying_size"})


def test_more_repeated_cells_than_a_sheet_can_have_are_refused() -> None:
    assert refusal_of(repeated(16_384, 1_048_576))[0] in {"broken", "zip_bomb"}


def repeated(cells: int, rows: int) -> bytes:
    cell = _TEXT.format(f' table:number-columns-repeated="{cells}"')
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


@pytest.mark.parametrize(
    "content",
    [
        changed_workbook(
            _SMALL,
            {
                _SHEET: sheet_xml(
                    '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>'
                )
            },
        ),
        changed_workbook(
            _SMALL,
            {
                "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>",
                _SHEET: sheet_xml('<row><c t="s"><v>0</v></c></row>' * 200_000),
            },
        ),
        repeated(1_000, 10_000),
    ],
)
def test_what_unfolds_in_memory_ends_the_reader_only(content: bytes) -> None:
    code, params = refusal_of(content)
    assert code == "zip_bomb"
    assert params["reason"] in {"memory", "time"}
