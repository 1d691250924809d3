"""Who someone is, and what cannot be right about it; the day of today is an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.nl import bsn as bsn_number

from opstap.clients.logic.faults import Fault

MAX_PLAUSIBLE_AGE = 120


def listed_as(surname: str, name_prefix: str, given_names: str) -> str:
    """A name as in a list: `Boer, Leyla de`."""
    first = " ".join(part for part in (given_names, name_prefix) if part)
    return f"{surname}, {first}" if first else surname


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


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A client who is the same person as another."""

    client_id: int
    kept_id: int
    why: str
    replaces_id: int | None = None


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
