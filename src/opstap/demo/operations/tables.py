"""From statements to the rows that the operations of each room take, and which operation takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from opstap.audit.models import Fact
from opstap.audit.permissions import Actor
from opstap.clients import operations as clients
from opstap.clients.logic import (
    AddressRow,
    ApplicationRow,
    AssignmentRow,
    BarrierRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    KeptValueRow,
    MembershipRow,
    PersonRow,
    TraitRow,
)
from opstap.clients.models import (
    Address,
    Application,
    Assignment,
    Barrier,
    BenefitSpell,
    Exemption,
    FollowUp,
    KeptValue,
    Membership,
    Person,
    Trait,
)
from opstap.contacts.logic import NOTHING_NOTED, ContactRow, NextContactRow
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.operations import record_contacts, record_next_contacts
from opstap.demo.logic.contacts import read_notes
from opstap.demo.logic.statements import Agreed, InCaseload, InProgramme, InTrajectory, Placement, Row, Spoke
from opstap.demo.operations.staffing import Setup
from opstap.ladder.logic import MeasurementRow
from opstap.ladder.models import Measurement
from opstap.ladder.operations import record_measurements
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations import record_activities, record_instruments, record_trajectories

LevelIds = Mapping[tuple[str, str], int]
ScaleIds = Mapping[str, int]
Recording = Callable[[Actor, Setup, list[Any]], object]


@dataclass(frozen=True)
class Identities:
    """What codes and places stand for in this database."""

    setup: Setup
    scales: ScaleIds
    levels: LevelIds


@dataclass(frozen=True)
class Destination:
    """The table that a kind of row goes to, and the operation that takes it there."""

    model: type[Fact]
    record: Recording


def _plainly(operation: Callable[..., object]) -> Recording:
    return lambda by, _setup, rows: operation(by=by, rows=rows)


# Persons and follow-up come first: placements are checked against them.
DESTINATIONS: dict[type, Destination] = {
    PersonRow: Destination(
        Person, lambda by, setup, rows: clients.record_persons(by=by, municipality=setup.municipality, rows=rows)
    ),
    AddressRow: Destination(Address, _plainly(clients.record_addresses)),
    FollowUpRow: Destination(FollowUp, _plainly(clients.record_follow_ups)),
    ApplicationRow: Destination(Application, _plainly(clients.record_applications)),
    BenefitSpellRow: Destination(BenefitSpell, _plainly(clients.record_benefit_spells)),
    InCaseload: Destination(Assignment, _plainly(clients.record_assignments)),
    ExemptionRow: Destination(Exemption, _plainly(clients.record_exemptions)),
    BarrierRow: Destination(Barrier, _plainly(clients.record_barriers)),
    TraitRow: Destination(Trait, _plainly(clients.record_traits)),
    InProgramme: Destination(Membership, _plainly(clients.record_memberships)),
    InTrajectory: Destination(Trajectory, _plainly(record_trajectories)),
    ActivityRow: Destination(Activity, _plainly(record_activities)),
    InstrumentRow: Destination(Instrument, _plainly(record_instruments)),
    KeptValueRow: Destination(KeptValue, _plainly(clients.keep_values)),
    Placement: Destination(Measurement, _plainly(record_measurements)),
    Spoke: Destination(Contact, _plainly(record_contacts)),
    Agreed: Destination(NextContact, _plainly(record_next_contacts)),
}


def with_identities(row: Row, client_id: int, replaces_id: int | None, known: Identities) -> object:
    """The row that an operation takes."""
    if isinstance(row, Placement):
        return _measurement(row, client_id, replaces_id, known)
    if isinstance(row, Spoke | Agreed):
        return _contact(row, client_id, replaces_id, known)
    if isinstance(row, InCaseload):
        worker_id = None if row.worker is None else known.setup.worker_ids[row.worker]
        return AssignmentRow(
            client_id,
            row.starts_on,
            row.ends_on,
            team_id=known.setup.team_ids[row.team],
            worker_id=worker_id,
            end_reason=row.end_reason,
            replaces_id=replaces_id,
        )
    if isinstance(row, InProgramme):
        programme_id = known.setup.programme_ids[row.programme]
        return MembershipRow(client_id, programme_id, row.starts_on, row.ends_on, replaces_id)
    if isinstance(row, InTrajectory):
        goal = None if row.goal is None else known.levels[row.scale, row.goal]
        return TrajectoryRow(
            client_id,
            row.reference,
            row.kind,
            row.starts_on,
            row.ends_on,
            name=row.name,
            goal_level_id=goal,
            maintains_level=row.maintains_level,
            end_reason=row.end_reason,
            replaces_id=replaces_id,
        )
    any_row: Any = row
    return replace(any_row, client_id=client_id, replaces_id=replaces_id)


def _measurement(row: Placement, client_id: int, replaces_id: int | None, known: Identities) -> MeasurementRow:
    traits: dict[str, Any] = dict(row.traits)
    return MeasurementRow(
        client_id=client_id,
        scale_id=known.scales[row.scale],
        measured_on=row.measured_on,
        level_id=known.levels[row.scale, row.level],
        growth=row.growth,
        expected_level_id=None if row.expected is None else known.levels[row.scale, row.expected],
        expected_by=row.expected_by,
        reason=row.reason,
        worker_id=None if row.worker is None else known.setup.worker_ids[row.worker],
        second_assessment=row.second,
        replaces_id=replaces_id,
        **traits,
    )


def _contact(
    row: Spoke | Agreed, client_id: int, replaces_id: int | None, known: Identities
) -> ContactRow | NextContactRow:
    worker_id = None if row.worker is None else known.setup.worker_ids[row.worker]
    if isinstance(row, Spoke):
        note = NOTHING_NOTED if row.note is None else read_notes()[row.note]
        return ContactRow(
            client_id, row.held_on, row.kind, row.outcome, row.looked, worker_id, note, replaces_id=replaces_id
        )
    return NextContactRow(
        client_id=client_id,
        planned_on=row.planned_on,
        kind=row.kind,
        planned_time=row.planned_time,
        place=row.place,
        worker_id=worker_id,
        state=row.state,
        replaces_id=replaces_id,
    )
