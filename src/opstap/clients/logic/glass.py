"""Rows of broken glass and of what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

REVIEW_DAYS = 5  # working days in which the team leader or the coordinator judges


@dataclass(frozen=True, slots=True)
class BrokenGlassRow:
    """A dossier that is open for a short time, as stored."""

    client_id: int
    reference: str
    user_id: int
    reason: str
    opens_at: datetime
    closes_at: datetime
    review_by: date
    note_encrypted: bytes | None
    note_key: str
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class GlassReviewRow:
    """A judgement, as stored."""

    client_id: int
    glass: str
    reviewer_id: int | None
    verdict: str
    note_encrypted: bytes | None
    note_key: str


class GlassRefused(Exception):
    """It can't be done so; `code` says why. Nothing was written."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
