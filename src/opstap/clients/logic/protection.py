"""Rows of what keeps a dossier from most who would reach it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProtectionRow:
    """A dossier under protection, to be reviewed on a day."""

    client_id: int
    starts_on: date
    ends_on: date | None
    reason: str
    review_on: date
    why: str
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody who is let in to a protected dossier, or who knows the person."""

    client_id: int
    user_id: int
    starts_on: date
    ends_on: date | None = None
    why: str = ""
    replaces_id: int | None = None
