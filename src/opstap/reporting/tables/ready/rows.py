"""Report `ready` as rows and totals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.distribution import READY as IS_READY
from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.shares import share
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.ready import count_ready
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.ready.definition import READY
from opstap.reporting.tables.ready.shape import shape_of
from opstap.reporting.tables.results import Result


def ready_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    result = crosstab_result(
        question,
        language,
        definition=READY,
        counted=count_ready(question),
        shape=shape_of(question),
        totals_of=_totals,
    )
    without_order = _("On this scale there is no higher or lower, so nobody can be said to be ready for a step.")
    return result if question.scale.is_ladder else replace(result, notes=(*result.notes, without_order))


def _totals(part: CrosstabPart, shape: Shape, question: Question) -> dict[str, Any]:
    ready = part.columns.get(IS_READY, 0)
    return {
        "clients": part.clients,
        "ready": ready,
        "ready_share": share(ready, part.clients, question.decimals) if IS_READY in part.columns else None,
        "readiness": column_totals(part, shape, question),
    }
