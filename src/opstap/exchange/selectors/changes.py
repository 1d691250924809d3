"""Whether a file changes implausibly much, by the settings of the municipality."""

from __future__ import annotations

from collections.abc import Mapping

from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on


def is_large_change(municipality: Municipality, counts: Mapping[str, int]) -> bool:
    """More than a share of the people in follow-up, and at least so many, end, fall or change team."""
    today = dates.today()
    share = int(setting_on(municipality.pk, "large_change_share", today))
    least = int(setting_on(municipality.pk, "large_change_clients", today))
    clients = counts["clients"]
    return clients >= least and clients * 100 > share * counts["in_follow_up"]
