"""Opaque random references: the only address of a thing on screen and in the API, safe to read out loud."""

from __future__ import annotations

import secrets

from opstap.foundation.crypto import LookUp
from opstap.foundation.crypto.keys import Key

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/l/i, u/v confusion when read out
LENGTH = 12
PATTERN = f"[{ALPHABET}]{{{LENGTH}}}"


def new_reference() -> str:
    """A fresh reference of 12 characters (58 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_references(count: int) -> list[str]:
    """Many references at once, from one read of the system's randomness."""
    raw = secrets.token_bytes(count * LENGTH * 2)
    size = len(ALPHABET)
    # 16 bits modulo 30: the bias is below 0.05 %, of no use to a guesser of 58 bits.
    letters = [ALPHABET[(raw[i] << 8 | raw[i + 1]) % size] for i in range(0, len(raw), 2)]
    return ["".join(letters[i : i + LENGTH]) for i in range(0, len(letters), LENGTH)]


def keyed_reference(key: Key, kind: str, said: int | str) -> str:
    """The reference of a row that has none of its own: the same each time, and of no use to who guesses."""
    raw = LookUp(key, f"reference:{kind}").digest(str(said))
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in raw[:LENGTH])
