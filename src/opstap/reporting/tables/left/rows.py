"""Report `left` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.shares import share
from opstap.reporting.selectors.left import STAYED, UNRECORDED, count_left
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape, column_totals, long_rows, total_rows
from opstap.reporting.tables.left.definition import LEFT
from opstap.reporting.tables.left.shape import shape_of
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import columns_for, group_public, in_order


def left_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_left(question)
    figures, shape = counted.figures, shape_of(question, counted.figures)
    groups = in_order(question, figures.groups) if question.by else []
    totals = _totals(figures.overall, shape, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_totals(part, shape, question)} for part in groups
        ]
    return Result(
        definition=LEFT,
        question=question,
        columns=columns_for(LEFT, question),
        rows=tuple(row for part in groups or [figures.overall] for row in long_rows(part, shape, question, language)),
        total_rows=tuple(row for part in (*groups, figures.overall) for row in total_rows(part, shape, question)),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        figures=figures,
    )


def _totals(part: CrosstabPart, shape: Shape, question: Question) -> dict[str, Any]:
    left = part.clients - part.columns[STAYED]
    return {
        "cohort": part.clients,
        "left": left,
        "left_share": share(left, part.clients, question.decimals),
        "stayed": part.columns[STAYED],
        "unrecorded": part.columns[UNRECORDED],
        "reasons": column_totals(part, shape, question),
    }
