"""Report `duration` as rows and totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.reporting.selectors.duration import NOT_KNOWN, count_duration, long_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.duration.definition import DURATION
from opstap.reporting.tables.duration.shape import shape_of
from opstap.reporting.tables.results import Result


def duration_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_duration(question)
    return crosstab_result(
        question,
        language,
        definition=DURATION,
        counted=counted,
        shape=shape_of(question),
        totals_of=_totals,
        extras={"long": _long_by_level(counted.figures.overall, question)},
    )


def long_estimates(question: Question, columns: Sequence[Mapping[str, int]]) -> tuple[Estimate, ...]:
    """Who has been on benefit for long, among those of whom it is known how long, no benefit included."""
    _years, codes = long_of(question)
    asked = []
    for counts in columns:
        whole = sum(counts.values())
        asked.append((sum(counts[code] for code in codes), whole - counts[NOT_KNOWN], whole))
    return estimated(asked)


def _totals(part: CrosstabPart, shape: Shape, question: Question) -> dict[str, Any]:
    (found,) = long_estimates(question, [part.columns])
    return {"clients": part.clients, "durations": column_totals(part, shape, question), **_long(found, question)}


def _long(found: Estimate, question: Question) -> dict[str, Any]:
    low, high = found.bounds(question.decimals) or (None, None)
    return {
        "long_from": long_of(question)[0],
        "long": found.part,
        "long_share": found.share(question.decimals),
        "long_low": low,
        "long_high": high,
    }


def _long_by_level(part: CrosstabPart, question: Question) -> list[dict[str, Any]]:
    estimates = long_estimates(question, [row.columns for row in part.rows])
    return [{"level": row.level, **_long(found, question)} for row, found in zip(part.rows, estimates, strict=True)]
