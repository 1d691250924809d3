"""What the access log of a municipality is told of somebody who holds, or held, a role there: why, and of whom."""

from __future__ import annotations

LET_IN, LET_IN_HERE, CLOSED, CHANGED = "let_in", "let_in_here", "account_closed", "account_changed"
WHYS = frozenset({LET_IN, LET_IN_HERE, CLOSED, CHANGED})


def why_of(why: str, reference: str) -> str:
    """The reason as it stands in the entry, with the reference of whom it is about."""
    return f"{why}:{reference}"


def told_of(why: str) -> tuple[str, str]:
    """The reason and the reference of whom it is about; no reference where the entry is about nobody so."""
    code, _colon, reference = why.partition(":")
    return (code, reference) if code in WHYS else (why, "")
