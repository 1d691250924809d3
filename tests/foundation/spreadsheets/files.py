"""Files to read, made on the spot: ordinary ones, odd ones and hostile ones."""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_ODS_SHEET = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, position, value)
                    elif value is not None:
                        sheet.write(number, position, value)
    return file.getvalue()


def archive(parts: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return file.getvalue()


def changed_workbook(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The workbook with some of its parts replaced or added."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts: dict[str, bytes | str] = {name: book.read(name) for name in book.namelist()}
    return archive({**parts, **changes})


def ods(rows: str) -> bytes:
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    parts: dict[str, bytes | str] = {"mimetype": mimetype, "META-INF/manifest.xml": _MANIFEST}
    return archive({**parts, "content.xml": _ODS_SHEET.format(rows=rows)}, stored=("mimetype",))


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def lying_zip(part: bytes, stated: int) -> bytes:
    """A workbook whose first sheet is stated smaller than it is, in the local header and in the directory."""
    content = archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": part})
    true, false = len(part).to_bytes(4, "little"), stated.to_bytes(4, "little")
    assert content.count(zlib.crc32(part).to_bytes(4, "little")) == 2
    assert content.count(true) == 2
    return content.replace(true, false)


def old_office(stream: str) -> bytes:
    return _OLE + b"\x00" * 1000 + stream.encode("utf-16-le") + b"\x00" * 1000


def xls(rows: Sequence[Sequence[str | float]], *, protected: bool = False) -> bytes:
    """A workbook of Excel 97 in the least number of records, in a compound file of one stream."""
    cells = b"".join(
        _xls_cell(number, position, value) for number, row in enumerate(rows) for position, value in enumerate(row)
    )
    password = _record(0x2F, struct.pack("<HHH", 0, 1, 2)) if protected else b""
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + password
    name = _record(0x85, struct.pack("<IBBBB", 0, 0, 0, 5, 0) + b"Blad1")
    closing = _record(0x0A, b"")
    starts = len(opening + name + closing)
    name = _record(0x85, struct.pack("<IBBBB", starts, 0, 0, 5, 0) + b"Blad1")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + closing
    return _compound_file(opening + name + closing + sheet)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _xls_cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", value))


def _compound_file(stream: bytes) -> bytes:
    size = 512
    stream = stream.ljust(max(4096, -(-len(stream) // size) * size), b"\0")
    sectors = len(stream) // size
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    allocation = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = (
        _OLE
        + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    root = _directory_entry("Root Entry", kind=5, child=1, start=0xFFFFFFFE, length=0)
    book = _directory_entry("Workbook", kind=2, child=0xFFFFFFFF, start=2, length=len(stream))
    return header + allocation + (root + book).ljust(size, b"\0") + stream


def _directory_entry(name: str, *, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    siblings = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        text.ljust(64, b"\0") + struct.pack("<H", len(text)) + siblings + b"\0" * 36 + struct.pack("<IQ", start, length)
    )
