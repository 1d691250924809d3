"""Which looks of a month are drawn to be judged: by chance that anybody can repeat and nobody can steer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

Place = tuple[str, int]  # the chain of a record, and its place there


def drawn(digests: Iterable[tuple[Place, bytes]], month: date, size: int) -> list[Place]:
    """`size` records, those whose digest comes first when it is hashed with the month. Who looks can't choose it."""
    salt = month.strftime("%Y-%m").encode()
    hashed = sorted((hashlib.sha256(salt + digest).digest(), place) for place, digest in digests)
    return [place for _order, place in hashed[:size]]
