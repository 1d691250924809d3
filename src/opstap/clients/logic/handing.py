"""Rows of hand-overs and of standing in, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

MOST_STAND_IN_DAYS = 366


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A client who is handed over, as stored."""

    client_id: int
    batch: str
    giver_id: int
    receiver_id: int
    from_on: date
    state: str
    reads_until: date | None = None
    note_encrypted: bytes | None = None
    answer_encrypted: bytes | None = None
    note_key: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class StandInRow:
    """A period in which a colleague stands in, as stored."""

    reference: str
    absent_id: int
    stand_in_id: int
    asked_by_id: int | None
    starts_on: date
    ends_on: date
    state: str
    note_encrypted: bytes | None = None
    answer_encrypted: bytes | None = None
    note_key: str = ""
    replaces_id: int | None = None
    municipality_id: int | None = None


class HandingRefused(Exception):
    """What was asked of a colleague can't be asked so; `code` says why, `client_ids` for whom. Nothing was written."""

    def __init__(self, code: str, client_ids: frozenset[int] = frozenset()) -> None:
        self.code, self.client_ids = code, client_ids
        super().__init__(code)


class AnsweredMeanwhile(Exception):
    """Somebody answered or revoked it first: nothing was done now."""


def period_fault(starts_on: date, ends_on: date, today: date) -> str:
    """Why a period of standing in can't be so; empty when it can."""
    if ends_on <= starts_on:
        return "ends_before_it_starts"
    if ends_on <= today:
        return "ends_in_the_past"
    return "too_long" if (ends_on - max(starts_on, today)).days > MOST_STAND_IN_DAYS else ""
