"""Words that colleagues leave each other about a client, as stored: encrypted with the key of notes."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from opstap.foundation.crypto import Cipher


@cache
def words_cipher() -> Cipher:
    """Encrypts what colleagues write to each other, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.key("notes"), "words between colleagues")


def sealed_words(text: str) -> bytes | None:
    """As stored; None when there is nothing to keep."""
    return words_cipher().encrypt(text.strip()) if text.strip() else None


def opened_words(stored: bytes | memoryview | None) -> str:
    """In the clear."""
    return "" if stored is None else words_cipher().decrypt(bytes(stored))
