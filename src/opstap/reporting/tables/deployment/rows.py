"""Report `deployment` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.reporting.selectors.deployment import count_deployment
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape, column_totals, long_rows, total_rows
from opstap.reporting.tables.deployment.definition import DEPLOYMENT
from opstap.reporting.tables.deployment.shape import shape_of, shares_with_instrument
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import columns_for, group_public, in_order


def deployment_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_deployment(question)
    figures, shape = counted.figures, shape_of()
    groups = in_order(question, figures.groups) if question.by else []
    totals = _totals(figures.overall, shape, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_totals(part, shape, question)} for part in groups
        ]
    return Result(
        definition=DEPLOYMENT,
        question=question,
        columns=columns_for(DEPLOYMENT, question),
        rows=tuple(row for part in groups or [figures.overall] for row in long_rows(part, shape, question, language)),
        total_rows=tuple(row for part in (*groups, figures.overall) for row in total_rows(part, shape, question)),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        figures=figures,
    )


def _totals(part: CrosstabPart, shape: Shape, question: Question) -> dict[str, Any]:
    growth, none = shares_with_instrument(part.columns)
    return {
        "clients": part.clients,
        "growth": growth.known,
        "growth_share": growth.share(question.decimals),
        "none": none.known,
        "none_share": none.share(question.decimals),
        "deployed": column_totals(part, shape, question),
    }
