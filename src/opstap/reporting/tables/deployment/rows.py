"""Report `deployment` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.reporting.selectors.deployment import count_deployment
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.deployment.definition import DEPLOYMENT
from opstap.reporting.tables.deployment.shape import shape_of, shares_with_instrument
from opstap.reporting.tables.results import Result


def deployment_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    return crosstab_result(
        question,
        language,
        definition=DEPLOYMENT,
        counted=count_deployment(question),
        shape=shape_of(),
        totals_of=_totals,
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
