"""Case managers held beside what is expected of their people, and the spread of them without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Final

from opstap.analytics.uncertainty import Standardised, Verdict
from opstap.reporting.selectors.differences import Differences
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.results import Result

FEWEST_WORKERS: Final = 3
"""Of fewer there is no spread: who knows one of them would know the other."""


@dataclass(frozen=True)
class Spread:
    """How far case managers lie apart: how many there are with enough people, where they lie, and three shares."""

    workers: int
    verdicts: Mapping[Verdict, int]
    least: float | None
    middle: float | None
    greatest: float | None


def figures_of(result: Result) -> Differences:
    """What was counted."""
    if not isinstance(result.figures, Differences):
        raise TypeError(result.definition.key)
    return result.figures


def ended_together(figures: Differences) -> dict[str, int]:
    """How many of all who were placed on the earlier day came to each ending."""
    return {key: sum(one.get(key, 0) for one in figures.ended.values()) for key in figures.endings}


def spread_of(workers: Mapping[str, Standardised], viewer: str) -> Spread | None:
    """The spread of who has enough people; `None` of fewer than three besides the viewer, who knows the own figures."""
    enough = {worker: one for worker, one in workers.items() if not one.is_small}
    if len(enough.keys() - {viewer}) < FEWEST_WORKERS:
        return None
    shares = [share for one in enough.values() if (share := one.share_of(one.having)) is not None]
    return Spread(
        workers=len(enough),
        verdicts=Counter(one.verdict for one in enough.values()),
        least=min(shares, default=None),
        middle=median(shares) if shares else None,
        greatest=max(shares, default=None),
    )


def viewer_of(question: Question) -> str:
    """The group of the viewer's own caseload."""
    return "" if question.viewer_id is None else str(question.viewer_id)


def as_percentage(share: float | None, decimals: int) -> Decimal | None:
    """A share from 0 to 1 as a percentage."""
    if share is None:
        return None
    return Decimal(repr(share * 100)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
