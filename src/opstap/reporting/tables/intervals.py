"""How sure a share is, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import SMALL, Estimate
from opstap.foundation.ui.templatetags.ui_format import share as share_words


def between(found: Estimate) -> str:
    """Between which whole percentages the share of all lies; exact when it is known of everybody."""
    if not found.whole:
        return ""
    if not found.known:
        return _("known of nobody")
    bounds = found.bounds()
    if bounds is None:
        return _("exact: known of everybody")
    low, high = bounds
    said = _("between {low} and {high}").format(low=share_words(low, 0), high=share_words(high, 0))
    if found.is_small:
        return _("{interval}; known of fewer than {small} people").format(interval=said, small=SMALL)
    return said


def small_note() -> str:
    """What the mark beside a share of few people means."""
    return _("° A share of fewer than {small} people says little.").format(small=SMALL)
