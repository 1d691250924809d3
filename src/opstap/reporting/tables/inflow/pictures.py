"""The charts of the report `inflow`: both sides by level, and the features of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import ProfilePart, ProfileRow
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.charts import pairs
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import GROUPS
from opstap.foundation.charts.pairs import Pair, PairChart
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.selectors.profile import shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.inflow.rows import compared, figures_of
from opstap.reporting.tables.level_charts import colour_of, is_hatched
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.shares import lengths_of, shares_of
from opstap.reporting.tables.words import level_name


def pictures(result: Result) -> Sequence[Picture]:
    """Of everyone together; nothing when nobody is new."""
    return [_by_level(result), _features(result)] if figures_of(result).new.base else []


def _subtitle(result: Result) -> str:
    question, figures = result.question, figures_of(result)
    words = _("{earlier} to {later}, n = {new} new and {there} who were there")
    earlier, later = day(question.compared_with), day(question.on)
    return words.format(earlier=earlier, later=later, new=number(figures.new.base), there=number(figures.there.base))


def _by_level(result: Result) -> Picture:
    """Two bars of a hundred per cent, so that few can be compared with many."""
    figures = figures_of(result)
    title = str(result.definition.chart_title)
    chart = BarChart(
        title=title,
        subtitle=_subtitle(result),
        bars=[
            Bar(name, segments=_segments(result.question, side.overall), note=f"n = {number(side.base)}")
            for name, side in ((_("New"), figures.new), (_("Were there already"), figures.there))
            if side.base
        ],
        value_label=_("per cent"),
        id_prefix="inflow-levels",
        names_in_key=True,
        key_order=[_label(result.question, row) for row in figures.there.overall.rows],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, render(chart), render(narrow))


def _segments(question: Question, part: ProfilePart) -> list[Segment]:
    found = []
    counts = [row.clients for row in part.rows]
    for row, length, share in zip(part.rows, lengths_of(counts), shares_of(counts, question), strict=True):
        if row.clients:
            label, said = _label(question, row), number(share, question.decimals)
            colour = colour_of(question, row.level)
            found.append(Segment(length, label, colour, hatched=is_hatched(row.level), text=said))
    return found


def _label(question: Question, row: ProfileRow) -> str:
    name = level_name(question, row.level, get_language() or "nl")
    return name if row.level in {None, NO_COUNTERPART} else f"{row.level} {name}"


def _features(result: Result) -> Picture:
    title = _("Who has what, in per cent")
    found = compared(result)
    lines = [
        Pair(
            label=str(FEATURES[key][0]),
            sublabel="",
            first=_percentage(found[key][0]),
            second=_percentage(found[key][1]),
            first_note=_note(found[key][0]),
            second_note=_note(found[key][1]),
            colour=GROUPS[0],
        )
        for key in shown_features(result.question)
    ]
    chart = PairChart(title, _subtitle(result), _("new"), _("were there already"), lines, "inflow-features")
    return Picture(title, pairs.render(chart))


def _percentage(found: Estimate) -> int:
    return int(found.share(0) or 0)


def _note(found: Estimate) -> str:
    if not found.known:
        return _("not known")
    return _("{part} of {known}").format(part=number(found.part), known=number(found.known))
