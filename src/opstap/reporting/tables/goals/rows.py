"""Report `goals` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import GoalsPart
from opstap.analytics.shares import share
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.goals import count_goals
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.goals.definition import GOALS
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import (
    band_name,
    columns_for,
    group_public,
    in_order,
    level_head,
    level_name,
    total_name,
)


def goals_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_goals(question)
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else (figures.overall,)
    totals: dict[str, Any] = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)}
            for part in in_order(question, figures.groups)
        ]
    return Result(
        definition=GOALS,
        question=question,
        columns=columns_for(GOALS, question),
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
    shares = shares_of([row.clients for row in part.rows], question)
    return [
        ResultRow(
            {
                "group": group_public(question, row.group),
                "level": row.level,
                "name": level_name(question, row.level, language),
                "band": band_name(question, row.level, language),
                "clients": row.clients,
                "share": of_all,
            },
            level_head(question, row.level, language),
            group=row.group or "",
            cells={"clients": {"level": row.level or NOT_FILLED}},
            shown={"level": "–"} if row.level in {None, NO_COUNTERPART} else {},
        )
        for row, of_all in zip(part.rows, shares, strict=True)
    ]


def _total(part: GoalsPart, question: Question) -> ResultRow:
    name = total_name(question, part.group)
    values: dict[str, Value] = {
        "group": group_public(question, part.group),
        "name": name,
        "clients": part.totals.clients,
    }
    return ResultRow(values, RowHead(name), is_total=True, group=part.group or "", silent=frozenset({"share"}))


def _part_totals(part: GoalsPart, question: Question) -> dict[str, Any]:
    filled = part.totals.with_expected_level
    return {
        "clients": part.totals.clients,
        "with_expected_level": filled,
        "with_expected_level_share": share(filled, part.totals.clients, question.decimals),
    }
