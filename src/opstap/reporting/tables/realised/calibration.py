"""Whether those in whom growth potential was seen came higher more often than those in whom it was not, said only where
it is so. No praise, no blame.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate, apart
from opstap.reporting.tables.intervals import difference_words


def comparison(seen: Estimate, not_seen: Estimate) -> str:
    """How often those with growth potential came higher within the year, beside those without.

    The share that has growth potential itself is no measure for it: that somebody can rise says not that it happens.
    """
    if not (seen.whole and not_seen.whole):
        return ""
    if seen.is_small or not_seen.is_small:
        return _("known of too few people to say")
    return difference_words(apart(not_seen, seen))
