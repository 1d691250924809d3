"""The tables of the report `ready` on its page: how many by level, by group, and which part of each level."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.reporting.tables.crosstab import group_matrix, level_matrix, share_table
from opstap.reporting.tables.matrix import Matrix, on_page
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.ready.shape import shape_of
from opstap.reporting.tables.results import Result


def matrix(result: Result, query: str) -> Matrix:
    """Levels by ready or why not, of everyone."""
    return level_matrix(result, query, shape_of(result.question), _("Ready for a step, or why not"))


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The matrix and its shares; by group the groups stand between."""
    question, shape = result.question, shape_of(result.question)
    found = [on_page(result, matrix(result, query))]
    if question.by:
        caption = _("Ready for a step, by {dimension}").format(dimension=question.dimension_name(question.by))
        found.append(on_page(result, group_matrix(result, query, shape, caption)))
    return [*found, share_table(result, shape.parts[:3], _("Which part of each level"))]
