"""The charts of the report `differences`: a funnel a measure and the levels by case manager, or the spread alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.distribution import CaseMix
from opstap.analytics.uncertainty import Standardised, Verdict
from opstap.foundation.charts import bars, funnel
from opstap.foundation.charts.bars import Bar, BarChart, Segment
from opstap.foundation.charts.colours import FALLEN, RISEN, SAME, lighter
from opstap.foundation.charts.funnel import Dot, FunnelChart, FunnelWords
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED, Seen
from opstap.reporting.selectors.differences import EXEMPTION, OF_TWO_DAYS, REALISED, Differences
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import year_ends_on
from opstap.reporting.tables.differences.comparing import as_percentage, figures_of, spread_of, viewer_of
from opstap.reporting.tables.differences.far import far_lines, judged
from opstap.reporting.tables.differences.level_lines import by_level, level_codes
from opstap.reporting.tables.differences.words import (
    by_coincidence,
    in_order_of_names,
    measure_words,
    verdict_words,
    worker_label,
)
from opstap.reporting.tables.level_charts import colour_of, is_hatched, subtitle
from opstap.reporting.tables.reach.picture import reach_picture
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import name_of

COLOURS = {
    Verdict.MUCH_LESS: FALLEN,
    Verdict.LESS: lighter(FALLEN),
    Verdict.WITHIN: SAME,
    Verdict.MORE: lighter(RISEN),
    Verdict.MUCH_MORE: RISEN,
}


def pictures(result: Result) -> Sequence[Picture | None]:
    """Above each table its chart, where there is something to draw."""
    figures = figures_of(result)
    if figures.seen == Seen.NAMED:
        drawn = [_funnel(result, key, mix) for key, mix in figures.measures.items()]
        if figures.reach:
            drawn.append(reach_picture(result, far_lines(result, ""), judged(figures), "differences-far"))
        return [*drawn, _levels(result, figures)]
    return [_spread(result, figures)] if figures.seen == Seen.SPREAD else []


def _funnel(result: Result, key: str, mix: CaseMix) -> Picture | None:
    question, words = result.question, measure_words(key)
    dots = [
        dot
        for group, one in figures_of(result).compared[key].items()
        if (dot := _dot(one, worker_label(question, group), question.decimals)) is not None
    ]
    if not dots:
        return None
    split = mix.split_of()
    chart = FunnelChart(
        title=_("{measure}: differences between case managers").format(measure=words.name),
        subtitle=_subtitle(result, key, split.known),
        people_label=_("number of people"),
        share_label=_("share with the same mix of people"),
        centre=split.yes / split.known,
        dots=dots,
        words=FunnelWords(
            within=_("within coincidence"),
            outside=_("more or less than coincidence"),
            far=_("clearly more or less"),
            near_limits=_("coincidence, 19 times out of 20"),
            far_limits=_("coincidence, 998 times out of 1,000"),
            centre=_("together"),
        ),
        id_prefix=f"differences-{key}",
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(words.name, funnel.render(chart), funnel.render(narrow))


def _subtitle(result: Result, key: str, known: int) -> str:
    question = result.question
    if key not in OF_TWO_DAYS:
        return _("{day}, n = {base}").format(day=day(question.on), base=number(known))
    words = _("{earlier} to {later}, n = {base} placed on the first day of whom it is known")
    later = question.on
    if key == REALISED:
        words, later = (
            _("{earlier} to {later}, n = {base} with growth potential of whom it is known"),
            year_ends_on(question),
        )
    return words.format(earlier=day(question.compared_with), later=day(later), base=number(known))


def _dot(one: Standardised, name: str, decimals: int) -> Dot | None:
    """Nobody can be held beside an expectation of nobody."""
    ends = [one.share_of(persons) for persons in (one.having, *one.near, *one.far)]
    known = [share for share in ends if share is not None]
    if len(known) < len(ends):
        return None
    value, near_low, near_high, far_low, far_high = known
    words = _(
        "{name}: {having} of {people}, comparable {share}, expected {expected}, by coincidence {limits}: {verdict}"
    ).format(
        name=name,
        having=number(one.having),
        people=number(one.known),
        share=share_words(as_percentage(value, decimals), decimals),
        expected=share_words(as_percentage(one.expected_share, decimals), decimals),
        limits=by_coincidence(*one.near),
        verdict=verdict_words(one.verdict)[2:],
    )
    return Dot(name, one.known, value, (near_low, near_high), (far_low, far_high), words)


def _levels(result: Result, figures: Differences) -> Picture:
    """Who has which people: the levels by case manager."""
    question, counts = result.question, by_level(figures.measures[EXEMPTION], having=False)
    codes = level_codes(question, counts)
    names = {code: _name(question, code) for code in codes}
    lines = []
    for group in in_order_of_names(question, counts):
        segments = [
            Segment(
                counts[group][code],
                names[code],
                colour_of(question, code),
                hatched=is_hatched(None if code == NOT_FILLED else code),
            )
            for code in codes
        ]
        lines.append(Bar(worker_label(question, group), segments=segments))
    title = _("People by level and case manager")
    chart = BarChart(
        title, subtitle(result), lines, _("clients"), "differences-levels", True, [names[code] for code in codes]
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, bars.render(chart), bars.render(narrow), sheets=bars.sheets(chart))


def _name(question: Question, code: str) -> str:
    if code == NOT_FILLED:
        return _("not placed")
    name = name_of(question, code)
    return name if code == NO_COUNTERPART else f"{code} {name}"


def _spread(result: Result, figures: Differences) -> Picture | None:
    """Of each measure how many case managers lie where."""
    lines = []
    for key in figures.measures:
        found = spread_of(figures.compared[key], viewer_of(result.question))
        if found is not None:
            segments = [
                Segment(count, verdict_words(one), COLOURS[one])
                for one in Verdict
                if (count := found.verdicts.get(one))
            ]
            lines.append(Bar(measure_words(key).name, segments=segments))
    if not lines:
        return None
    title = _("Case managers beside what is expected of the same people")
    chart = BarChart(
        title,
        subtitle(result),
        lines,
        _("case managers"),
        "differences-spread",
        names_in_key=True,
        key_order=[verdict_words(one) for one in Verdict],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, bars.render(chart), bars.render(narrow))
