"""The tables of people by level: on the page one of everyone and one of who has an instrument, in files both in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.reporting.enums import NOT_FILLED, Seen
from opstap.reporting.selectors.differences import INSTRUMENT, PLACED
from opstap.reporting.tables.differences.comparing import figures_of
from opstap.reporting.tables.differences.level_lines import ALL, LevelLine, LevelLines, level_lines
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.pages import PageTable, people_url
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import level_head


def level_tables(result: Result, query: str) -> list[PageTable]:
    """Of everyone how many stand on each level, and how many of these have an instrument; the own people in one."""
    figures = figures_of(result)
    if figures.seen == Seen.OWN:
        return [on_page(result, matrix(result, query))]
    found = level_lines(result.question, figures)
    made = [on_page(result, _matrix(result, query, one)) for one in found]
    if figures.seen == Seen.NAMED:
        return made
    return [replace(table, foot=_foot(one)) for table, one in zip(made, found, strict=True)]


def matrix(result: Result, query: str) -> Matrix:
    """All of it in one table: of more than the own people each subject apart."""
    figures = figures_of(result)
    found = [_matrix(result, query, one) for one in level_lines(result.question, figures)]
    if figures.seen == Seen.OWN:
        rows = [row for one in found for row in one.rows]
        return Matrix(_("Your people by level"), _("People"), found[0].columns, rows)
    rows = [replace(row, group_head=one.caption) for one in found for row in one.rows]
    return Matrix(found[0].caption, found[0].corner, found[0].columns, rows)


def _matrix(result: Result, query: str, found: LevelLines) -> Matrix:
    caption = _("People with an instrument by level") if found.subject == INSTRUMENT else _("People by level")
    columns = [_column(result, code) for code in found.columns]
    rows = [
        MatrixRow(Line("", RowHead(one.name)), one.numbers, _url(result, query, one), one.is_total)
        for one in found.lines
    ]
    corner = _("Case manager") if figures_of(result).seen == Seen.NAMED else _("Case managers")
    return Matrix(caption, corner, columns, rows)


def _url(result: Result, query: str, line: LevelLine) -> Callable[[str], str]:
    return (lambda _level: "") if line.cell is None else partial(_people, result, query, line.cell)


def _people(result: Result, query: str, cell: Mapping[str, str], level: str) -> str:
    return people_url(result, query, {**cell, **({"level": level} if level else {})})


def _column(result: Result, code: str) -> Line:
    if code == ALL:
        return Line(code, RowHead(_("Total")), _("Everyone of this row."))
    if code == PLACED:
        return Line(code, RowHead(_("Placed")), _("How many of them are placed."))
    return Line(code, level_head(result.question, None if code == NOT_FILLED else code, get_language() or "nl"))


def _foot(found: LevelLines) -> str:
    """Whom the spread is of, and how it reads; or why there is none."""
    if not found.workers:
        return _("No spread: there are fewer than three case managers, besides you, with ten people or more.")
    text = _(
        "Of {n} case managers with ten people or more, each column apart: who has fewest on one level need not have "
        "fewest on another. Middle: half of them have so many or fewer."
    )
    return text.format(n=number(found.workers))
