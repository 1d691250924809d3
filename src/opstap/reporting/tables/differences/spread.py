"""How far case managers lie apart, without names: where they lie beside coincidence, and the ends and the middle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.distribution import CaseMix
from opstap.analytics.uncertainty import Verdict
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.differences import Differences
from opstap.reporting.tables.differences.comparing import Spread, as_percentage, figures_of, spread_of, viewer_of
from opstap.reporting.tables.differences.words import measure_words, verdict_words
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url
from opstap.reporting.tables.results import Result

ENDS = ("least", "middle", "greatest")


def spread_table(result: Result, query: str, figures: Differences) -> PageTable:
    """A line a measure: of everyone together, and of case managers only where there are enough of them. What became of
    people stands in a table of its own where some of them were handed over: case managers are then not compared by it.
    """
    headings = [
        Heading(_("Subject"), "", is_figure=False),
        Heading(_("Have it"), _("How many of all people counted."), is_figure=True),
        Heading("%", _("Share of those of whom it is known."), is_figure=True),
        Heading(_("Case managers"), _("Those with ten people or more of whom it is known."), is_figure=True),
        *(Heading(verdict_words(one).capitalize(), _("How many case managers."), is_figure=True) for one in Verdict),
        Heading(_("Lowest %"), _("The least comparable share of a case manager."), is_figure=True),
        Heading(_("Middle %"), _("Half of them lie below it."), is_figure=True),
        Heading(_("Highest %"), _("The greatest comparable share of a case manager."), is_figure=True),
    ]
    rows, hidden = [], False
    for key, mix in figures.measures.items():
        if figures.is_beyond(key):
            continue
        spread = spread_of(figures.compared[key], viewer_of(result.question))
        hidden |= spread is None
        cells = [*_of_all(result, query, key, mix, headings), *_apart(result, spread, headings[3:])]
        rows.append(PageRow(tuple(cells), is_total=False))
    foot = _("Empty: there are fewer than three case managers, besides you, with ten people or more.") if hidden else ""
    return PageTable(_("How far case managers lie apart"), tuple(headings), tuple(rows), foot=foot, close=True)


def _of_all(result: Result, query: str, key: str, mix: CaseMix, headings: list[Heading]) -> list[Cell]:
    split, decimals, figures = mix.split_of(), result.question.decimals, figures_of(result)
    part = figures.estimate(key).share(decimals)
    shown = share_words(part, decimals)
    url = people_url(result, query, {"measure": key, "answer": "yes"})
    return [
        Cell(measure_words(key).name, "", is_figure=False, is_key=True),
        figure_cell(split.yes, headings[1].label, url=url, is_key=True),
        Cell(shown, headings[2].label, is_figure=True, is_key=True, is_silent=part is None),
    ]


def _apart(result: Result, spread: Spread | None, headings: list[Heading]) -> list[Cell]:
    if spread is None:
        return [Cell("", heading.label, is_figure=True, is_key=False, is_silent=True) for heading in headings]
    decimals = result.question.decimals
    texts = [number(spread.workers), *(number(spread.verdicts.get(one, 0)) for one in Verdict)]
    texts += [share_words(as_percentage(getattr(spread, key), decimals), decimals) for key in ENDS]
    return [
        Cell(text, heading.label, is_figure=True, is_key=True, is_silent=text == "0")
        for text, heading in zip(texts, headings, strict=True)
    ]
