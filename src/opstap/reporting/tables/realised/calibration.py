"""Whether as many came higher as there was growth potential seen in, said only where it is so. No praise, no blame."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate


def comparison(seen: int, found: Estimate) -> str:
    """How the share in whom growth potential was seen compares with the share that came higher within the year.

    `seen` and `found` are about the same people. Where it is not known of everybody, a difference is one only when the
    share seen lies outside the interval.
    """
    if not found.whole:
        return ""
    if found.is_small:
        return _("known of too few people to say")
    if found.is_exact:
        low = high = found.part / found.whole
    elif found.low is None or found.high is None:
        return _("known of too few people to say")
    else:
        low, high = found.low, found.high
    share = seen / found.whole
    if share > high:
        return _("fewer came higher than had growth potential")
    if share < low:
        return _("more came higher than had growth potential")
    return _("as many as had growth potential") if found.is_exact else _("no difference that is sure")
