"""The tables of the report `left` on its page: reasons by level, by group, and which part of each level left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.transitions import HANDED_OVER, HandedOver
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.selectors.left import LEFT, STAYED
from opstap.reporting.tables.crosstab import across_matrix, figures_of, group_matrix, share_table
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.left.rows import handed_in, left_of
from opstap.reporting.tables.left.shape import shape_of
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import in_order, level_head


def matrix(result: Result, query: str) -> Matrix:
    """What became of people by their level of the earlier day, of everyone; apart who was handed over."""
    caption = _("What became of who was in follow-up on {day}").format(day=day(result.question.compared_with))
    found = across_matrix(result, query, shape_of(result.question, figures_of(result)), caption, _("Reason"))
    persons = handed_in(result).persons
    if not persons:
        return found
    line, nothing = Line(HANDED_OVER, RowHead(outcome_of(HANDED_OVER).words)), [None] * (len(found.columns) - 1)
    row = MatrixRow(line, [*nothing, persons], lambda _key: "", group_head=_("Apart from these"))
    return replace(found, rows=[*found.rows, row])


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """Reasons by level, by group where that is asked how many left, and which part of each level."""
    question, shape, handed = result.question, shape_of(result.question, figures_of(result)), handed_in(result)
    found = [on_page(result, matrix(result, query))]
    parts = tuple(one for one in shape.across if one.key in {LEFT, STAYED})
    if question.by:
        caption = _("What became of them, by {dimension}").format(dimension=question.dimension_name(question.by))
        by_group = on_page(result, group_matrix(result, query, replace(shape, across=parts), caption))
        found.append(_with_handed(result, by_group, handed))
    caption = _("Which part of each level is out of follow-up")
    return [*found, _bounds(result, caption, handed) if handed.is_any else share_table(result, parts, caption)]


def _with_handed(result: Result, by_group: PageTable, handed: HandedOver) -> PageTable:
    """With a column more where it is told of each group how many were handed over."""
    if not (handed.is_any and handed.is_told_by_group):
        return by_group
    groups = [*(part.group for part in in_order(result.question, figures_of(result).groups)), None]
    label = outcome_of(HANDED_OVER).words
    rows = [
        replace(row, cells=(*row.cells, figure_cell(handed.most(group), label)))
        for row, group in zip(by_group.rows, groups, strict=True)
    ]
    return replace(by_group, headings=(*by_group.headings, Heading(label, "", is_figure=True)), rows=tuple(rows))


def _bounds(result: Result, caption: str, handed: HandedOver) -> PageTable:
    """Between what each part lies, from none to all of those who were handed over; on which level these were is not
    told.
    """
    part, language, persons = figures_of(result).overall, get_language() or "nl", handed.most()
    corner = _("Level") if result.question.scale.is_ladder else _("Client group")
    headings = (
        Heading(corner, "", is_figure=False),
        Heading(_("Out of follow-up"), _("Not in follow-up on the later day."), is_figure=True),
        Heading(_("How sure"), _("Between which shares that of all of them lies."), is_figure=False),
    )
    lines = [(level_head(result.question, row.level, language), row.clients, row.columns[STAYED]) for row in part.rows]
    lines.append((RowHead(_("Total")), part.clients, part.columns[STAYED]))
    rows = []
    for place, (head, clients, stayed) in enumerate(lines):
        found = left_of(clients, stayed, persons)
        cells = (
            head_cell(result, head, corner),
            figure_cell(found.part, headings[1].label),
            Cell(between(found), headings[2].label, is_figure=False, is_key=True),
        )
        rows.append(PageRow(cells, is_total=place == len(part.rows)))
    return PageTable(caption, headings, tuple(rows), is_narrow=True, foot=bounds_foot(handed, result.question))
