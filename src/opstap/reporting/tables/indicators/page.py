"""The tables of the report `indicators` on its page: the figures, and what the municipality's own indicators are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.reporting.selectors.composed_members import composed_of
from opstap.reporting.selectors.indicators import shown_indicators
from opstap.reporting.tables.indicators.definition import STATUS
from opstap.reporting.tables.indicators.rows import figures_of, left_out
from opstap.reporting.tables.indicators.words import words_for
from opstap.reporting.tables.pages import FACTS, Cell, Heading, PageRow, PageTable, places_of, table_of
from opstap.reporting.tables.results import Result


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The figures with what is left out of them, and the definitions of what was composed, where anything was."""
    figures, own = table_of(result, query), _composed(result)
    foot = " ".join(said for said in (figures.foot, *left_out(result.question, figures_of(result).handed)) if said)
    aimed = places_of(result, "share", STATUS)
    has_bounds = figures_of(result).handed.persons > 0
    facts = aimed if len(aimed) == FACTS and not has_bounds else places_of(result, "share", "sure")
    return [replace(figures, foot=foot, facts=facts, close=True), *([own] if own.rows else [])]


def _composed(result: Result) -> PageTable:
    question = result.question
    words, shown = words_for(question), {one.key for one in shown_indicators(question)}
    headings = (_("Indicator"), _("What it says"), _("Counted are those"), _("Among"))
    rows = [
        _row(headings, one.terms.name, one.terms.meaning, str(words[one.key].counted), str(words[one.key].among))
        for one in composed_of(question)
        if one.key in shown
    ]
    caption = _("Indicators that the municipality composed")
    return PageTable(caption, tuple(Heading(one, "", is_figure=False) for one in headings), tuple(rows))


def _row(headings: Sequence[str], *texts: str) -> PageRow:
    cells = [
        Cell(text, label, is_figure=False, is_key=not place)
        for place, (label, text) in enumerate(zip(headings, texts, strict=True))
    ]
    return PageRow(tuple(cells), is_total=False)
