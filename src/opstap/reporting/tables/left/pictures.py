"""The chart of the report `left`: a bar for each reason, in the colours of the levels that people left from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import CrosstabRow
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import figures_of
from opstap.reporting.tables.left.rows import handed_in
from opstap.reporting.tables.left.shape import reasons_of, shape_of
from opstap.reporting.tables.level_charts import colour_of, is_hatched
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import level_name


def pictures(result: Result) -> Sequence[Picture]:
    """Of everyone together; nothing when nobody left."""
    question, part = result.question, figures_of(result).overall
    if not result.totals["left"]:
        return []
    reasons = [one for one in reasons_of(shape_of(question, figures_of(result))) if part.columns[one.key]]
    shares = shares_of([part.columns[one.key] for one in reasons], question)
    bars = [
        Bar(
            label=one.label[:1].upper() + one.label[1:],
            segments=[_segment(question, row, one.key) for row in part.rows if row.columns[one.key]],
            note="" if handed_in(result).is_any else share_words(of_all, question.decimals),
        )
        for one, of_all in zip(reasons, shares, strict=True)
    ]
    title = str(result.definition.chart_title)
    words = _("{earlier} to {later}, n = {left} out of follow-up")
    earlier, later = day(question.compared_with), day(question.on)
    chart = BarChart(
        title=title,
        subtitle=words.format(earlier=earlier, later=later, left=number(result.totals["left"])),
        bars=bars,
        value_label=_("clients"),
        id_prefix="left-reasons",
        names_in_key=True,
        key_order=[_label(question, row) for row in part.rows],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(title, render(chart), render(narrow))]


def _segment(question: Question, row: CrosstabRow, reason: str) -> Segment:
    colour = colour_of(question, row.level)
    return Segment(row.columns[reason], _label(question, row), colour, hatched=is_hatched(row.level))


def _label(question: Question, row: CrosstabRow) -> str:
    name = level_name(question, row.level, get_language() or "nl")
    return name if row.level in {None, NO_COUNTERPART} else f"{row.level} {name}"
