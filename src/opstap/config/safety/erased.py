"""Whether nobody is back who was erased."""

from __future__ import annotations

from django.conf import settings

from opstap.foundation.crypto import LedgerBroken
from opstap.privacy.selectors.ledger import come_back


def erased_faults() -> list[str]:
    """People who stand in the database while they were erased, or a ledger that can't tell."""
    try:
        back = len(come_back().erased)
    except LedgerBroken:
        place = settings.OPSTAP_ERASURES
        return [f"Het bestand met wie gewist is ({place}) is beschadigd of niet heel. Zet het terug zoals het was."]
    if not back:
        return []
    return [f"Wie gewist is, staat weer in de database ({back}). Wis opnieuw: `opstap privacy again --sure`."]
