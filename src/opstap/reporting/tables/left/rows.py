"""Report `left` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.shares import share
from opstap.reporting.selectors.left import STAYED, UNRECORDED, count_left
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.left.definition import LEFT
from opstap.reporting.tables.left.shape import shape_of
from opstap.reporting.tables.results import Result


def left_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_left(question)
    return crosstab_result(
        question,
        language,
        definition=LEFT,
        counted=counted,
        shape=shape_of(question, counted.figures),
        totals_of=_totals,
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
