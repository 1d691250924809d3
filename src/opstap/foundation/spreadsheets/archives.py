"""What is in a zipped file, found out before anything opens it: its kind, its true size, and tricks.

The sizes that an archive states can lie, so every part is unpacked once in small pieces, and thrown away.
"""

import zipfile
import zlib
from io import BytesIO

from opstap.foundation.spreadsheets.tables import Limits, Refusal, SpreadsheetRefused

_MOST_ENTRIES = 5_000
_MOST_RATIO = 100
_RATIO_COUNTS_FROM = 20_000_000
_PIECE = 65_536
_LOCAL_HEADER = 30
_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_OVERLAP = max(map(len, _ENTITIES)) - 1
_ENCRYPTED_FLAG = 0x1
_ODF = b"application/vnd.oasis.opendocument."


def kind_of_archive(content: bytes, name: str) -> str:
    """`spreadsheet`, or what else it is."""
    with _opened(content, name) as archive:
        names = set(archive.namelist())
        if "mimetype" in names and archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED:
            return _kind_of_open_document(_first_bytes(content, archive.getinfo("mimetype")))
        if names & {"xl/workbook.xml", "xl/workbook.bin"}:
            return "spreadsheet"
        if "word/document.xml" in names:
            return "word"
        if "ppt/presentation.xml" in names:
            return "presentation"
        if "[Content_Types].xml" in names and any(entry.lower().startswith("xl/") for entry in names):
            return "spreadsheet"
        return "archive"


def unpacked_size(content: bytes, name: str, limits: Limits) -> int:
    """The true size of all parts together; refuses what unfolds too far, what lies and what needs a password."""
    with _opened(content, name) as archive:
        entries = archive.infolist()
        _refuse_stated_sizes(entries, len(content), limits)
        total = 0
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise SpreadsheetRefused(Refusal.PASSWORD_PROTECTED)
            total += _true_size(content, entry, name)
            _refuse_bomb("size", refused=total > limits.unpacked_bytes)
        return total


def _opened(content: bytes, name: str) -> zipfile.ZipFile:
    _refuse_bomb("entries", refused=content.count(b"PK\x01\x02") > _MOST_ENTRIES)
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise SpreadsheetRefused(Refusal.BROKEN, {"name": name}) from error


def _refuse_bomb(reason: str, *, refused: bool) -> None:
    if refused:
        raise SpreadsheetRefused(Refusal.ZIP_BOMB, {"reason": reason})


def _refuse_stated_sizes(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    stated = sum(entry.file_size for entry in entries)
    _refuse_bomb("size", refused=stated > limits.unpacked_bytes)
    _refuse_bomb("ratio", refused=stated > _RATIO_COUNTS_FROM and stated > _MOST_RATIO * size)
    packed = sum(entry.compress_size for entry in entries)
    _refuse_bomb("lying_size", refused=packed > size)


def _kind_of_open_document(mimetype: bytes) -> str:
    if mimetype.startswith(_ODF + b"spreadsheet"):
        return "spreadsheet"
    if mimetype.startswith(_ODF + b"text"):
        return "word"
    return "presentation" if mimetype.startswith(_ODF + b"presentation") else "archive"


def _start_of(content: bytes, entry: zipfile.ZipInfo) -> int:
    header = content[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return entry.header_offset + _LOCAL_HEADER + names


def _first_bytes(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    start = _start_of(content, entry)
    return content[start : start + 100]


def _true_size(content: bytes, entry: zipfile.ZipInfo, name: str) -> int:
    """Unpacks one part in pieces; stops as soon as it is larger than stated, or holds XML entities."""
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise SpreadsheetRefused(Refusal.BROKEN, {"name": name})
    start = _start_of(content, entry)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    size, tail = 0, b""
    for offset in range(start, start + entry.compress_size, _PIECE):
        packed = content[offset : min(offset + _PIECE, start + entry.compress_size)]
        while packed:
            piece, packed = _unpacked(unpacker, packed, name)
            size += len(piece)
            _refuse_bomb("lying_size", refused=size > entry.file_size)
            tail = _refuse_entities(entry, tail + piece)
    return size


def _unpacked(unpacker: "zlib._Decompress | None", packed: bytes, name: str) -> tuple[bytes, bytes]:
    if unpacker is None:
        return packed, b""
    try:
        piece = unpacker.decompress(packed, 1_000_000)
    except zlib.error as error:
        raise SpreadsheetRefused(Refusal.BROKEN, {"name": name}) from error
    return piece, b"" if unpacker.eof else unpacker.unconsumed_tail


def _refuse_entities(entry: zipfile.ZipInfo, piece: bytes) -> bytes:
    """No office program writes entities in its XML; they serve to make a small file unfold into a huge one."""
    if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        _refuse_bomb("entities", refused=any(word in piece for word in _ENTITIES))
    return piece[-_OVERLAP:]
