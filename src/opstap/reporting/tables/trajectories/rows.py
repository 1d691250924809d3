"""Report `trajectories` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import TrajectoriesPart
from opstap.analytics.distribution.trajectories import KEEP, OTHER_SCALE
from opstap.analytics.shares import share
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.trajectories import count_trajectories
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.trajectories.definition import TRAJECTORIES
from opstap.reporting.tables.trajectories.sentences import goal_name, kind_name
from opstap.reporting.tables.words import columns_for, group_public, in_order, total_name


def trajectories_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_trajectories(question)
    figures = counted.figures
    groups = in_order(question, figures.groups)
    parts = groups if question.by else [figures.overall]
    totals = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)} for part in groups
        ]
    columns = columns_for(TRAJECTORIES, question)
    return Result(
        definition=TRAJECTORIES,
        question=question,
        columns=tuple(one for one in columns if one.key != "kind"),
        json_keys=tuple(one.key for one in columns),
        rows=tuple(row for part in parts for row in _rows(part, question, language)),
        total_rows=(*(_total(part, question) for part in groups), _total(figures.overall, question)),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
    )


def _rows(part: TrajectoriesPart, question: Question, language: str) -> list[ResultRow]:
    return [
        ResultRow(
            {
                "group": group_public(question, row.group),
                "kind": row.kind,
                "kind_name": kind_name(question, row.kind),
                "goal": row.goal,
                "goal_name": goal_name(question, row.goal, language),
                "clients": row.clients,
                "share": share(row.clients, part.totals.clients, question.decimals),
                "trajectories": row.trajectories,
            },
            RowHead(kind_name(question, row.kind)),
            group=row.group or "",
            cells={"clients": {"kind": row.kind, "goal": row.goal or NOT_FILLED}},
            shown={"goal": "–"} if row.goal in {None, KEEP, OTHER_SCALE} else {},
        )
        for row in part.rows
    ]


def _total(part: TrajectoriesPart, question: Question) -> ResultRow:
    name = total_name(question, part.group)
    values: dict[str, Value] = {
        "group": group_public(question, part.group),
        "kind_name": name,
        "clients": part.totals.with_trajectory,
        "share": share(part.totals.with_trajectory, part.totals.clients, question.decimals),
        "trajectories": part.totals.trajectories,
    }
    return ResultRow(values, RowHead(name), is_total=True, group=part.group or "", cells={"clients": {}})


def _part_totals(part: TrajectoriesPart, question: Question) -> dict[str, Any]:
    return {
        "clients": part.totals.clients,
        "with_trajectory": part.totals.with_trajectory,
        "with_trajectory_share": share(part.totals.with_trajectory, part.totals.clients, question.decimals),
        "trajectories": part.totals.trajectories,
        "maintaining": sum(row.trajectories for row in part.rows if row.goal == KEEP),
    }
