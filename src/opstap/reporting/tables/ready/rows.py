"""Report `ready` as rows and totals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.distribution import READY as IS_READY
from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.shares import share
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.ready import count_ready
from opstap.reporting.tables.crosstab import Shape, column_totals, long_rows, total_rows
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.ready.definition import READY
from opstap.reporting.tables.ready.shape import shape_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import columns_for, group_public, in_order


def ready_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_ready(question)
    figures, shape = counted.figures, shape_of(question)
    groups = in_order(question, figures.groups) if question.by else []
    totals = _totals(figures.overall, shape, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_totals(part, shape, question)} for part in groups
        ]
    without_order = _("On this scale there is no higher or lower, so nobody can be said to be ready for a step.")
    return Result(
        definition=READY,
        question=question,
        columns=columns_for(READY, question),
        rows=tuple(row for part in groups or [figures.overall] for row in long_rows(part, shape, question, language)),
        total_rows=tuple(row for part in (*groups, figures.overall) for row in total_rows(part, shape, question)),
        totals=totals,
        base=counted.base,
        notes=(*notes_of(question), *(() if question.scale.is_ladder else (without_order,))),
        figures=figures,
    )


def _totals(part: CrosstabPart, shape: Shape, question: Question) -> dict[str, Any]:
    ready = part.columns.get(IS_READY, 0)
    return {
        "clients": part.clients,
        "ready": ready,
        "ready_share": share(ready, part.clients, question.decimals) if IS_READY in part.columns else None,
        "readiness": column_totals(part, shape, question),
    }
