"""The chart of the report `indicators` by groups: each indicator with the share of every group, and how sure it is."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Split
from opstap.analytics.indicators import Indicator
from opstap.analytics.shares import HUNDRED_PERCENT
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.charts.panels import Panel, PanelChart, PanelWords, Point, render, sheets
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.indicators import registry_of
from opstap.reporting.tables.indicators.rows import (
    Aim,
    aim_of,
    beyond_of,
    estimate_of,
    figures_of,
    groups_of,
    is_one_group,
)
from opstap.reporting.tables.indicators.words import status_words, target_words, words_for
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.level_charts import subtitle
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label

MOST = 12
"""Of more groups the lines would be too many to compare: then the chart is of everyone together."""


def by_group(result: Result) -> Picture | None:
    """None where no groups are asked for, or too many."""
    question = result.question
    counts = figures_of(result).counts
    groups = groups_of(counts, question) if question.by else []
    if not 0 < len(groups) <= MOST:
        return None
    registry, words = registry_of(question), words_for(question)
    shown = groups if is_one_group(question, figures_of(result)) else (*groups, None)
    title = _("{title}, by {dimension}").format(
        title=result.definition.chart_title, dimension=question.dimension_name(question.by or "")
    )
    chart = PanelChart(
        title=title,
        subtitle=_("{base}; each indicator has its own scale, from nought").format(base=subtitle(result)),
        panels=[
            Panel(
                str(words[one.key].name),
                [_point(result, registry[one.key], group, one.groups.get(group)) for group in shown],
            )
            for one in counts
        ],
        words=PanelWords(
            share=_("share of those of whom it is known"),
            between=_("between these shares, 19 times out of 20"),
            together=_("everyone together"),
            aim=_("target (✓ reached, ✗ not reached, ? can't be said)"),
        ),
        id_prefix=f"{result.definition.key}-groups",
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, render(chart), render(narrow), sheets=sheets(chart))


def _point(result: Result, indicator: Indicator, group: str | None, split: Split | None) -> Point:
    question = result.question
    label = _("Everyone together") if group is None else group_label(question, group)
    if split is None or not split.known:
        nobody = _("no observation")
        return Point(label, None, 0, 0, "–", f"{label}: {nobody}", is_total=group is None)
    found = estimate_of(split, beyond_of(question, figures_of(result), indicator.key, group))
    if found.beyond:
        return _ends(found, label, aim_of(question, indicator, group, found), is_total=group is None)
    value = found.part / found.known
    shown = share_words(found.share(question.decimals), question.decimals)
    aim = aim_of(question, indicator, group, found)
    said = _("{group}: {share}, {part} of {known}").format(
        group=label, share=shown, part=number(found.part), known=number(found.known)
    )
    words = ", ".join(part for part in (said, between(found), _aim_words(aim)) if part)
    small = "°" if found.is_small else ""
    sign = f" {status_words(aim.status)[:1]}" if aim.status is not None else ""
    return Point(
        label,
        value,
        min(value, found.low) if found.low is not None else value,
        max(value, found.high) if found.high is not None else value,
        f"{shown}{small}{sign}",
        words,
        is_total=group is None,
        aim=None if aim.target is None else float(aim.target) / HUNDRED_PERCENT,
    )


def _ends(found: Estimate, label: str, aim: Aim, *, is_total: bool) -> Point:
    """Of a group of which some were handed over: between which its share lies, and no share."""
    low, high = found.bounds() or (0, 0)
    sign = f" {status_words(aim.status)[:1]}" if aim.status is not None else ""
    words = ", ".join(part for part in (f"{label}: {between(found)}", _aim_words(aim)) if part)
    shown, target = f"{number(low)}–{share_words(high, 0)}{sign}", aim.target
    aimed = None if target is None else float(target) / HUNDRED_PERCENT
    return Point(label, None, found.low or 0, found.high or 0, shown, words, is_total=is_total, aim=aimed)


def _aim_words(aim: Aim) -> str:
    if aim.target is None or aim.status is None:
        return ""
    return _("target {target}: {status}").format(target=target_words(aim.target), status=status_words(aim.status)[2:])
