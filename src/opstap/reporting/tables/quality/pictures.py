"""The chart of the report `data-quality`: the checks that concern most people; by groups, who has a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.quality import QualityPart
from opstap.analytics.shares import share
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import GROUPS, lighter
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Aspect
from opstap.reporting.selectors.quality.checks import checks_of
from opstap.reporting.selectors.quality.counting import ANY
from opstap.reporting.tables.level_charts import subtitle
from opstap.reporting.tables.quality.words import ASPECTS, check_name
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, in_order

MOST = 10
COLOURS = dict(zip(Aspect, GROUPS, strict=False))


def pictures(result: Result) -> Sequence[Picture]:
    """One chart; none where nothing was found."""
    question = result.question
    bars = _group_bars(result) if question.by else _check_bars(result)
    if not bars:
        return []
    title = str(result.definition.chart_title)
    if question.by:
        title = _("People with a finding, by {dimension}").format(dimension=question.dimension_name(question.by))
    chart = BarChart(
        title=title,
        subtitle=subtitle(result),
        bars=bars,
        value_label=_("clients"),
        id_prefix=result.definition.key,
        names_in_key=True,
        key_order=[] if question.by else [str(ASPECTS[aspect.value]) for aspect in Aspect],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(result.definition.title, render(chart), render(narrow))]


def _check_bars(result: Result) -> list[Bar]:
    """The checks that concern most people, most first."""
    question = result.question
    overall: QualityPart = result.figures.overall  # type: ignore[union-attr]  # the figures are those of the checks
    found = sorted(checks_of(question), key=lambda check: -overall.checks[check.key].concerned)
    return [
        Bar(
            label=check_name(question, check.key),
            segments=[Segment(one.concerned, str(ASPECTS[check.aspect.value]), COLOURS[check.aspect])],
            note=share_words(share(one.concerned, one.judged, question.decimals), question.decimals),
        )
        for check in found[:MOST]
        if (one := overall.checks[check.key]).concerned
    ]


def _group_bars(result: Result) -> list[Bar]:
    question = result.question
    parts: Sequence[QualityPart] = result.figures.groups  # type: ignore[union-attr]  # those of the checks
    return [
        Bar(
            label=group_label(question, part.group),
            segments=[
                Segment(value, label, colour)
                for value, label, colour in (
                    (part.checks[ANY].concerned, _("with a finding"), GROUPS[0]),
                    (part.checks[ANY].in_order, _("without"), lighter(GROUPS[0], 0.75)),
                )
                if value
            ],
            note=share_words(share(part.checks[ANY].concerned, part.clients, question.decimals), question.decimals),
        )
        for part in in_order(question, parts)
        if part.clients
    ]
