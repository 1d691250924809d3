"""The charts of the report `realised`: where those with growth potential stand, how much came, and instruments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.transitions import Fate
from opstap.analytics.transitions.growth import HIGHER, NOT_HIGHER, NOT_KNOWN, REALISED, SEEN, UNKNOWN
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import RISEN, SAME, lighter
from opstap.foundation.charts.colours import UNKNOWN as UNKNOWN_COLOUR
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.realised import counts_instruments, year_ends_on
from opstap.reporting.tables.reach.figures import verdicts_of
from opstap.reporting.tables.reach.picture import reach_picture
from opstap.reporting.tables.realised.far import far_lines
from opstap.reporting.tables.realised.rows import figures_of, outcome_shares, realised_of
from opstap.reporting.tables.realised.words import INSTRUMENT_KEYS, instrument_words, outcome_of
from opstap.reporting.tables.realised.year import Line, lines_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.shares import lengths_of


def pictures(result: Result) -> Sequence[Picture | None]:
    """One beside each table; none beside that of what was seen and what came."""
    figures = figures_of(result)
    found: list[Picture | None] = [_outcomes(result)]
    if figures.has_year:
        found += [_within_year(result), _far(result), None]
    if counts_instruments(result.question):
        found.append(None if figures.handed.persons else _instruments(result))
    return found


def _outcomes(result: Result) -> Picture | None:
    """Of those with growth potential."""
    question = result.question
    bars = [_bar(line, _outcome_segments(line.fate((SEEN,)))) for line in lines_of(result) if not line.is_total]
    seen = _seen(result)
    subtitle = _("{earlier} to {later}, n = {base} with growth potential").format(
        earlier=day(question.compared_with), later=day(question.on), base=number(seen.clients)
    )
    title = str(result.definition.chart_title)
    return _picture(title, subtitle, bars, _("clients"), "realised") if seen.clients else None


def _outcome_segments(fate: Fate) -> list[Segment]:
    return [
        Segment(count, outcome_of(key).words, outcome_of(key).colour, hatched=outcome_of(key).hatched)
        for key, count in fate.outcomes.items()
    ]


def _within_year(result: Result) -> Picture | None:
    """Of those with growth potential, with the share that came of those of whom it is known."""
    if not _seen(result).clients:
        return None
    decimals, bars = result.question.decimals, []
    for line in lines_of(result):
        fate = line.fate((SEEN,))
        if not line.is_total:
            share = realised_of(fate, line.beyond).share(decimals)
            note = "" if share is None else share_words(share, decimals)
            bars.append(replace(_bar(line, _year_segments(fate)), note=note))
    subtitle = _("{earlier} to {later}, n = {base} with growth potential").format(
        earlier=day(result.question.compared_with),
        later=day(year_ends_on(result.question)),
        base=number(_seen(result).clients),
    )
    title = _("How much of the growth came within a year")
    return _picture(title, subtitle, bars, _("clients"), "realised-year")


def _far(result: Result) -> Picture | None:
    """How far was expected and how far it came."""
    return reach_picture(
        result, far_lines(result, ""), verdicts_of(figures_of(result), result.question), "realised-far"
    )


def _year_segments(fate: Fate) -> list[Segment]:
    return [
        Segment(fate.year[REALISED], "▲ " + _("as far as expected"), RISEN),
        Segment(fate.year[HIGHER], "△ " + _("higher, less far"), lighter(RISEN)),
        Segment(fate.year[NOT_HIGHER], _("not higher"), SAME),
        Segment(fate.year[NOT_KNOWN], _("not known"), UNKNOWN_COLOUR, hatched=True),
    ]


def _instruments(result: Result) -> Picture | None:
    """As shares, since those with and those without differ in number."""
    question, part, bars = result.question, figures_of(result).overall, []
    for answer, key in INSTRUMENT_KEYS.items():
        fate = part.of(instrument=answer)
        if not fate.clients and answer == UNKNOWN:
            continue
        shares = outcome_shares(fate, question, 0)
        segments = [
            Segment(
                length,
                outcome_of(outcome).words,
                outcome_of(outcome).colour,
                hatched=outcome_of(outcome).hatched,
                text=number(shares[outcome], question.decimals),
            )
            for outcome, length in zip(fate.outcomes, lengths_of([*fate.outcomes.values()]), strict=True)
        ]
        bars.append(Bar(instrument_words(key), sublabel=f"n = {number(fate.clients)}", segments=segments))
    subtitle = _("{earlier} to {later}, n = {base} placed on the first day").format(
        earlier=day(question.compared_with), later=day(question.on), base=number(result.base)
    )
    title = _("With and without an instrument: change, not effect")
    return _picture(title, subtitle, bars, _("% of the people"), "realised-instruments")


def _bar(line: Line, segments: list[Segment]) -> Bar:
    if line.head.level:
        return Bar(line.head.level, sublabel=line.head.text, segments=segments)
    return Bar(line.head.text, segments=segments)


def _picture(title: str, subtitle: str, bars: list[Bar], axis: str, prefix: str) -> Picture:
    chart = BarChart(title, subtitle, bars, axis, prefix, names_in_key=True)
    narrow = replace(chart, narrow=True, id_prefix=f"{prefix}-narrow")
    return Picture(title, render(chart), render(narrow))


def _seen(result: Result) -> Fate:
    return figures_of(result).overall.of(growth=(SEEN,))
