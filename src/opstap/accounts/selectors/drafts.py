"""Reading a draft back, while it is young enough to be worth it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings

from opstap.accounts.models import Draft
from opstap.foundation import dates
from opstap.foundation.crypto import Cipher

KEPT_DAYS = 30


@dataclass(frozen=True)
class DraftFound:
    """What was being written, by field, and when it was last kept."""

    content: dict[str, list[str]]
    saved_at: datetime


@cache
def draft_cipher() -> Cipher:
    """Encrypts drafts, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "draft")


def draft_of(user_id: int | None, kind: str, about: str) -> DraftFound | None:
    """The draft of this person, or None; one that is older than thirty days is not offered."""
    oldest = dates.now() - timedelta(days=KEPT_DAYS)
    found = Draft.objects.filter(user=user_id, kind=kind, about=about, saved_at__gt=oldest).first()
    if found is None:
        return None
    return DraftFound(json.loads(draft_cipher().decrypt(bytes(found.content))), found.saved_at)
