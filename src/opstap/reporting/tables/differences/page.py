"""The tables of the report `differences` on its page, as far as the viewer may see case managers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Seen
from opstap.reporting.selectors.differences import APART, RISEN, TWICE, Differences
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.tables.differences.by_level import level_tables
from opstap.reporting.tables.differences.comparing import ended_together, figures_of, spread_of, viewer_of
from opstap.reporting.tables.differences.far import far_tables
from opstap.reporting.tables.differences.lines import Line, measure_table, own_lines
from opstap.reporting.tables.differences.sentences import apart_words
from opstap.reporting.tables.differences.spread import spread_table
from opstap.reporting.tables.differences.words import agreement_words, in_order_of_names, worker_label, worker_public
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url
from opstap.reporting.tables.results import Result


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """By name: a table a measure; else the spread, or the own figures. Then the levels and the instruments, and how far
    two agree.
    """
    figures = figures_of(result)
    made: list[PageTable] = []
    if figures.seen == Seen.NAMED:
        made += [_by_name(result, query, figures, key) for key in figures.measures]
    elif figures.seen == Seen.SPREAD:
        made.append(spread_table(result, query, figures))
        made += [*_became(result, query, figures), *_own(result, query, figures)]
    else:
        made.append(
            own_lines(
                result,
                query,
                _("Your people"),
                [Line(key, mix, ended=ended_together(figures)) for key, mix in figures.measures.items()],
            )
        )
    return [*made, *far_tables(result, query), *level_tables(result, query), *_agreement(result, query, figures)]


def _by_name(result: Result, query: str, figures: Differences, key: str) -> PageTable:
    """Every case manager, who has none last, and everyone together."""
    mix, question = figures.measures[key], result.question
    workers = figures.compared[key]
    lines = [
        Line(
            key,
            mix,
            group=group,
            name=worker_label(question, group),
            cell={"worker": worker_public(question, group)},
            beside=workers.get(group),
            ended=figures.ended.get(group, {}) if key == RISEN else {},
            has_people=group != WITHIN,
        )
        for group in in_order_of_names(question, mix.groups)
    ]
    lines.append(
        Line(
            key, mix, name=_("Everyone together"), ended=ended_together(figures) if key == RISEN else {}, is_total=True
        )
    )
    return measure_table(result, query, key, lines)


def _became(result: Result, query: str, figures: Differences) -> list[PageTable]:
    """What became of all people together, where some of them were handed over."""
    lines = [Line(key, mix) for key, mix in figures.measures.items() if figures.is_beyond(key)]
    return [own_lines(result, query, _("What became of people"), lines)] if lines else []


def _own(result: Result, query: str, figures: Differences) -> list[PageTable]:
    """The own caseload of who leads others beside it; only with the spread, so that it tells of nobody else."""
    group, lines = viewer_of(result.question), []
    for key, mix in figures.measures.items():
        workers = figures.compared[key]
        if group in workers and spread_of(workers, group) is not None:
            lines.append(Line(key, mix, group=group, beside=workers[group], ended=figures.ended.get(group, {})))
    return [own_lines(result, query, _("Your own caseload"), lines)] if lines else []


def _agreement(result: Result, query: str, figures: Differences) -> list[PageTable]:
    """How far apart two placed the same people, and what that says."""
    found = figures.twice
    if found is None:
        return []
    headings = (
        Heading(_("Placed again by somebody else within 30 days"), "", is_figure=False),
        Heading(_("Clients"), _("Each person once, the last time."), is_figure=True),
        Heading("%", _("Share of all who were placed twice."), is_figure=True),
    )
    rows = []
    for key, count in zip(APART, (found.same, found.next_to, found.further), strict=True):
        url = people_url(result, query, {"measure": TWICE, "answer": key})
        rows.append(_agreed(headings, apart_words(key), count, url, _share(result, count, found.pairs)))
    everyone = people_url(result, query, {"measure": TWICE})
    rows.append(_agreed(headings, _("Total"), found.pairs, everyone, "", is_total=True))
    caption = _("How far workers agree on the same people")
    return [PageTable(caption, headings, tuple(rows), is_narrow=True, foot=agreement_words(found))]


def _agreed(
    headings: Sequence[Heading], name: str, count: int, url: str, shown: str, *, is_total: bool = False
) -> PageRow:
    cells = (
        Cell(name, "", is_figure=False, is_key=True),
        figure_cell(count, headings[1].label, url=url, is_key=True),
        Cell(shown, headings[2].label, is_figure=True, is_key=bool(shown), is_silent=not shown),
    )
    return PageRow(cells, is_total)


def _share(result: Result, count: int, pairs: int) -> str:
    return share_words(share(count, pairs, result.question.decimals), result.question.decimals) if pairs else ""
