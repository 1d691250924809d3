"""The chart of the report `indicators`: of each who counts, who does not, and of whom it is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Split
from opstap.analytics.transitions import HANDED_OVER
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render, sheets
from opstap.foundation.charts.colours import UNKNOWN, level_colours, lighter
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.indicators.by_group import by_group
from opstap.reporting.tables.indicators.rows import beyond_of, estimate_of, figures_of, handed_in
from opstap.reporting.tables.indicators.words import words_for
from opstap.reporting.tables.level_charts import subtitle
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result

COLOUR = level_colours(6)[1]


def pictures(result: Result) -> Sequence[Picture]:
    """One chart, of everyone together, or of every group."""
    by_groups = by_group(result)
    if by_groups is not None:
        return [by_groups]
    words = words_for(result.question)
    figures = figures_of(result)
    counts = figures.counts
    chart = BarChart(
        title=str(result.definition.chart_title),
        subtitle=subtitle(result),
        bars=[
            Bar(
                label=str(words[one.key].name),
                segments=_segments(one.groups[None], handed_in(result.question, figures, one.key)),
                note=_note(result, one.groups[None], beyond_of(result.question, figures, one.key)),
            )
            for one in counts
        ],
        value_label=_("clients"),
        id_prefix=result.definition.key,
        names_in_key=True,
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(result.definition.title, render(chart), render(narrow), sheets=sheets(chart))]


def _note(result: Result, split: Split, beyond: int) -> str:
    """Its share; where it is not of the whole bar it says of how many. With who was handed over there is none."""
    if beyond:
        return ""
    said = share_words(estimate_of(split).share(result.question.decimals), result.question.decimals)
    if not split.known or not split.unknown:
        return said
    return _("{share} of {known}").format(share=said, known=number(split.known))


def _segments(split: Split, beyond: int) -> list[Segment]:
    """All three, also where nobody is in one: so the key keeps its order; and who was handed over."""
    handed = outcome_of(HANDED_OVER)
    return [
        Segment(split.yes, _("it is so"), COLOUR),
        Segment(split.no, _("it is not so"), lighter(COLOUR, 0.75)),
        Segment(split.unknown, _("not known"), UNKNOWN, hatched=True),
        *([Segment(beyond, handed.label.lower(), handed.colour, hatched=True)] if beyond else []),
    ]
