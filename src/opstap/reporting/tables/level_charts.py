"""The chart of a report about levels: a bar for each level, or for each group a bar with its levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from opstap.foundation.charts.alluvial import Band
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import GROUPS, UNKNOWN, level_colours
from opstap.foundation.ui.templatetags.ui_format import day, number, share
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import group_label, level_of, name_of

Segments = Callable[[Result, ResultRow], list[Segment]]


def level_pictures(result: Result, split: Segments | None = None) -> Sequence[Picture]:
    """The chart; `split` divides the bar of a level into parts."""
    question = result.question
    segments = split or (lambda result, row: [level_segment(result, row)])
    chart = BarChart(
        title=_title(result),
        subtitle=subtitle(result),
        bars=_group_bars(result) if question.by else [_level_bar(result, row, segments) for row in result.rows],
        value_label=_("clients"),
        id_prefix=result.definition.key,
        names_in_key=bool(question.by),
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(result.definition.title, render(chart), render(narrow))]


def subtitle(result: Result) -> str:
    """The day, and about how many the chart speaks."""
    return _("{day}, n = {base}").format(day=day(result.question.on), base=number(result.base))


def level_segment(result: Result, row: ResultRow) -> Segment:
    """A level as one part of a bar."""
    code = row.values.get("level")
    name = str(row.values.get("name") or "")
    label = name if code in {None, NO_COUNTERPART} else f"{code} {name}"
    value = row.values["clients"]
    clients = value if isinstance(value, int) else 0
    return Segment(clients, label, colour_of(result.question, code), hatched=is_hatched(code))


def is_hatched(code: object) -> bool:
    """Nobody placed, code 0, and the lower half of a level."""
    return code in {None, "0"} or str(code).endswith("-")


def colour_of(question: Question, code: object) -> str:
    """The colour that a level has everywhere; that of the unknown for no level."""
    codes = [level.code for level in question.scale.whole_levels]
    level = level_of(question, str(code))
    whole = (level.parent_code or level.code) if level else ""
    if whole not in codes:
        return UNKNOWN
    place = codes.index(whole)
    return level_colours(len(codes))[place] if question.scale.is_ladder else GROUPS[place % len(GROUPS)]


def _title(result: Result) -> str:
    """The subject; split over groups or on a grouping the chart shows levels alone."""
    question = result.question
    if question.by:
        return _("{title}, by {dimension}").format(
            title=result.definition.title, dimension=question.dimension_name(question.by)
        )
    return str(result.definition.chart_title if question.scale.is_ladder else result.definition.title)


def _group_bars(result: Result) -> list[Bar]:
    return [
        Bar(label=group_label(result.question, group), segments=[level_segment(result, row) for row in rows])
        for group, rows in groupby(result.rows, key=lambda row: row.group)
    ]


def _level_bar(result: Result, row: ResultRow, segments: Segments) -> Bar:
    code = row.values.get("level")
    whole_share = row.values.get("share")
    return Bar(
        label="–" if code in {None, NO_COUNTERPART} else str(code),
        sublabel=str(row.values.get("name") or ""),
        segments=segments(result, row),
        note=share(whole_share, result.question.decimals) if isinstance(whole_share, Decimal) else "",
    )


def level_bands(question: Question, codes: Sequence[str | None]) -> list[Band]:
    """The levels as bands of an alluvial; `None` is unknown."""
    return [
        Band(
            name_of(question, code) if code else _("unknown").capitalize(),
            colour_of(question, code),
            mark="" if code in {None, NO_COUNTERPART} else str(code),
            hatched=is_hatched(code),
        )
        for code in codes
    ]
