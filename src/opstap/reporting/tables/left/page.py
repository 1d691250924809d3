"""The tables of the report `left` on its page: reasons by level, by group, and which part of each level left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.selectors.left import LEFT, STAYED
from opstap.reporting.tables.crosstab import across_matrix, figures_of, group_matrix, share_table
from opstap.reporting.tables.left.shape import shape_of
from opstap.reporting.tables.matrix import Matrix, on_page
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.results import Result


def matrix(result: Result, query: str) -> Matrix:
    """What became of people by their level of the earlier day, of everyone."""
    caption = _("What became of who was in follow-up on {day}").format(day=day(result.question.compared_with))
    return across_matrix(result, query, shape_of(result.question, figures_of(result)), caption, _("Reason"))


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """Reasons by level, by group where that is asked how many left, and which part of each level."""
    question, shape = result.question, shape_of(result.question, figures_of(result))
    found = [on_page(result, matrix(result, query))]
    parts = tuple(one for one in shape.across if one.key in {LEFT, STAYED})
    if question.by:
        caption = _("What became of them, by {dimension}").format(dimension=question.dimension_name(question.by))
        found.append(on_page(result, group_matrix(result, query, replace(shape, across=parts), caption)))
    return [*found, share_table(result, parts, _("Which part of each level is out of follow-up"))]
