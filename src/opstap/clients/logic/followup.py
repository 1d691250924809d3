"""Rows of follow-up, applications, benefits and caseloads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A period of follow-up."""

    client_id: int
    starts_on: date
    ends_on: date | None = None
    ground: str = "benefit"
    end_reason: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application for benefit."""

    client_id: int
    reported_on: date
    law: str
    applied_on: date | None = None
    outcome: str = ""
    decided_on: date | None = None
    from_ww: bool = False
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class BenefitSpellRow:
    """A benefit spell."""

    client_id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    entry_reason: str = ""
    exit_reason: str = ""
    origin_of_entry: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A caseload assignment."""

    client_id: int
    starts_on: date
    ends_on: date | None = None
    team_id: int | None = None
    worker_id: int | None = None
    role: str = "case_manager"
    end_reason: str = ""
    replaces_id: int | None = None
