"""How a share stands to its target: by its interval, never by the rounded figure. Not here: which targets there are."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from opstap.analytics.shares import HUNDRED_PERCENT
from opstap.analytics.uncertainty.estimates import Estimate

Status = Literal["reached", "missed", "undecided"]


def status_of(found: Estimate, target: Decimal, better: Literal[-1, 1]) -> Status | None:
    """Whether the whole interval lies on the right side of the target, or all of it on the wrong side.

    `target` is a percentage. With more that is better: `reached` when the low end is at the target or above it,
    `missed` when the high end is below it, else `undecided`; mirrored where less is better. A share of everybody is its
    own interval. Where it is known of nobody it is undecided, and `None` where there is nobody. Errors: `ValueError`
    for a target outside 0 to 100. Source: the issue on steering information; FIELD B-54.
    """
    if not 0 <= target <= HUNDRED_PERCENT:
        message = f"{target} is no percentage"
        raise ValueError(message)
    if not found.whole:
        return None
    if not found.known:
        return "undecided"
    aim = Fraction(target) / HUNDRED_PERCENT
    low, high = _ends(found)
    if better == 1:
        return "reached" if low >= aim else "missed" if high < aim else "undecided"
    return "reached" if high <= aim else "missed" if low > aim else "undecided"


def is_signal(statuses: Sequence[Status | None]) -> bool:
    """Whether the interval lay wholly on the wrong side of the target in the last two of successive periods."""
    return len(statuses) > 1 and all(one == "missed" for one in statuses[-2:])


def _ends(found: Estimate) -> tuple[Fraction, Fraction]:
    if found.low is None or found.high is None:
        exact = Fraction(found.part, found.known)
        return exact, exact
    return Fraction(found.low), Fraction(found.high)
