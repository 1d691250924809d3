"""Report `goals` as rows and totals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Goals, GoalsPart
from opstap.analytics.shares import share
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import GOALS
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, Value
from opstap.reporting.tables.words import band_name, group_label, group_public, in_order, level_name


def goals_result(counted: Counted[Goals], question: Question, language: str) -> Result:
    """Words, shares and totals for the figures."""
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else (figures.overall,)
    columns = tuple(
        column
        for column in GOALS.columns
        if (column.key != "group" or question.by)
        and (column.key != "band" or any(level.band_nl for level in question.scale.levels))
    )
    totals: dict[str, Any] = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)}
            for part in in_order(question, figures.groups)
        ]
    return Result(
        definition=GOALS,
        question=question,
        columns=columns,
        rows=tuple(row for part in parts for row in _rows(part, question, language)),
        total_rows=(
            *(_total(part, question) for part in in_order(question, figures.groups)),
            _total(figures.overall, question),
        ),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
    )


def _rows(part: GoalsPart, question: Question, language: str) -> list[ResultRow]:
    return [
        ResultRow(
            {
                "group": group_public(question, row.group),
                "level": row.level,
                "name": level_name(question, row.level, language),
                "band": band_name(question, row.level, language),
                "clients": row.clients,
                "share": share(row.clients, part.totals.clients, question.decimals),
            },
            group=row.group or "",
        )
        for row in part.rows
    ]


def _total(part: GoalsPart, question: Question) -> ResultRow:
    name = _("Total") if not part.group else _("Total {group}").format(group=group_label(question, part.group))
    values: dict[str, Value] = {
        "group": group_public(question, part.group),
        "name": name,
        "clients": part.totals.clients,
    }
    return ResultRow(values, is_total=True, group=part.group or "")


def _part_totals(part: GoalsPart, question: Question) -> dict[str, Any]:
    filled = part.totals.with_expected_level
    return {
        "clients": part.totals.clients,
        "with_expected_level": filled,
        "with_expected_level_share": share(filled, part.totals.clients, question.decimals),
    }
