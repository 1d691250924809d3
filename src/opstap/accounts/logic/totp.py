"""Codes of six figures that an app makes of a secret and the time (RFC 6238): which one holds, and for how long."""

from __future__ import annotations

import hashlib
import hmac
import struct
from datetime import datetime

STEP_SECONDS, DIGITS, AROUND = 30, 6, 1  # a clock that is half a minute off is forgiven


def code_of(secret: bytes, step: int) -> str:
    """The code of one step of half a minute."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_at(moment: datetime) -> int:
    """The step that a moment falls in."""
    return int(moment.timestamp()) // STEP_SECONDS


def step_of(secret: bytes, code: str, moment: datetime, after: int) -> int | None:
    """The step around a moment that this is the code of; one that was used already, or comes before it, is none."""
    now, found = step_at(moment), None
    for step in range(now - AROUND, now + AROUND + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found
