"""The chart of the report `trajectories`: a bar for each kind, or for each group, divided by goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext as _

from opstap.analytics.distribution.trajectories import KEEP, OTHER_SCALE
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import SAME, UNKNOWN
from opstap.reporting.tables.level_charts import colour_of, is_hatched, subtitle
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import group_label, level_of


def pictures(result: Result) -> Sequence[Picture]:
    """One chart: what each kind, or each group, leads to."""
    if not result.rows:
        return []
    by_group = bool(result.question.by)
    bars = [
        Bar(
            label=group_label(result.question, key) if by_group else str(rows[0].values["kind_name"]),
            segments=[_segment(result, row) for row in rows],
        )
        for key, rows in _lines(result, by_group=by_group)
    ]
    chart = BarChart(
        title=str(result.definition.chart_title),
        subtitle=subtitle(result),
        bars=bars,
        value_label=_("trajectories"),
        id_prefix=result.definition.key,
        names_in_key=True,
        key_order=[_segment(result, row).label for row in _from_low_to_high(result)],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return [Picture(result.definition.title, render(chart), render(narrow))]


def _lines(result: Result, *, by_group: bool) -> list[tuple[str, list[ResultRow]]]:
    """The rows of each bar; within a group each goal once, all kinds together."""
    if not by_group:
        return [(str(key), list(rows)) for key, rows in groupby(result.rows, key=lambda row: row.values["kind"])]
    return [(key, _by_goal(result, list(rows))) for key, rows in groupby(result.rows, key=lambda row: row.group)]


def _by_goal(result: Result, rows: list[ResultRow]) -> list[ResultRow]:
    found: dict[object, ResultRow] = {}
    for row in rows:
        held = found.get(row.values["goal"])
        before = held.values["trajectories"] if held else 0
        count = int(before or 0) + int(row.values["trajectories"] or 0)
        found[row.values["goal"]] = ResultRow({**row.values, "trajectories": count}, row.head, group=row.group)
    return sorted(found.values(), key=lambda row: _place(result, row.values["goal"]))


def _from_low_to_high(result: Result) -> list[ResultRow]:
    return sorted(result.rows, key=lambda row: _place(result, row.values["goal"]))


def _place(result: Result, goal: object) -> int:
    """Levels from low to high, then keeping the level, another scale, and no goal."""
    order = [*(level.code for level in result.question.scale.levels), KEEP, OTHER_SCALE]
    return order.index(str(goal)) if goal in order else len(order)


def _segment(result: Result, row: ResultRow) -> Segment:
    goal, value = row.values["goal"], row.values["trajectories"]
    is_level = level_of(result.question, str(goal)) is not None
    colour = colour_of(result.question, goal) if is_level else SAME if goal == KEEP else UNKNOWN
    name = str(row.values["goal_name"])
    return Segment(
        value if isinstance(value, int) else 0,
        f"{goal} {name}" if is_level else name,
        colour,
        hatched=is_hatched(goal),
    )
