"""Rows of where someone lives, with whom, who is around them, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
