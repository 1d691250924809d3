"""Why a look is unusual, what is said of one that was looked into, and what clients ask about their own data."""

from __future__ import annotations

from enum import StrEnum

RETENTION_CLIENT_FILE = "client_file"


class Reason(StrEnum):
    """What makes a look unusual. None of them says that it was wrong."""

    COLLEAGUE = "colleague"
    SAME_NAME = "same_name"
    OWN_NAMESAKE = "own_namesake"
    MANY = "many"
    SEARCHES = "searches"
    WIDE = "wide"
    NOT_THEIRS = "not_theirs"
    NOT_ALLOWED = "not_allowed"
    COMMAND = "command"
    NIGHT = "night"


class Verdict(StrEnum):
    """What the privacy officer says of a look."""

    IN_ORDER = "in_order"
    ASKED = "asked"
    MISUSE = "misuse"


class RequestKind(StrEnum):
    """What somebody asks about their own data (AVG, articles 15, 16, 17 and 21)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"


class RequestOutcome(StrEnum):
    """What came of a request; empty while it waits."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
