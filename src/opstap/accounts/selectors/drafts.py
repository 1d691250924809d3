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
SENT_LATE = "sent_late"  # the kind of a form that came in after its session was over; then its municipality
SENT_LATE_KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class DraftFound:
    """What was being written, by field, and when it was last kept."""

    content: dict[str, list[str]]
    saved_at: datetime


@dataclass(frozen=True)
class SentLate:
    """A form that came in after its session was over: where it went, its page, its new key, and what was filled in."""

    reference: str
    to: str
    page: str
    once: str
    fields: dict[str, list[str]]
    until: datetime


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


def kind_of_late(municipality_id: int | None) -> str:
    """One for a person in each municipality."""
    return f"{SENT_LATE}.{municipality_id}"


def sent_late_by(user_id: int | None, municipality_id: int | None) -> SentLate | None:
    """What this person sent too late in a municipality and can send after all; after an hour it is not offered."""
    oldest = dates.now() - SENT_LATE_KEPT
    found = Draft.objects.filter(user=user_id, kind=kind_of_late(municipality_id), saved_at__gt=oldest).first()
    if found is None:
        return None
    said = json.loads(draft_cipher().decrypt(bytes(found.content)))
    until = found.saved_at + SENT_LATE_KEPT
    return SentLate(found.reference, said["to"], said["page"], said["once"], said["fields"], until)
