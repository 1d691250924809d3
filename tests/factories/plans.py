"""Trajectories with what hangs under them, made by the operations."""

from __future__ import annotations

from datetime import date

from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client
from opstap.foundation.references import new_reference
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations import record_activities, record_instruments, record_trajectories
from tests.factories.ladder import level

SINCE = date(2024, 3, 1)


def a_trajectory(
    client: Client,
    kind: str = "work",
    since: date = SINCE,
    until: date | None = None,
    *,
    goal: str | None = None,
    scale: str = "vng",
    keeps: bool = False,
    reason: str = "",
    by: Actor | None = None,
    replaces: Trajectory | None = None,
) -> Trajectory:
    """A trajectory that is recorded."""
    row = TrajectoryRow(
        client.pk, replaces.reference if replaces else new_reference(), kind, since, until,
        goal_level_id=level(goal, scale).pk if goal else None, maintains_level=keeps, end_reason=reason,
        replaces_id=replaces.pk if replaces else None,
    )  # fmt: skip
    record_trajectories(by=by or command_line(), rows=[row])
    return Trajectory.objects.current().get(reference=row.reference)


def an_instrument(
    trajectory: Trajectory,
    kind: str = "coaching",
    since: date | None = None,
    until: date | None = None,
    *,
    supplier: str = "",
    result: str = "",
) -> Instrument:
    """An instrument under a trajectory."""
    row = InstrumentRow(
        trajectory.client_id, new_reference(), trajectory.reference, kind, since or trajectory.starts_on, until,
        supplier=supplier, result=result,
    )  # fmt: skip
    record_instruments(by=command_line(), rows=[row])
    return Instrument.objects.current().get(reference=row.reference)


def an_activity(
    trajectory: Trajectory, description: str = "Taalcafé", since: date | None = None, until: date | None = None
) -> Activity:
    """An activity under a trajectory."""
    row = ActivityRow(
        trajectory.client_id, new_reference(), trajectory.reference, description, since or trajectory.starts_on, until
    )
    record_activities(by=command_line(), rows=[row])
    return Activity.objects.current().get(reference=row.reference)
