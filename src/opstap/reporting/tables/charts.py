"""The chart of a report: a bar for each level, or for each group a bar with its levels."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import GROUPS, UNKNOWN, level_colours, lighter
from opstap.foundation.ui.templatetags.ui_format import day, number, share
from opstap.reporting.selectors.groups import dimension_label
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import group_label, level_of


def chart_of(result: Result) -> SafeString | None:
    """The chart, or None where there is nobody to draw."""
    if result.base == 0:
        return None
    question = result.question
    subtitle = _("{day}, n = {base}").format(day=day(question.on), base=number(result.base))
    bars = _group_bars(result) if question.by else [_level_bar(result, row) for row in result.rows]
    return render(
        BarChart(
            title=_title(result),
            subtitle=subtitle,
            bars=bars,
            value_label=_("clients"),
            id_prefix=result.definition.key,
            names_in_key=bool(question.by),
        )
    )


def _title(result: Result) -> str:
    """The subject; split over groups or on a grouping the chart shows levels alone."""
    question = result.question
    if question.by:
        return _("{title}, by {dimension}").format(
            title=result.definition.title, dimension=dimension_label(question.by)
        )
    return str(result.definition.chart_title if question.scale.is_ladder else result.definition.title)


def _group_bars(result: Result) -> list[Bar]:
    return [
        Bar(label=group_label(result.question, group), segments=[_level_segment(result, row) for row in rows])
        for group, rows in groupby(result.rows, key=lambda row: row.group)
    ]


def _level_segment(result: Result, row: ResultRow) -> Segment:
    code = row.values.get("level")
    name = str(row.values.get("name") or "")
    label = f"{code} {name}" if code else name
    return Segment(_clients(row), label, _colour(result, row), hatched=_is_hatched(row))


def _level_bar(result: Result, row: ResultRow) -> Bar:
    code = row.values.get("level")
    whole_share = row.values.get("share")
    return Bar(
        label=str(code) if code is not None else "–",
        sublabel=str(row.values.get("name") or ""),
        segments=_segments(result, row),
        note=share(whole_share, result.question.decimals) if isinstance(whole_share, Decimal) else "",
    )


def _segments(result: Result, row: ResultRow) -> list[Segment]:
    if result.definition.key != "placement" or row.without_split:
        return [_level_segment(result, row)]
    colour = _colour(result, row)
    parts = [
        (_("no growth potential"), row.values["without_growth"], lighter(colour), False),
        (_("growth potential"), row.values["with_growth"], colour, False),
        (_("growth unknown"), row.values["unknown_growth"], UNKNOWN, True),
    ]
    return [
        Segment(value, label, tint, hatched=hatched)
        for label, value, tint, hatched in parts
        if isinstance(value, int) and value
    ]


def _clients(row: ResultRow) -> int:
    value = row.values["clients"]
    return value if isinstance(value, int) else 0


def _is_hatched(row: ResultRow) -> bool:
    """Nobody placed, code 0, and the lower half of a level."""
    code = row.values.get("level")
    return code in {None, "0"} or str(code).endswith("-")


def _colour(result: Result, row: ResultRow) -> str:
    scale = result.question.scale
    codes = [level.code for level in scale.whole_levels]
    level = level_of(result.question, str(row.values.get("level")))
    whole = (level.parent_code or level.code) if level else ""
    if whole not in codes:
        return UNKNOWN
    place = codes.index(whole)
    return level_colours(len(codes))[place] if scale.is_ladder else GROUPS[place % len(GROUPS)]
