"""The digest of each record of a chain: HMAC-SHA256 over the digest before it and its own content."""

from __future__ import annotations

import hmac

LENGTH_BYTES = 4


def opening_digest(key: bytes, chain: str) -> bytes:
    """What a chain begins with: 32 bytes that only who holds the key can make."""
    return hmac.digest(key, b"open\x00" + chain.encode(), "sha256")


def next_digest(key: bytes, before: bytes, content: bytes) -> bytes:
    """The digest of a record that follows the one with digest `before`."""
    return hmac.digest(key, before + content, "sha256")


def cut_seal(key: bytes, parts: list[bytes]) -> bytes:
    """Over what says that the first records of a chain are gone: only who holds the key can say so."""
    return hmac.digest(key, b"cut\x00" + joined(parts), "sha256")


def joined(parts: list[bytes]) -> bytes:
    """Parts as one text in which no two different lists are alike: each with its length before it."""
    return b"".join(len(part).to_bytes(LENGTH_BYTES, "big") + part for part in parts)
