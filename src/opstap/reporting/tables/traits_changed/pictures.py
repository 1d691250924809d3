"""The chart of the report `traits-changed`: a bar for each trait, divided by what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.transitions import TraitWays
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.traits_changed.rows import figures_of
from opstap.reporting.tables.traits_changed.words import trait_label, way_words

SIGNS = {"gone": "−", "new": "+"}


def pictures(result: Result) -> Sequence[Picture]:
    """Of everyone together."""
    question, part = result.question, figures_of(result).overall
    title = str(result.definition.chart_title)
    words = _("{earlier} to {later}, n = {base} in follow-up on both days; {left} out of follow-up")
    chart = BarChart(
        title=title,
        subtitle=words.format(
            earlier=day(question.compared_with),
            later=day(question.on),
            base=number(part.clients),
            left=number(part.left),
        ),
        bars=[Bar(trait_label(key), segments=_segments(ways)) for key, ways in part.traits.items()],
        value_label=_("clients"),
        id_prefix="traits-changed",
        names_in_key=True,
        key_order=[_named(way) for way in TraitWays._fields],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(title, render(chart), render(narrow))]


def _segments(ways: TraitWays) -> list[Segment]:
    found = []
    for way, count in ways._asdict().items():
        _label, colour, hatched = way_words(way)
        if count:
            found.append(Segment(count, _named(way), colour, hatched=hatched))
    return found


def _named(way: str) -> str:
    """With a sign before what changed, which tells it apart without colours."""
    return f"{SIGNS.get(way, '')} {way_words(way)[0]}".strip()
