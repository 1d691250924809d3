"""What people live on, by level: how many, and which share that is. Not here: how it looks on a page (`income`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opstap.analytics.distribution import ProfilePart
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.reporting.selectors.profile import INCOME

NOT_LISTED = "not on the list"
"""Of who lives on something that is not on the list of the day; `other` is a code of that list."""


@dataclass(frozen=True)
class Situation:
    """One of what people live on, with how many on each level do, and which share that is of those of whom it is known.

    `code` is empty, and there is no share, where it is not known. `cell` chooses its people, where an address can: not
    those of what is not on the list (`is_listed`).
    """

    code: str
    by_level: Sequence[int]
    found: Estimate | None
    cell: dict[str, str]
    is_listed: bool = True

    @property
    def clients(self) -> int:
        """On all levels together."""
        return sum(self.by_level)


def situations(part: ProfilePart) -> list[Situation]:
    """In the order of the list; last of whom it is not known. Together they are everyone, on each level too."""
    keys = [key for key in part.features if key.startswith(INCOME)]
    if not keys:
        return []
    unknown = [row.features[keys[0]].unknown for row in part.rows]
    counts = [[row.features[key].yes for row in part.rows] for key in keys]
    on_list = [sum(one) for one in zip(*counts, strict=True)]
    rest = [row.clients - listed - nobody for row, listed, nobody in zip(part.rows, on_list, unknown, strict=True)]
    known = part.clients - sum(unknown)
    estimates = estimated([(sum(one), known, part.clients) for one in (*counts, rest)])
    found = [
        Situation(key.removeprefix(INCOME), one, estimate, {"having": key})
        for key, one, estimate in zip(keys, counts, estimates, strict=False)
    ]
    if any(rest):
        found.append(Situation(NOT_LISTED, rest, estimates[-1], {}, is_listed=False))
    return [*found, Situation("", unknown, None, {"having": keys[0], "answer": "unknown"})]


def income_json(part: ProfilePart, decimals: int) -> list[dict[str, Any]]:
    """How many live on each, which share that is of those known, and how many on each level."""
    found = []
    for one in situations(part):
        low, high = (one.found.bounds(decimals) if one.found else None) or (None, None)
        pairs = zip(part.rows, one.by_level, strict=True)
        found.append(
            {
                "income": one.code or None,
                "clients": one.clients,
                "share": one.found.share(decimals) if one.found else None,
                "low": low,
                "high": high,
                "levels": [{"level": row.level, "clients": count} for row, count in pairs],
            }
        )
    return found
