"""Who was erased: a ledger outside the database, which outlives putting back a backup."""

from __future__ import annotations

from django.conf import settings

from opstap.foundation.crypto import Ledger


def erasure_ledger() -> Ledger:
    """Who was erased, by a keyed mark, outside the database."""
    return Ledger(settings.OPSTAP_ERASURES, settings.OPSTAP_KEYS.key("pseudonyms"), "erasures")
