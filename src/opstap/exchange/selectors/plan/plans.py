"""What an import would do: the rows each room should add, the class of every row of the file, and what it changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from opstap.clients.logic import (
    AddressRow,
    AssignmentRow,
    BarrierRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    KeptValueRow,
    PersonRow,
    TraitRow,
)
from opstap.exchange.enums import RowClass
from opstap.exchange.logic import Problem
from opstap.ladder.logic import MeasurementRow, Surroundings
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow


class StoredBsn(NamedTuple):
    """A BSN as it lies in the database: carried over to a correction without being read."""

    encrypted: bytes | None
    digest: bytes | None
    key: str


class PersonChange(NamedTuple):
    """A person to be recorded; with `bsn` the stored one is kept."""

    row: PersonRow
    bsn: StoredBsn | None


@dataclass
class Additions:
    """The rows to be added, by noun. New clients have the ids that `first_id` and their place in `numbers` foretell;

    teams and workers that are still to be made have negative ids: -1 is the first of the plan's `new_teams`.
    """

    first_id: int = 0
    numbers: list[str] = field(default_factory=list)
    persons: list[PersonChange] = field(default_factory=list)
    addresses: list[AddressRow] = field(default_factory=list)
    follow_ups: list[FollowUpRow] = field(default_factory=list)
    benefit_spells: list[BenefitSpellRow] = field(default_factory=list)
    assignments: list[AssignmentRow] = field(default_factory=list)
    measurements: list[MeasurementRow] = field(default_factory=list)
    traits: list[TraitRow] = field(default_factory=list)
    barriers: list[BarrierRow] = field(default_factory=list)
    exemptions: list[ExemptionRow] = field(default_factory=list)
    trajectories: list[TrajectoryRow] = field(default_factory=list)
    activities: list[ActivityRow] = field(default_factory=list)
    instruments: list[InstrumentRow] = field(default_factory=list)
    kept_values: list[KeptValueRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows would be added, over all tables."""
        return sum(len(getattr(self, one.name)) for one in fields(self) if one.name != "first_id")

    def new_client(self, number: str) -> int:
        """The id that a new client will have."""
        self.numbers.append(number)
        return self.first_id + len(self.numbers) - 1


@dataclass
class LargeChange:
    """Clients with a change that calls for a second look, against how many are in follow-up."""

    ended: set[int] = field(default_factory=set)
    fell: set[int] = field(default_factory=set)
    changed_team: set[int] = field(default_factory=set)
    in_follow_up: int = 0

    @property
    def clients(self) -> int:
        """Each client once."""
        return len(self.ended | self.fell | self.changed_team)

    def as_counts(self) -> dict[str, int]:
        """The numbers alone."""
        return {
            "ended": len(self.ended),
            "fell": len(self.fell),
            "changed_team": len(self.changed_team),
            "clients": self.clients,
            "in_follow_up": self.in_follow_up,
        }


@dataclass
class Plan:
    """The plan of one file, made as known at `recording`."""

    recording: int
    additions: Additions
    around: Surroundings
    classes: dict[int, RowClass] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    new_teams: list[str] = field(default_factory=list)
    new_workers: list[NewWorker] = field(default_factory=list)
    large_change: LargeChange = field(default_factory=LargeChange)

    def counts(self) -> dict[str, int]:
        """Rows by class."""
        found = Counter(self.classes.values())
        return {one.value: found[one] for one in RowClass}


@dataclass
class NewWorker:
    """Somebody the file names and nobody knows, with the team (its id in the plan) that most of the rows name."""

    name: str
    team_ids: Counter[int] = field(default_factory=Counter)

    @property
    def team_id(self) -> int | None:
        """The team that most rows name."""
        return self.team_ids.most_common(1)[0][0] if self.team_ids else None
