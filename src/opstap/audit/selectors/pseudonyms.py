"""The keyed pseudonym by which the access log knows a client: the same each time, and of no use without the key."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings

from opstap.audit.logic.entries import PSEUDONYM_BYTES
from opstap.foundation.crypto import LookUp


@cache
def _clients() -> LookUp:
    return LookUp(settings.OPSTAP_KEYS.key("pseudonyms"), "access-log:client")


def pseudonym_of(reference: str) -> bytes:
    """16 bytes for a client's reference; nothing for no reference."""
    return _clients().digest(reference)[:PSEUDONYM_BYTES] if reference else b""


def pseudonyms_of(references: Iterable[str]) -> bytes:
    """Those of several clients, one after the other."""
    return b"".join(pseudonym_of(reference) for reference in references)
