"""What kind of file this is, decided by its content; its name says nothing."""

from typing import Literal

from opstap.foundation.spreadsheets.archives import kind_of_archive
from opstap.foundation.spreadsheets.tables import Refusal, SpreadsheetRefused

FileKind = Literal["csv", "zipped", "xls"]

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a", "archive"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_STREAMS = (
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "word"),
    ("PowerPoint Document", "presentation"),
)
# The first record of an Excel 97 workbook, and the one right after it when a password is asked.
_FIRST_RECORD, _FIRST_RECORD_LENGTH = b"\x09\x08\x10\x00\x00\x06\x05\x00", 20
_PASSWORD_RECORD = b"\x2f\x00"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TEXT_CONTROLS = b"\t\n\x0b\x0c\r\x1a\x1b"
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)


def recognise(content: bytes, name: str) -> FileKind:
    if content.startswith(b"PK\x03\x04"):
        kind = kind_of_archive(content, name)
        return "zipped" if kind == "spreadsheet" else _refuse(name, kind)
    if content.startswith(_COMPOUND):
        kind = _kind_of_compound(content)
        return "xls" if kind == "xls" else _refuse(name, kind)
    if content.startswith(_UTF_16):
        return "csv"
    kind = _kind_of_other(content)
    return "csv" if kind == "text" else _refuse(name, kind)


def _refuse(name: str, kind: str) -> FileKind:
    raise SpreadsheetRefused(Refusal.NOT_A_SPREADSHEET, {"name": name, "kind": kind})


def _kind_of_compound(content: bytes) -> str:
    """Old Office files are a small file system; the stream named first tells which program made it."""
    first = content.find(_FIRST_RECORD)
    locked = first >= 0 and content.startswith(_PASSWORD_RECORD, first + _FIRST_RECORD_LENGTH)
    if locked or "EncryptedPackage".encode("utf-16-le") in content:
        raise SpreadsheetRefused(Refusal.PASSWORD_PROTECTED)
    found = [(content.find(b"\x00" + stream.encode("utf-16-le")), kind) for stream, kind in _COMPOUND_STREAMS]
    present = sorted((position, kind) for position, kind in found if position >= 0)
    return present[0][1] if present else "unknown"


def _kind_of_other(content: bytes) -> str:
    for magic, kind in _OTHERS:
        if content.startswith(magic):
            return kind
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        return "html"
    if start.startswith(b"<?xml"):
        return "xml"
    if b"%pdf-" in start:
        return "pdf"
    binary = len(content) != len(content.translate(None, _CONTROLS))
    return "unknown" if binary else "text"
