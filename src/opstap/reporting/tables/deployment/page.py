"""The tables of the report `deployment` on its page: how many, and who has an instrument of the one and the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.deployment import TOGETHER
from opstap.reporting.tables.crosstab import figures_of, group_matrix, level_matrix
from opstap.reporting.tables.deployment.shape import can_be_told, known_both, shape_of, sure_shares, verdict_of
from opstap.reporting.tables.intervals import comparisons_note, ends_note, ends_words, small_note
from opstap.reporting.tables.matrix import Matrix, on_page
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell, people_url
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import group_label, in_order, level_head


def matrix(result: Result, query: str) -> Matrix:
    """Levels by growth potential and instrument, of everyone."""
    return level_matrix(result, query, shape_of(), _("People by growth potential and instrument"))


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The shares side by side come first, as they are the answer; by group the groups stand behind."""
    question = result.question
    found = [_beside(result, query), on_page(result, matrix(result, query))]
    if question.by:
        caption = _("Growth potential and instrument, by {dimension}")
        named = caption.format(dimension=question.dimension_name(question.by))
        found.append(on_page(result, group_matrix(result, query, shape_of(), named)))
    return found


@dataclass(frozen=True)
class Line:
    """One level, one group, or everyone, with the words that choose its people."""

    head: RowHead
    columns: Mapping[str, int]
    cell: Mapping[str, str]
    group: str = ""
    is_total: bool = False


def _lines(result: Result) -> Iterator[Line]:
    """The groups where these are asked for, else the levels that can have growth potential; everyone last."""
    question, figures, language = result.question, figures_of(result), get_language() or "nl"
    if question.by:
        for part in in_order(question, figures.groups):
            yield Line(RowHead(group_label(question, part.group)), part.columns, {}, part.group or "")
    else:
        for row in figures.overall.rows:
            if any(row.columns[key] for keys in TOGETHER.values() for key in keys):
                yield Line(level_head(question, row.level, language), row.columns, {"level": str(row.level)})
    yield Line(RowHead(_("Everyone together")), figures.overall.columns, {}, is_total=True)


def _beside(result: Result, query: str) -> PageTable:
    """Of each level (or group) which part has an instrument, of those with and of those without growth potential."""
    question = result.question
    corner = _("Level") if question.scale.is_ladder else _("Client group")
    if question.by:
        corner = question.dimension_name(question.by).capitalize()
    headings = (
        Heading(corner, "", is_figure=False),
        Heading(_("With growth potential"), _("People in whom it is seen."), is_figure=True),
        Heading(_("with an instrument %"), _("Which part of them has an instrument in use."), is_figure=True),
        Heading(_("Without growth potential"), _("People in whom it is not seen."), is_figure=True),
        Heading(_("with an instrument %"), _("Which part of them has an instrument in use."), is_figure=True),
        Heading(
            _("Known of"), _("Of how many on levels that can have growth potential both are known."), is_figure=True
        ),
        Heading(_("Beside each other"), _("A difference is called one only when it is sure."), is_figure=False),
    )
    lines = list(_lines(result))
    together = sum(can_be_told(line.columns) for line in lines if not line.is_total)
    rows = [_row(result, query, headings, line, 1 if line.is_total else max(together, 1)) for line in lines]
    cells = [cell for row in rows for cell in row.cells]
    sure = ends_note() if any(cell.under for cell in cells) else ""
    few = small_note() if any(cell.is_small for cell in cells) else ""
    foot = " ".join(part for part in (sure, comparisons_note(together), few) if part)
    return PageTable(_("Who has an instrument"), headings, tuple(rows), foot=foot)


def _row(result: Result, query: str, headings: Sequence[Heading], line: Line, comparisons: int) -> PageRow:
    decimals = result.question.decimals
    cells = [head_cell(result, line.head, headings[0].label)]
    for key, found in zip(TOGETHER, sure_shares(line.columns), strict=True):
        url = people_url(result, query, {**line.cell, "deployed": key}, line.group) if found.known else ""
        cells.append(figure_cell(found.known, headings[len(cells)].label, url=url))
        said, nobody = share_words(found.share(decimals), decimals), not found.known
        small = found.is_small and not nobody
        label = headings[len(cells)].label
        under = ends_words(*(found.bounds() or (None, None)))
        cells.append(Cell("" if nobody else said, label, True, False, is_silent=nobody, is_small=small, under=under))
    both = known_both(line.columns)
    known = _("{known} ({coverage})").format(known=number(both.known), coverage=share_words(both.coverage(0), 0))
    cells.append(Cell(known, headings[5].label, is_figure=True, is_key=False))
    cells.append(Cell(verdict_of(line.columns, comparisons), headings[6].label, is_figure=False, is_key=True))
    return PageRow(tuple(cells), line.is_total)
