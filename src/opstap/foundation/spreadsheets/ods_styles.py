"""How the cells and columns of an ods look: number and date formats, bold heading, widths."""

from collections.abc import Sequence

from opstap.foundation.spreadsheets.columns import Column, Content
from opstap.foundation.spreadsheets.layout import column_width

_CM_PER_CHARACTER = 0.2
_NOTES_WIDTH = "18cm"
_DATE_FORMAT = (
    '<number:date-style style:name="date-format"><number:day number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/>'
    "</number:date-style>"
)


def cell_style(column: Column) -> str:
    return f"{column.kind}{column.decimals}" if column.kind in {"decimal", "share"} else column.kind


def column_style(position: int, table: int = 0) -> str:
    return f"table{table}column{position}" if table else f"column{position}"


def styles(tables: Sequence[Content]) -> str:
    kinds = {cell_style(column): column for table in tables for column in table.columns}
    parts = [
        _cell("heading", "start", bold=True, wrapped=True),
        _cell("figures", "end", bold=True, wrapped=True),
        _cell("note", "start", wrapped=True),
        *(_value_style(name, column) for name, column in kinds.items()),
        *(
            _width(column_style(position, number), f"{column_width(table, column) * _CM_PER_CHARACTER:.1f}cm")
            for number, table in enumerate(tables)
            for position, column in enumerate(table.columns)
        ),
        _width("notes", _NOTES_WIDTH),
    ]
    return f"<office:automatic-styles>{''.join(parts)}</office:automatic-styles>"


def _cell(name: str, align: str, *, shown_as: str = "", bold: bool = False, wrapped: bool = False) -> str:
    shown = f' style:data-style-name="{shown_as}"' if shown_as else ""
    weight = '<style:text-properties fo:font-weight="bold"/>' if bold else ""
    wrap = "wrap" if wrapped else "no-wrap"
    return (
        f'<style:style style:name="{name}" style:family="table-cell"{shown}>'
        f'<style:table-cell-properties style:vertical-align="top" fo:wrap-option="{wrap}"/>'
        f'<style:paragraph-properties fo:text-align="{align}"/>{weight}</style:style>'
    )


def _value_style(name: str, column: Column) -> str:
    if column.kind == "text":
        return _cell(name, "start")
    if column.kind == "date":
        return _DATE_FORMAT + _cell(name, "start", shown_as="date-format")
    decimals = 0 if column.kind == "integer" else column.decimals
    share = column.kind == "share"
    return (
        f'<number:number-style style:name="{name}-format"><number:number number:decimal-places="{decimals}" '
        f'number:min-integer-digits="1" number:grouping="{"false" if share else "true"}"/>'
        f"{'<number:text> %</number:text>' if share else ''}</number:number-style>"
    ) + _cell(name, "end", shown_as=f"{name}-format")


def _width(name: str, width: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
    )
