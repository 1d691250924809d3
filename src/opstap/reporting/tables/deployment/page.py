"""The tables of the report `deployment` on its page: how many, and who has an instrument of the one and the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.deployment import GROWTH_WITH, GROWTH_WITHOUT, NONE_WITH, NONE_WITHOUT
from opstap.reporting.tables.crosstab import figures_of, group_matrix, level_matrix
from opstap.reporting.tables.deployment.shape import shape_of, shares_with_instrument, verdict_of
from opstap.reporting.tables.intervals import small_note
from opstap.reporting.tables.matrix import Matrix, on_page
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import group_label, in_order, level_head


def matrix(result: Result, query: str) -> Matrix:
    """Levels by growth potential and instrument, of everyone."""
    return level_matrix(result, query, shape_of(), _("People by growth potential and instrument"))


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The shares side by side come first, as they are the answer; by group the groups stand behind."""
    question = result.question
    found = [_beside(result), on_page(result, matrix(result, query))]
    if question.by:
        caption = _("Growth potential and instrument, by {dimension}")
        named = caption.format(dimension=question.dimension_name(question.by))
        found.append(on_page(result, group_matrix(result, query, shape_of(), named)))
    return found


def _beside(result: Result) -> PageTable:
    """Of each level (or group) which part has an instrument, of those with and of those without growth potential."""
    question, figures, language = result.question, figures_of(result), get_language() or "nl"
    corner = _("Level") if question.scale.is_ladder else _("Client group")
    if question.by:
        corner = question.dimension_name(question.by).capitalize()
        lines = [
            (RowHead(group_label(question, part.group)), part.columns) for part in in_order(question, figures.groups)
        ]
    else:
        lines = [
            (level_head(question, row.level, language), row.columns)
            for row in figures.overall.rows
            if any(row.columns[key] for key in (GROWTH_WITH, GROWTH_WITHOUT, NONE_WITH, NONE_WITHOUT))
        ]
    headings = (
        Heading(corner, "", is_figure=False),
        Heading(_("With growth potential"), _("People in whom it is seen."), is_figure=True),
        Heading(_("with an instrument %"), _("Which part of them has an instrument in use."), is_figure=True),
        Heading(_("Without growth potential"), _("People in whom it is not seen."), is_figure=True),
        Heading(_("with an instrument %"), _("Which part of them has an instrument in use."), is_figure=True),
        Heading(_("Beside each other"), _("A difference is called one only when it is sure."), is_figure=False),
    )
    rows = [_line(result, headings, head, columns) for head, columns in lines]
    everyone = _line(result, headings, RowHead(_("Everyone together")), figures.overall.columns)
    rows.append(PageRow(everyone.cells, is_total=True))
    foot = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    return PageTable(_("Who has an instrument"), headings, tuple(rows), foot=foot)


def _line(result: Result, headings: Sequence[Heading], head: RowHead, columns: Mapping[str, int]) -> PageRow:
    decimals = result.question.decimals
    cells = [head_cell(result, head, headings[0].label)]
    for place, found in zip((1, 3), shares_with_instrument(columns), strict=True):
        said, nobody = share_words(found.share(decimals), decimals), not found.known
        label = f"{headings[place].label}, {headings[place + 1].label}"
        cells.append(figure_cell(found.known, headings[place].label))
        small = bool(found.known) and found.is_small
        cells.append(Cell("" if nobody else said, label, True, not nobody, is_silent=nobody, is_small=small))
    cells.append(Cell(verdict_of(columns), headings[5].label, is_figure=False, is_key=True))
    return PageRow(tuple(cells), is_total=False)
