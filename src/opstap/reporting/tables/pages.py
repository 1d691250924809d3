"""The table of a report as its page shows it: cells in words, with links to the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number, share
from opstap.ladder.tables import level_class
from opstap.reporting.enums import Growth
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import column_label, group_label

GROWTH_OF = {"with_growth": Growth.WITH, "without_growth": Growth.WITHOUT, "unknown_growth": Growth.UNKNOWN}


@dataclass(frozen=True)
class Cell:
    """A cell: its words, whether it is a figure, and where it leads."""

    text: str
    label: str
    is_figure: bool
    is_key: bool
    url: str = ""
    level_class: str = ""
    is_silent: bool = False


@dataclass(frozen=True)
class PageRow:
    """A row of cells. `group_head` is set on the first row of a group."""

    cells: tuple[Cell, ...]
    is_total: bool
    group_head: str = ""


@dataclass(frozen=True)
class Heading:
    """A column's heading with what it means."""

    label: str
    meaning: str
    is_figure: bool


@dataclass(frozen=True)
class PageTable:
    """Everything the template walks through."""

    headings: tuple[Heading, ...]
    rows: tuple[PageRow, ...]


def table_of(result: Result, query: str) -> PageTable:
    """The table for the page; `query` is the question as an address."""
    columns = [column for column in result.columns if column.key not in {"group", "name", "band"}]
    headings = [
        Heading(column_label(result.question, column), str(column.meaning), column.kind != "text") for column in columns
    ]
    rows, previous = [], ""
    for row in result.all_rows:
        head = group_label(result.question, row.group) if row.group and row.group != previous else ""
        if row.group == "" and previous:
            head = _("Everyone together")
        previous = row.group
        cells = [_level_cell(result, row)]
        cells.extend(
            _cell(result, row, column.key, column_label(result.question, column), query) for column in columns[1:]
        )
        rows.append(PageRow(tuple(cells), row.is_total, head))
    return PageTable(tuple(headings), tuple(rows))


def _level_cell(result: Result, row: ResultRow) -> Cell:
    label = column_label(result.question, result.columns[1 if result.question.by else 0])
    code = row.values.get("level")
    name = str(row.values.get("name") or "")
    if row.is_total or code is None:
        return Cell(name.capitalize() if not row.is_total else name, label, is_figure=False, is_key=True)
    band = str(row.values.get("band") or "")
    text = f"{name} ({band})" if band else name
    colour = level_class(result.question.scale, str(code))
    return Cell(text, label, is_figure=False, is_key=True, url=str(code), level_class=colour)


def _cell(result: Result, row: ResultRow, key: str, label: str, query: str) -> Cell:
    value = row.values.get(key)
    if not isinstance(value, int | Decimal):
        silent = (row.without_split and "growth" in key) or (row.is_total and key == "share")
        return Cell("" if silent else share(None), label, is_figure=True, is_key=False, is_silent=True)
    if key.endswith("share"):
        return Cell(share(value, result.question.decimals), label, is_figure=True, is_key=False)
    url = "" if row.is_total or not value else _people_url(result, row, key, query)
    return Cell(number(value), label, is_figure=True, is_key=key == "clients", url=url)


def _people_url(result: Result, row: ResultRow, key: str, query: str) -> str:
    question = result.question
    extra = {"level": row.level}
    if key in GROWTH_OF:
        extra["growth"] = GROWTH_OF[key].value
    if row.group and question.by:
        group = question.words[question.by].get(row.group)
        extra["group"] = group.public if group else row.group
    address = reverse("reporting:people", args=[result.definition.slug])
    return f"{address}?{'&'.join(part for part in (query, urlencode(extra)) if part)}"
