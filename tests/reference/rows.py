"""The rows of the naive reference: plain values, one dataclass a table. Not here: any counting."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A placement as it is stored, with both clocks."""

    client_id: int
    scale_id: int
    id: int
    recording: int
    replaces: int | None
    withdrawn: bool
    measured_on: date
    level_id: int
    growth: int
    expected_level_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period of a client as it is stored, with both clocks; `group` is what a trait would say."""

    client_id: int
    id: int
    recording: int
    replaces: int | None
    withdrawn: bool
    starts_on: date
    ends_on: date
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A level as the reference knows it."""

    id: int
    code: str
    whole: str
    grows: bool
