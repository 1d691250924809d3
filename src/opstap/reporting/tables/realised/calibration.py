"""Whether those in whom growth potential was seen came higher more often than those in whom it was not, said only where
it is so. No praise, no blame.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate, apart
from opstap.reporting.tables.intervals import difference_words


def comparison(seen: Estimate, not_seen: Estimate, *, comparisons: int = 1) -> str:
    """How often those with growth potential came higher within the year, beside those without, as one of so many
    `comparisons` that are looked at together.

    The share that has growth potential itself is no measure for it: that somebody can rise says not that it happens.
    """
    if not (seen.whole and not_seen.whole):
        return ""
    if seen.beyond or not_seen.beyond:
        return _("not to be said: some were handed over")
    if not can_be_told(seen, not_seen):
        return _("known of too few people to say")
    return difference_words(apart(not_seen, seen, comparisons))


def can_be_told(seen: Estimate, not_seen: Estimate) -> bool:
    """Whether it is known of enough people of both, and nobody was handed over."""
    few, beyond = seen.is_small or not_seen.is_small, seen.beyond or not_seen.beyond
    return bool(seen.whole and not_seen.whole) and not (few or beyond)
