"""A result as a file or as text on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.foundation.spreadsheets import columns as written
from opstap.foundation.spreadsheets.columns import Column, Content
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.foundation.ui.templatetags.ui_format import day, moment, number
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import MEAN_DECIMALS, ReportColumn
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, Value
from opstap.reporting.tables.words import column_label, group_label


def whole_table(result: Result, *, sparse: bool = True) -> Content:
    """The rows and totals of a result in words and figures; without its `sparse` rows when there is little room."""
    columns = [
        Column(
            column.key,
            _heading(result, column),
            column.kind,
            MEAN_DECIMALS if column.kind == "decimal" else result.question.decimals,
        )
        for column in result.columns
    ]
    rows = [_worded(result, row) for row in result.all_rows if sparse or not row.is_sparse]
    return Content(columns, rows, str(result.definition.title))


def as_file(result: Result, tables: Sequence[Content], file_format: FileFormat) -> bytes:
    """The tables as a spreadsheet, each on its sheet, with meaning and notes on the last; CSV holds the first alone."""
    first, *others = tables
    return write_table(
        first.columns, first.rows, file_format=file_format, title=first.title, notes=describe(result), further=others
    )


def describe(result: Result) -> list[str]:
    """The sentences that go with the figures: what, when, known when, about how many."""
    own = [note.rstrip(".") for note in result.own_notes]
    return [str(result.definition.meaning), *own, *facts_of(result)]


def facts_of(result: Result) -> list[str]:
    """The same without the meaning."""
    complete = [result.beside.rstrip(".")] if result.beside else []
    return [*circumstances(result.question, result.said), base_sentence(result), *complete]


def circumstances(question: Question, said: Sequence[str] | None = None) -> list[str]:
    """When, known when, on which scale, and about whom. What stands beside every report stands here."""
    earlier = question.compared_with
    compared = [_("Compared with: {day}").format(day=day(earlier))] if earlier else []
    return [
        _("Reference date: {day}").format(day=day(question.on)),
        *compared,
        _("Known at: {moment}").format(moment=moment(question.known_at) if question.known_at else _("now")),
        _("Scale: {name}").format(name=question.scale.name(get_language() or "nl")),
        *(note.rstrip(".") for note in (notes_of(question) if said is None else said)),
    ]


def base_sentence(result: Result) -> str:
    """About how many people the figures speak."""
    text = ngettext("Base: {base} person", "Base: {base} persons", result.base)
    return text.format(base=number(result.base))


def as_text(result: Result, table: Content) -> str:
    """A table for a terminal."""
    return "\n".join([str(result.definition.title), *describe(result)[1:], "", *table_lines(table)]) + "\n"


def table_lines(table: Content) -> list[str]:
    """Its columns side by side, figures to the right."""
    headings = [column.label for column in table.columns]
    body = [[_text(row.get(column.key)) for column in table.columns] for row in table.rows]
    numeric = [column.kind != "text" for column in table.columns]
    widths = [max(len(cell) for cell in column) for column in zip(headings, *body, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    return [_line(headings, widths, numeric), rule, *(_line(cells, widths, numeric) for cells in body)]


def _worded(result: Result, row: ResultRow) -> Mapping[str, written.Value]:
    values: dict[str, Value] = dict(row.values)
    if result.question.by:
        values["group"] = group_label(result.question, row.group or None)
    for column in result.columns:
        if column.kind in {"share", "decimal"} and values.get(column.key) is None and column.key not in row.silent:
            values[column.key] = _("no observation")
    return {**values, **row.shown}


def _heading(result: Result, column: ReportColumn) -> str:
    """Columns called "% of the level" stand beside their count on a page; in a file each says of what."""
    label = column_label(result.question, column)
    counted = next((other for other in result.definition.columns if other.key == column.share_of), None)
    return f"{column_label(result.question, counted)} {label}" if counted else label


def _text(value: written.Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return str(value)


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    parts = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(parts).rstrip()
