"""The tables of the report `duration` on its page: how many, which share, and by group where that is asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.duration import long_of
from opstap.reporting.tables.crosstab import Further, figures_of, group_matrix, level_matrix, share_table
from opstap.reporting.tables.duration.rows import long_estimates
from opstap.reporting.tables.duration.shape import long_words, shape_of
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.matrix import Matrix, on_page
from opstap.reporting.tables.pages import Cell, Heading, PageTable
from opstap.reporting.tables.results import Result


def matrix(result: Result, query: str) -> Matrix:
    """Levels by time on benefit, of everyone."""
    return level_matrix(result, query, shape_of(result.question), _("People by level and time on benefit"))


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The matrix and its shares; by group the groups stand between."""
    question, shape = result.question, shape_of(result.question)
    found = [on_page(result, matrix(result, query))]
    if question.by:
        caption = _("Time on benefit, by {dimension}").format(dimension=question.dimension_name(question.by))
        found.append(on_page(result, group_matrix(result, query, shape, caption)))
    caption = _("Which part of each level, and how many of them for long")
    return [*found, share_table(result, shape.parts, caption, _long(result))]


def _long(result: Result) -> Sequence[Further]:
    """The share of who is on benefit for long among those of whom it is known; how sure, where that is not all."""
    part, decimals = figures_of(result).overall, result.question.decimals
    estimates = long_estimates(result.question, [*(row.columns for row in part.rows), part.columns])
    label = _("{long}, of those known").format(long=long_words(long_of(result.question)[0]))
    shares = []
    for one in estimates:
        said, nobody = share_words(one.share(decimals), decimals), not one.known
        small = one.is_small and not nobody
        shares.append(Cell("" if nobody else said, label, True, not nobody, is_silent=nobody, is_small=small))
    share = Further(Heading(label, _("Share of those of whom it is known."), is_figure=True), shares)
    if estimates[-1].is_exact:
        return (share,)
    sure = [Cell(between(one), _("How sure"), is_figure=False, is_key=False) for one in estimates]
    meaning = _("Between which shares that of all of them lies, 19 times out of 20.")
    return (share, Further(Heading(_("How sure"), meaning, is_figure=False), sure))
