"""Report `deployment` as rows and totals."""

from __future__ import annotations

from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.reporting.selectors.deployment import TOGETHER, count_deployment
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.deployment.definition import DEPLOYMENT
from opstap.reporting.tables.deployment.shape import known_both, shape_of, sure_shares
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
    both, decimals = known_both(part.columns), question.decimals
    sides: dict[str, Any] = {}
    for key, found in zip(TOGETHER, sure_shares(part.columns), strict=True):
        low, high = found.bounds(decimals) or (None, None)
        sides |= {key: found.known, f"{key}_share": found.share(decimals), f"{key}_low": low, f"{key}_high": high}
    return {
        "clients": part.clients,
        **sides,
        "known": both.known,
        "coverage": both.coverage(decimals),
        "deployed": column_totals(part, shape, question),
    }
