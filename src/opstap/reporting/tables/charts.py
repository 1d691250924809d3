"""The chart of a report: a bar for each level."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import GROUPS, UNKNOWN, level_colours
from opstap.foundation.ui.templatetags.ui_format import day, number, share
from opstap.reporting.tables.results import Result, ResultRow


def chart_of(result: Result) -> SafeString | None:
    """The chart, or None where there is nobody to draw or figures are split over groups."""
    if result.base == 0 or result.question.by:
        return None
    question = result.question
    subtitle = _("{day}, n = {base}").format(day=day(question.on), base=number(result.base))
    return render(
        BarChart(
            title=str(result.definition.title),
            subtitle=subtitle,
            bars=[_bar(result, row) for row in result.rows],
            value_label=_("clients"),
            id_prefix=result.definition.key,
        )
    )


def _bar(result: Result, row: ResultRow) -> Bar:
    code = row.values.get("level")
    name = str(row.values.get("name") or "")
    count = int(row.values["clients"] or 0)
    whole_share = row.values.get("share")
    note = share(whole_share, result.question.decimals) if isinstance(whole_share, Decimal) else ""
    return Bar(
        label=str(code) if code is not None else "–",
        sublabel=name,
        segments=_segments(result, row, count),
        note=note,
    )


def _segments(result: Result, row: ResultRow, count: int) -> list[Segment]:
    colour = _colour(result, row)
    if result.definition.key != "placement" or row.without_split:
        return [Segment(count, str(row.values.get("name") or ""), colour, text=number(count))]
    parts = [
        (_("no growth potential"), row.values["without_growth"], colour, False),
        (_("growth potential"), row.values["with_growth"], colour, True),
        (_("growth unknown"), row.values["unknown_growth"], UNKNOWN, True),
    ]
    return [
        Segment(int(value), label, tint, hatched=hatched, text=number(value))
        for label, value, tint, hatched in parts
        if isinstance(value, int) and value
    ]


def _colour(result: Result, row: ResultRow) -> str:
    scale = result.question.scale
    codes = [level.code for level in scale.whole_levels]
    whole = str(row.values.get("level") or "").rstrip("-+")
    if whole not in codes:
        return UNKNOWN
    place = codes.index(whole)
    return level_colours(len(codes))[place] if scale.is_ladder else GROUPS[place % len(GROUPS)]
