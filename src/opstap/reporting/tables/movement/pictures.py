"""The charts of the report `movement`: how many rose, stayed and fell, and the streams between the levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.transitions import LEFT, NOT_MEASURED_AGAIN, HandedOver, MovementPart
from opstap.foundation.charts import alluvial, bars
from opstap.foundation.charts.alluvial import Alluvial, Band, Stream
from opstap.foundation.charts.bars import Bar, BarChart, Segment
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.tables.level_charts import level_bands
from opstap.reporting.tables.movement.rows import ends_of, figures_of
from opstap.reporting.tables.movement.sentences import chart_words
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, in_order


def pictures(result: Result) -> Sequence[Picture]:
    """First the answer, then the streams behind it."""
    return [_outcomes(result), _streams(result)]


def _subtitle(result: Result) -> str:
    """Of the streams: of who was handed over nobody says from where to where."""
    question, placed = result.question, figures_of(result).base
    words = _("{earlier} to {later}, n = {placed} placed on the first day")
    return words.format(earlier=day(question.compared_with), later=day(question.on), placed=number(placed))


def _outcomes(result: Result) -> Picture:
    question, figures = result.question, figures_of(result)
    title = _("Risen, level and fallen") if question.scale.is_ladder else _("In the same group or in another")
    if question.by:
        title = _("{title}, by {dimension}").format(title=title, dimension=question.dimension_name(question.by))
    parts = in_order(question, figures.groups) if question.by else [figures.overall]
    lines = [
        Bar(group_label(question, part.group) or _("Everyone"), segments=_segments(part, figures.handed))
        for part in parts
    ]
    chart = BarChart(title, chart_words(figures, question), lines, _("clients"), "movement-outcomes", names_in_key=True)
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, bars.render(chart), bars.render(narrow))


def _segments(part: MovementPart, handed: HandedOver) -> list[Segment]:
    found = []
    for key, count in ends_of(part, handed).items():
        outcome = outcome_of(key)
        found.append(Segment(count, outcome.words, outcome.colour, hatched=outcome.hatched))
    return found


def _streams(result: Result) -> Picture:
    """The highest level on top, those who left and those who were not placed again below."""
    question, part = result.question, figures_of(result).overall
    codes = list(dict.fromkeys(row.origin for row in part.rows))
    if question.scale.is_ladder:
        codes.reverse()
    endings = [outcome_of(key) for key in (NOT_MEASURED_AGAIN, LEFT)]
    places = {code: place for place, code in enumerate([*codes, NOT_MEASURED_AGAIN, LEFT])}
    title = str(result.definition.chart_title)
    chart = Alluvial(
        title=title,
        subtitle=_subtitle(result),
        left_title=str(day(question.compared_with)),
        right_title=str(day(question.on)),
        left=level_bands(question, codes),
        right=[
            *level_bands(question, codes),
            *(Band(one.label, one.colour, hatched=one.hatched) for one in endings),
        ],
        streams=[Stream(places[row.origin], places[row.destination], row.clients) for row in part.rows],
        id_prefix="movement-streams",
    )
    return Picture(title, alluvial.render(chart))
