"""The tables of the report `current-expected` on its page: both distributions, what is expected, and the shifts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import CurrentExpectedPart
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.tables.current_expected.rows import figures_of, known_head
from opstap.reporting.tables.current_expected.sentences import shift_label
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url, table_of
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.shares import shares_of


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The distributions (of each group), and of everyone from where to where, and whether that is up."""
    part = figures_of(result).overall
    return [table_of(result, query), on_page(result, matrix(result, query)), _expectations(result, part, query)]


def _expectations(result: Result, part: CurrentExpectedPart, query: str) -> PageTable:
    decimals = result.question.decimals
    headings = (
        Heading(_("What is expected"), "", is_figure=False),
        Heading(_("Clients"), "", is_figure=True),
        Heading("%", _("Share of all people counted."), is_figure=True),
    )
    rows = []
    shifts = part.totals.shifts
    shares = shares_of([*shifts.values()], result.question)
    for (kind, count), of_all in zip(shifts.items(), shares, strict=True):
        shown = share_words(of_all, decimals)
        cells = (
            Cell(shift_label(result.question, kind), "", is_figure=False, is_key=True),
            figure_cell(count, _("Clients"), url=people_url(result, query, {"shift": kind}), is_key=True),
            Cell(shown, "%", is_figure=True, is_key=True),
        )
        rows.append(PageRow(cells, is_total=False))
    total = (
        Cell(_("Total"), "", is_figure=False, is_key=True),
        figure_cell(part.totals.clients, _("Clients"), is_key=True),
        Cell("", "%", is_figure=True, is_key=False, is_silent=True),
    )
    rows.append(PageRow(total, is_total=True))
    return PageTable(_("What is expected of people"), headings, tuple(rows), is_narrow=True)


def matrix(result: Result, query: str) -> Matrix:
    """From which level to which is expected, of everyone."""
    question, part, language = result.question, figures_of(result).overall, get_language() or "nl"
    counts = {(one.origin, one.destination): one.clients for one in part.shifts}
    codes = [row.level for row in part.rows]
    lines = {code: Line(code or NOT_FILLED, known_head(question, code, language)) for code in codes}
    everyone = Line("", RowHead(_("Total")), _("Everyone of this row."))

    def figures(origins: Sequence[str | None]) -> list[int]:
        out = [sum(counts[origin, to] for origin in origins) for to in codes]
        return [*out, sum(out)]

    def url(extra: dict[str, str], to: str) -> str:
        return people_url(result, query, {**extra, **({"expected": to} if to else {})})

    rows = [MatrixRow(line, figures([code]), partial(url, {"current": line.key})) for code, line in lines.items()]
    rows.append(MatrixRow(everyone, figures(codes), partial(url, {}), is_total=True))
    return Matrix(_("From the current level to the expected one"), _("Now"), [*lines.values(), everyone], rows)
