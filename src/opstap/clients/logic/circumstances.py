"""Rows of exemptions, barriers, traits, programmes, and values without a home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
class PriorityRow:
    """Somebody who comes first for a time: why (as stored), and once it ended what came of it."""

    client_id: int
    starts_on: date
    ends_on: date | None = None
    note_encrypted: bytes | None = None
    note_key: str = ""
    result: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeptValueRow:
    """A value without a home yet."""

    client_id: int
    source: str
    heading: str
    value: str
    replaces_id: int | None = None
