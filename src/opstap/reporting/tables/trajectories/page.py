"""The table of the report `trajectories` on its page: under each kind its goals, from low to high."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell, people_url
from opstap.reporting.tables.results import Result, ResultRow, RowHead
from opstap.reporting.tables.words import group_label, level_of

FIGURES = ("clients", "share", "trajectories")


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """One table; by a dimension each group has its kinds."""
    columns = {column.key: column for column in result.definition.columns}
    goal, *figures = (columns[key] for key in ("goal", *FIGURES))
    headings = [Heading(str(one.label), str(one.meaning), one is not goal) for one in (goal, *figures)]
    rows, previous = [], ""
    for row in result.all_rows:
        above = _above(result, row) or previous
        rows.append(_row(result, row, headings, query, "" if above == previous else above))
        previous = above
    return [PageTable(str(result.definition.title), tuple(headings), tuple(rows))]


def _above(result: Result, row: ResultRow) -> str:
    """What heads the rows of a kind; the total of a group closes its kinds and has no head of its own."""
    if row.is_total:
        return _("Everyone together") if result.question.by and not row.group else ""
    group = group_label(result.question, row.group) if row.group else ""
    return ": ".join(part for part in (group, str(row.values["kind_name"])) if part)


def _row(result: Result, row: ResultRow, headings: Sequence[Heading], query: str, head: str) -> PageRow:
    goal = row.values.get("goal")
    level = level_of(result.question, str(goal)) if goal else None
    name = row.head if row.is_total else RowHead(str(row.values["goal_name"]), level=str(goal) if level else None)
    clients, share = row.values["clients"], row.values["share"]
    url = people_url(result, query, row.cells["clients"], row.group)
    cells = (
        head_cell(result, name, ""),
        figure_cell(_count(clients), headings[1].label, url=url, is_key=True),
        Cell(_share(result, share), headings[2].label, is_figure=True, is_key=True),
        Cell(number(_count(row.values["trajectories"])), headings[3].label, is_figure=True, is_key=False),
    )
    return PageRow(cells, row.is_total, head)


def _share(result: Result, value: object) -> str:
    return share_words(value if isinstance(value, Decimal) else None, result.question.decimals)


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
