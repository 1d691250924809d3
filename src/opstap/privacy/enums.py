"""Why a look is unusual, and what is said of one that was looked into."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What makes a look unusual. None of them says that it was wrong."""

    COLLEAGUE = "colleague"
    SAME_NAME = "same_name"
    MANY = "many"
    NOT_THEIRS = "not_theirs"
    NOT_ALLOWED = "not_allowed"
    NIGHT = "night"


class Verdict(StrEnum):
    """What the privacy officer says of a look."""

    IN_ORDER = "in_order"
    ASKED = "asked"
    MISUSE = "misuse"
