"""One row of the file as typed values. A field that is empty, absent or faulty is None."""

from dataclasses import dataclass, field
from datetime import date

from opstap.exchange.logic.values.choices import Sex, YesNo
from opstap.exchange.logic.values.trajectories import ActivitySaid, TrajectorySaid


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """`*_until` is the last day as written, so included; a row without `level` is no placement."""

    number: int
    client_number: str | None = None
    bsn: str | None = None
    surname: str | None = None
    name_prefix: str | None = None
    given_names: str | None = None
    initials: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    city: str | None = None
    phone: str | None = None
    email: str | None = None
    preferred_language: str | None = None
    died_on: date | None = None
    benefit_kind: str | None = None
    benefit_from: date | None = None
    benefit_until: date | None = None
    entry_reason: str | None = None
    exit_reason: str | None = None
    worker: str | None = None
    team: str | None = None
    measured_on: date | None = None
    level: str | None = None
    growth: YesNo | None = None
    expected_level: str | None = None
    expected_by: date | None = None
    barriers: tuple[str, ...] = ()
    exemption: str | None = None
    exemption_until: date | None = None
    basic_qualification: YesNo | None = None
    low_literate: YesNo | None = None
    integration: str | None = None
    income_situation: str | None = None
    instrument_in_use: YesNo | None = None
    follow_up_from: date | None = None
    follow_up_until: date | None = None
    household_type: str | None = None
    trajectory: TrajectorySaid | None = None
    trajectory_goal: TrajectorySaid | None = None
    trajectory_from: date | None = None
    trajectory_until: date | None = None
    activity: ActivitySaid | None = None
    instrument: str | None = None
    supplier: str | None = None
    instrument_from: date | None = None
    instrument_until: date | None = None
    instrument_result: str | None = None
    kept: dict[str, str] = field(default_factory=dict)
