"""When a request is to be answered, and its row as it is written."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

EXTENSION_MONTHS = 2  # AVG, art. 12(3): once, when the request is hard, and told within the first month


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class RequestTexts:
    """What the client asked, what was answered, why more time was taken, and which record it is about."""

    words: str = ""
    reason: str = ""
    extension: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as it is written."""

    client_id: int
    reference: str
    kind: str
    received_on: date
    due_on: date
    texts_encrypted: bytes | None
    texts_key: str
    worker_id: int | None = None
    about: str = ""
    about_row: int | None = None
    outcome: str = ""
    settled_on: date | None = None
    replaces_id: int | None = None
