"""The shares of a distribution, rounded as the question asks. Not here: a share that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from opstap.analytics.shares import largest_remainder, share
from opstap.reporting.enums import Shares
from opstap.reporting.selectors.questions import Question


def lengths_of(counts: Sequence[int]) -> list[float]:
    """The parts of a bar of a hundred: together that exactly, so that bars are equally long. What stands in a part is
    its share as its table says it.
    """
    return [float(part or 0) for part in largest_remainder(counts, 1)]


def shares_of(counts: Sequence[int], question: Question) -> tuple[Decimal | None, ...]:
    """The counts as percentages of their sum; all `None` over nobody. Source: FIELD G-14."""
    if question.shares == Shares.CLOSING:
        return largest_remainder(counts, question.decimals)
    whole = sum(counts)
    return tuple(share(count, whole, question.decimals) for count in counts)
