"""The tables of the report `realised` on its page: what became of people, what came of the growth, and instruments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.transitions import HANDED_OVER, Fate, HandedOver, RealisedGrowth, RealisedPart
from opstap.analytics.transitions.growth import SEEN, UNKNOWN
from opstap.analytics.uncertainty import SMALL
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import counts_instruments
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.movement.words import outcome_of as went_of
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell, people_url
from opstap.reporting.tables.realised.far import far_table
from opstap.reporting.tables.realised.rows import ALL, figures_of, outcome_shares
from opstap.reporting.tables.realised.sentences import no_effect
from opstap.reporting.tables.realised.words import (
    GROWTH_KEYS,
    INSTRUMENT_KEYS,
    outcome_of,
    short_words,
)
from opstap.reporting.tables.realised.year import few_foot, judged_table, year_table
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import group_label, in_order, level_name


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """What became of people; what came of the growth within the year, when that can be seen; and instruments."""
    figures = figures_of(result)
    found = [_outcomes(result, figures, query)]
    if figures.has_year:
        found += [year_table(result, query), far_table(result, query), judged_table(result, query)]
    if counts_instruments(result.question):
        found.append(_instruments(result, figures.overall, query))
    return found


def _outcomes(result: Result, figures: RealisedGrowth, query: str) -> PageTable:
    """Level by level, or group by group; everyone together last."""
    question, overall = result.question, figures.overall
    caption = _("What became of who was counted on {day}").format(day=day(question.compared_with))
    rows: list[PageRow] = []
    if question.by:
        for part in in_order(question, figures.groups):
            rows += _block(result, query, part, None, group_label(question, part.group))
    else:
        for level in overall.levels:
            rows += _block(result, query, overall, level, _level_words(question, level))
    rows += _block(result, query, overall, None, _("Everyone together"))
    rows += _handed_row(figures.handed, len(rows[0].cells))
    said = [bounds_foot(figures.handed, question), few_foot(rows)]
    foot = " ".join(part for part in said if part)
    return PageTable(caption, _headings(result, _("Growth potential")), tuple(rows), foot=foot)


def _block(result: Result, query: str, part: RealisedPart, level: str | None, above: str) -> list[PageRow]:
    """With growth potential, without, and (where there is somebody) not known; and these together."""
    rows, corner = [], _("Growth potential")
    for growth in ALL:
        fate, key = part.of(level, (growth,)), GROWTH_KEYS[growth]
        if fate.clients or growth != UNKNOWN:
            url = _leading(result, query, part, level=level or "", growth=key)
            rows.append(_row(result, corner, RowHead(short_words(key), level), fate, part=part, url=url))
    url = _leading(result, query, part, level=level or "")
    together = _row(result, corner, RowHead(short_words(""), level), part.of(level), part=part, url=url)
    return [replace(rows[0], group_head=above), *rows[1:], replace(together, is_total=True)]


def _instruments(result: Result, part: RealisedPart, query: str) -> PageTable:
    """With and without an instrument: of everyone, and of those with growth potential, who are more alike."""
    rows: list[PageRow] = []
    corner = _("Instrument")
    for growth, asked, above in (
        (ALL, "", _("Everyone together")),
        ((SEEN,), "with", _("Only those with growth potential")),
    ):
        block = []
        for answer, key in INSTRUMENT_KEYS.items():
            fate = part.of(growth=growth, instrument=answer)
            if fate.clients or answer != UNKNOWN:
                url = _leading(result, query, part, instrument=key, growth=asked)
                block.append(_row(result, corner, RowHead(short_words(key)), fate, part=part, url=url))
        rows += [replace(block[0], group_head=above), *block[1:]]
    caption = _("With and without an instrument on {day}").format(day=day(result.question.compared_with))
    return PageTable(caption, _headings(result, corner), tuple(rows), foot=f"{no_effect()} {few_foot(rows)}".strip())


def _headings(result: Result, corner: str) -> tuple[Heading, ...]:
    """How many, and of each outcome the number with its share."""
    outcomes = [outcome_of(key) for key in figures_of(result).overall.nothing.outcomes]
    return (
        Heading(corner, "", is_figure=False),
        Heading(_("Clients"), "", is_figure=True),
        *(Heading(one.words, one.meaning, is_figure=True) for one in outcomes),
    )


def _row(
    result: Result, corner: str, head: RowHead, fate: Fate, *, part: RealisedPart, url: Callable[..., str]
) -> PageRow:
    """The figures of those it is about, each with its share; `url` leads to the people of an outcome, or to all."""
    cells = [head_cell(result, head, corner), figure_cell(fate.clients, _("Clients"), url=url(), is_key=True)]
    found = figures_of(result).handed
    handed = found.persons or found.most(part.group)
    shares = outcome_shares(fate, result.question, handed)
    for place, (key, count) in enumerate(fate.outcomes.items()):
        label = outcome_of(key).words
        said = share_words(shares[key], result.question.decimals) if count else "\N{NO-BREAK SPACE}"
        said = "" if handed else said
        cell = figure_cell(count, label, url=url(outcome=key), is_key=not place)
        few = bool(count and said) and fate.clients < SMALL
        cells.append(replace(cell, is_silent=not count, beside=said, is_small=few))
    return PageRow(tuple(cells), is_total=False)


def _leading(result: Result, query: str, part: RealisedPart, **cell: str) -> Callable[..., str]:
    """Addresses of the people of a row, each with what is asked of them besides."""
    asked = {key: text for key, text in cell.items() if text}

    def url(**more: str) -> str:
        return people_url(result, query, {**asked, **more}, part.group or "")

    return url


def _level_words(question: Question, level: str) -> str:
    return f"{level} {level_name(question, level, get_language() or 'nl')}"


def _handed_row(handed: HandedOver, width: int) -> list[PageRow]:
    """How many they are, apart from who can be followed, in a table that is so wide."""
    if not handed.persons:
        return []
    name = Cell(went_of(HANDED_OVER).words, "", is_figure=False, is_key=True)
    count = figure_cell(handed.persons, _("Clients"), is_key=True)
    rest = [Cell("", "", is_figure=True, is_key=False, is_silent=True) for _place in range(width - 2)]
    return [PageRow((name, count, *rest), is_total=False, group_head=_("Apart from these"))]
