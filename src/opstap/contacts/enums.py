"""Closed choices of the contacts room. The kinds of contact are a code list."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of a contact."""

    HELD = "held"
    NOT_APPEARED = "not_appeared"
    CANCELLED_BY_CLIENT = "cancelled_by_client"
    CANCELLED_BY_US = "cancelled_by_us"


class Looked(StrEnum):
    """What was done with the placement at a contact that was held (A-08); empty where nothing was asked."""

    CONFIRMED = "confirmed"
    ANEW = "anew"
    NOT_DISCUSSED = "not_discussed"


class AgreedState(StrEnum):
    """Where an agreed contact stands: waiting, or what became of it."""

    OPEN = "open"
    HELD = "held"
    MISSED = "missed"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
