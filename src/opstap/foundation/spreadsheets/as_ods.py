"""A table as ods: a zip of four parts, written as text. How cells look stands in `ods_styles`.

odfpy needs a tenth of a millisecond a cell and gives other bytes for the same table: it serves in the tests only.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from opstap.foundation.spreadsheets.columns import Column, Content, Value, dutch_date, written
from opstap.foundation.spreadsheets.layout import sheet_names
from opstap.foundation.spreadsheets.ods_styles import cell_style, column_style, styles

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_PACKED_AT = (2000, 1, 1, 0, 0, 0)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
    f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_DECLARATION}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_LAYOUT = re.compile(r"\t|^ | $| {2,}")
_ATTRIBUTE_BREAKS = {"\n": "&#10;", "\t": "&#9;"}


def to_ods(content: Content) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The standard wants the type first and not compressed, so that it can be read off the first bytes.
        archive.writestr(zipfile.ZipInfo("mimetype", _PACKED_AT), _MIMETYPE, zipfile.ZIP_STORED)
        for name, part in (
            ("content.xml", "".join(_content(content))),
            ("meta.xml", _meta(content)),
            ("META-INF/manifest.xml", _MANIFEST),
        ):
            archive.writestr(zipfile.ZipInfo(name, _PACKED_AT), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _meta(content: Content) -> str:
    return (
        f"{_DECLARATION}<office:document-meta {_NAMESPACES}><office:meta><dc:title>{escape(content.title)}</dc:title>"
        "<meta:creation-date>2000-01-01T00:00:00</meta:creation-date></office:meta></office:document-meta>"
    )


def _content(content: Content) -> Iterator[str]:
    *names, notes_name = sheet_names(content)
    yield f"{_DECLARATION}<office:document-content {_NAMESPACES}>{styles(content.tables)}"
    yield "<office:body><office:spreadsheet>"
    for number, (name, table) in enumerate(zip(names, content.tables, strict=True)):
        yield f"<table:table table:name={quoteattr(name)}>"
        for position in range(len(table.columns)):
            yield f'<table:table-column table:style-name="{column_style(position, number)}"/>'
        yield from _table_rows(table)
        yield "</table:table>"
    if content.notes:
        yield f'<table:table table:name="{notes_name}"><table:table-column table:style-name="notes"/>'
        yield from _note_rows(content)
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _table_rows(content: Content) -> Iterator[str]:
    headings = "".join(
        _text_cell(column.label, "heading" if column.kind in {"text", "date"} else "figures")
        for column in content.columns
    )
    yield f"<table:table-header-rows>{_row(headings)}</table:table-header-rows>"
    styled = [(column, cell_style(column)) for column in content.columns]
    for row in content.rows:
        yield _row("".join([_cell(column, row.get(column.key), style) for column, style in styled]))


def _note_rows(content: Content) -> Iterator[str]:
    if content.title:
        yield _row(_text_cell(content.title, "heading"))
        yield _row("<table:table-cell/>")
    for note in content.notes:
        yield _row(_text_cell(note, "note"))


def _row(cells: str) -> str:
    return f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"


def _cell(column: Column, value: Value, style: str) -> str:
    found = written(column, value)
    if found is None:
        return "<table:table-cell/>"
    if isinstance(found, str):
        return _text_cell(found, style)
    if isinstance(found, date):
        return _typed(style, "date", "date-value", found.isoformat(), dutch_date(found))
    number = f"{found:f}" if isinstance(found, Decimal) else str(found)
    shown = number.replace(".", ",") + (" %" if column.kind == "share" else "")
    return _typed(style, "float", "value", number, shown)


def _typed(style: str, kind: str, attribute: str, value: str, shown: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:{attribute}="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str) -> str:
    """Spaces, tabs and line breaks survive: exactly in the value, and as layout in the paragraphs."""
    exact = f" office:string-value={quoteattr(text, _ATTRIBUTE_BREAKS)}" if _LAYOUT.search(text) or "\n" in text else ""
    paragraphs = "".join(f"<text:p>{_LAYOUT.sub(_laid_out, escape(line))}</text:p>" for line in text.split("\n"))
    opening = f'<table:table-cell table:style-name="{style}" office:value-type="string"{exact}>'
    return f"{opening}{paragraphs}</table:table-cell>"


def _laid_out(found: re.Match[str]) -> str:
    return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'
