"""Rows as operations take them, and the checks on plain values. Free of Django; the day of today is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as bsn_number

MAX_PLAUSIBLE_AGE = 120


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Who someone is. `bsn` in the clear: the operation encrypts it."""

    client_id: int
    surname: str
    name_prefix: str = ""
    given_names: str = ""
    birth_date: date | None = None
    sex: str = ""
    bsn: str | None = None
    phone: str = ""
    email: str = ""
    preferred_language: str = ""
    preferred_channel: str = ""
    died_on: date | None = None
    replaces_id: int | None = None


class About(Protocol):
    """Anything about a client."""

    @property
    def client_id(self) -> int:
        """Of whom."""


class Period(About, Protocol):
    """Anything with a half-open period."""

    @property
    def starts_on(self) -> date:
        """First day."""

    @property
    def ends_on(self) -> date | None:
        """First day after; None is open."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """Where someone lives."""

    client_id: int
    starts_on: date
    ends_on: date | None = None
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    is_secret: bool = False
    replaces_id: int | None = None


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


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """An exemption."""

    client_id: int
    ground: str
    starts_on: date
    ends_on: date | None = None
    duty: str = ""
    decided_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class BarrierRow:
    """A barrier in its broad kind."""

    client_id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class TraitRow:
    """A trait with its value."""

    client_id: int
    kind: str
    value: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A membership of a programme."""

    client_id: int
    programme_id: int
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptValueRow:
    """A value without a home yet."""

    client_id: int
    source: str
    heading: str
    value: str
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonAroundRow:
    """Somebody around a client."""

    client_id: int
    kind: str
    name: str
    starts_on: date
    ends_on: date | None = None
    organisation: str = ""
    phone: str = ""
    email: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """Not reachable, or a visit with two."""

    client_id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseNumberRow:
    """A case number."""

    client_id: int
    number: str
    starts_on: date
    ends_on: date | None = None
    about: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A place in a household."""

    client_id: int
    household_id: int
    role: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """The type of a household for a period."""

    household_id: int
    kind: str
    starts_on: date
    ends_on: date | None = None
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A client who is the same person as another."""

    client_id: int
    kept_id: int
    why: str
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: its place in the rows given, and a code."""

    row: int
    code: str


class RowsRefused(Exception):
    """Rows that can't be recorded; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"row {fault.row}: {fault.code}" for fault in self.faults[:10]))


class HeldAlready(RowsRefused):
    """Another fact of the kind holds at the same time; from when until when."""

    def __init__(self, starts_on: date, ends_on: date | None) -> None:
        self.starts_on, self.ends_on = starts_on, ends_on
        super().__init__([Fault(0, "held_already")])


def overlapping(one: Period, other: Period) -> bool:
    """Whether two half-open periods share a day."""
    return one.starts_on < (other.ends_on or date.max) and other.starts_on < (one.ends_on or date.max)


def bsn_is_valid(bsn: str) -> bool:
    """Nine digits that pass the 11-test."""
    try:
        return len(bsn) == 9 and bool(bsn_number.validate(bsn))
    except ValidationError:
        return False


def person_faults(rows: Iterable[PersonRow], today: date) -> list[Fault]:
    """A missing name, an impossible birth date, a BSN that fails the 11-test, a death before birth."""
    faults = []
    for number, row in enumerate(rows):
        if not row.surname.strip():
            faults.append(Fault(number, "name_missing"))
        born = row.birth_date
        if born is not None and (born > today or today.year - born.year > MAX_PLAUSIBLE_AGE):
            faults.append(Fault(number, "birth_date_impossible"))
        if row.bsn is not None and not bsn_is_valid(row.bsn):
            faults.append(Fault(number, "bsn_invalid"))
        if row.died_on is not None and (row.died_on > today or (born is not None and row.died_on < born)):
            faults.append(Fault(number, "death_date_impossible"))
    return faults


def period_faults(rows: Iterable[Period]) -> list[Fault]:
    """An end that does not lie after the begin."""
    return [
        Fault(number, "ends_before_it_starts")
        for number, row in enumerate(rows)
        if row.ends_on is not None and row.ends_on <= row.starts_on
    ]
