"""Rows of follow-up, applications, benefits and caseloads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.clients.logic.faults import Fault


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

    @property
    def starts_on(self) -> date:
        """It waits from the day it was reported."""
        return self.reported_on

    @property
    def ends_on(self) -> date | None:
        """Until it was decided."""
        return self.decided_on


def application_faults(row: ApplicationRow, today: date) -> list[Fault]:
    """What can't be right about an application that somebody writes down: its days, or half a decision."""
    wrong = {
        "decided_before_reported": row.decided_on is not None and row.decided_on < row.reported_on,
        "applied_outside": row.applied_on is not None
        and not row.reported_on <= row.applied_on <= (row.decided_on or date.max),
        "reported_to_come": row.reported_on > today,
        "applied_to_come": row.applied_on is not None and row.applied_on > today,
        "decided_to_come": row.decided_on is not None and row.decided_on > today,
        "outcome_missing": row.decided_on is not None and not row.outcome,
        "decision_day_missing": row.decided_on is None and bool(row.outcome),
    }
    return [Fault(0, code) for code, is_so in wrong.items() if is_so]


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
