"""Words that colleagues leave each other about a client, as stored: encrypted with the key of notes."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from opstap.foundation.crypto import Cipher


@cache
def words_cipher() -> Cipher:
    """Encrypts what colleagues write to each other, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("notes"), "words between colleagues")


def sealed_words(text: str) -> bytes | None:
    """As stored; None when there is nothing to keep."""
    return words_cipher().encrypt(text.strip()) if text.strip() else None


def words_of_now(stored: bytes | memoryview | None) -> bytes | None:
    """The same words, sealed with the key of now."""
    return None if stored is None else words_cipher().renewed(bytes(stored))


def opened_words(stored: bytes | memoryview | None) -> str:
    """In the clear."""
    return "" if stored is None else words_cipher().decrypt(bytes(stored))


KIND_LENGTH = 16  # of a finer kind before it is sealed, so that its length does not tell which it is


@cache
def kind_cipher() -> Cipher:
    """Encrypts the finer kinds of barriers, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("notes"), "finer barriers")


def sealed_kind(kind: str) -> bytes:
    """A finer kind as stored."""
    return kind_cipher().encrypt(kind.ljust(KIND_LENGTH))


def opened_kind(stored: bytes | memoryview) -> str:
    """In the clear."""
    return kind_cipher().decrypt(bytes(stored)).rstrip()
