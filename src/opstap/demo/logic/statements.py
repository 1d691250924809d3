"""What is said about a client and when it was learnt: a life as a row of statements, each of which may replace one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from opstap.clients.logic import (
    AddressRow,
    ApplicationRow,
    BarrierRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    KeptValueRow,
    PersonRow,
    TraitRow,
)
from opstap.plans.logic import ActivityRow, InstrumentRow

NOBODY = 0  # a row of a life has no identity until the client is registered


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement with codes instead of identities; the worker by place in the staff."""

    scale: str
    measured_on: date
    level: str
    growth: int = -1
    expected: str | None = None
    expected_by: date | None = None
    reason: str = ""
    worker: int | None = None
    second: bool = False
    traits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InCaseload:
    """A stay in a caseload: team and worker by place in the staff."""

    team: int
    worker: int | None
    starts_on: date
    ends_on: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class InProgramme:
    """A stay in a programme, by its place in the list."""

    programme: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Spoke:
    """A contact; the worker by place in the staff, the note by its place in the file of notes."""

    held_on: date
    kind: str
    outcome: str
    looked: str = ""
    worker: int | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contact that was agreed, and where it stands; the worker by place in the staff."""

    planned_on: date
    planned_time: time | None
    kind: str
    place: str
    worker: int | None = None
    state: str = "open"


@dataclass(frozen=True, slots=True)
class InTrajectory:
    """A trajectory, its goal by the code of a level."""

    reference: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    name: str = ""
    scale: str = "vng"
    goal: str | None = None
    maintains_level: bool = False
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The placement that it replaces should not have been there."""


Row = (
    PersonRow
    | AddressRow
    | FollowUpRow
    | ApplicationRow
    | BenefitSpellRow
    | InCaseload
    | ExemptionRow
    | BarrierRow
    | TraitRow
    | InProgramme
    | InTrajectory
    | ActivityRow
    | InstrumentRow
    | KeptValueRow
    | Placement
    | Spoke
    | Agreed
    | Withdrawal
)
Period = (
    FollowUpRow
    | BenefitSpellRow
    | InCaseload
    | BarrierRow
    | TraitRow
    | InProgramme
    | AddressRow
    | InTrajectory
    | ActivityRow
    | InstrumentRow
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A row, the day on which we learnt it, and the statement of the same life that it replaces."""

    row: Row
    learnt_on: date
    replaces: int | None = None


@dataclass
class Life:
    """Everything that is said about one client, in the order in which it was drawn."""

    number: str
    statements: list[Statement] = field(default_factory=list)

    @property
    def known_from(self) -> date:
        """The day on which the client is first heard of."""
        return min(statement.learnt_on for statement in self.statements)

    def say(self, row: Row, learnt_on: date, replaces: int | None = None) -> int:
        """Add a statement; it is never learnt before the one it replaces. Returns its place."""
        if replaces is not None:
            learnt_on = max(learnt_on, self.statements[replaces].learnt_on)
        self.statements.append(Statement(row, learnt_on, replaces))
        return len(self.statements) - 1

    def say_period(self, row: Period, learnt_on: date, end_learnt_on: date | None = None) -> None:
        """Say that a period began, and when that is learnt later, that it ended."""
        if row.ends_on is None or end_learnt_on is None or end_learnt_on <= learnt_on:
            self.say(row, learnt_on)
            return
        unknown: dict[str, Any] = {"ends_on": None}
        unknown |= {name: "" for name in ("end_reason", "exit_reason", "result") if hasattr(row, name)}
        opening = self.say(replace(row, **unknown), learnt_on)
        self.say(row, end_learnt_on, opening)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as it is recorded: of whom, which one, and which recorded one it replaces."""

    life: int
    place: int
    row: Row
    replaces: int | None


def by_recording_day(lives: Sequence[Life], days: Sequence[date]) -> list[list[Spoken]]:
    """The statements recorded on each day, in the order of the lives. What is learnt after the last day is left out.

    A statement that is replaced before it was ever recorded is not recorded at all.
    """
    found: list[list[Spoken]] = [[] for _ in days]
    for number, life in enumerate(lives):
        for day, spoken in _of_life(number, life, days):
            found[day].append(spoken)
    return found


def _of_life(number: int, life: Life, days: Sequence[date]) -> list[tuple[int, Spoken]]:
    standing: dict[int, tuple[int, Spoken]] = {}
    for place, statement in enumerate(life.statements):
        day = bisect_left(days, statement.learnt_on)
        replaces = statement.replaces
        if day == len(days) or (replaces is not None and replaces not in standing):
            continue
        if replaces is not None and standing[replaces][0] == day:
            replaces = standing.pop(replaces)[1].replaces
            if isinstance(statement.row, Withdrawal) and replaces is None:
                continue
        standing[place] = (day, Spoken(number, place, statement.row, replaces))
    return list(standing.values())
