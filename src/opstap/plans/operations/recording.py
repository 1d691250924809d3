"""Recording trajectories, activities and instruments, in bulk; a correction names the row it replaces."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.audit.models import Fact, FactQuerySet
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.permissions import PART, require_reach
from opstap.foundation import dates
from opstap.plans.logic import (
    ActivityRow,
    InstrumentRow,
    PlansRefused,
    Remark,
    TrajectoryRow,
    faults_of_parts,
    faults_of_trajectories,
    warnings_of,
)
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.selectors.around import around_parts, around_trajectories

REFERENCE = "reference"
Row = TrajectoryRow | ActivityRow | InstrumentRow


def record_trajectories(*, by: Actor, rows: Sequence[TrajectoryRow]) -> list[Remark]:
    """Record trajectories, all or none; returns the warnings. PlansRefused names row and reason."""
    require_recording_plans(by)
    if not rows:
        return []
    require_reach_of(by, rows)
    with writing(by=by, verb="record_trajectories", count=len(rows)) as recording:
        known = around_trajectories({row.client_id for row in rows})
        faults = faults_of_trajectories(rows, known, dates.today()) + _other_thing(Trajectory, rows)
        if faults:
            raise PlansRefused(faults)
        append_facts(Trajectory, rows, recording=recording)
    return warnings_of(rows, known)


def record_activities(*, by: Actor, rows: Sequence[ActivityRow]) -> list[Remark]:
    """Record activities under trajectories that stand."""
    return _record_parts(by, Activity, "record_activities", rows)


def record_instruments(*, by: Actor, rows: Sequence[InstrumentRow]) -> list[Remark]:
    """Record instruments under trajectories that stand; every instrument has one."""
    return _record_parts(by, Instrument, "record_instruments", rows)


def begin_trajectory(
    *,
    by: Actor,
    trajectory: TrajectoryRow,
    activities: Sequence[ActivityRow] = (),
    instruments: Sequence[InstrumentRow] = (),
) -> list[Remark]:
    """A trajectory with what it begins with, at once or not at all; returns the warnings."""
    with writing(by=by, verb="begin_trajectory"):
        remarks = record_trajectories(by=by, rows=[trajectory])
        remarks += record_activities(by=by, rows=activities)
        remarks += record_instruments(by=by, rows=instruments)
    return remarks


def require_recording_plans(by: Actor) -> None:
    """Recording by hand or by import."""
    if not by.may("import_clients"):
        by.require("record_plans")


def require_reach_of(by: Actor, rows: Sequence[Row]) -> None:
    """Nobody writes about a client they can't see. Of an import, whose clients its own municipality gave, a sample."""
    require_reach(by, {row.client_id for row in (rows[:PART] if by.may("import_clients") else rows)})


def _record_parts(
    by: Actor, model: type[Fact], verb: str, rows: Sequence[ActivityRow] | Sequence[InstrumentRow]
) -> list[Remark]:
    require_recording_plans(by)
    if not rows:
        return []
    require_reach_of(by, rows)
    with writing(by=by, verb=verb, count=len(rows)) as recording:
        known = around_parts({row.client_id for row in rows})
        faults = faults_of_parts(rows, known, dates.today()) + _other_thing(model, rows)
        if faults:
            raise PlansRefused(faults)
        append_facts(model, rows, recording=recording)
    return warnings_of(rows, known)


def _other_thing(model: type[Fact], rows: Sequence[Row]) -> list[Remark]:
    """A correction is of the same thing: another reference would begin a second one in its place."""
    wanted = {row.replaces_id: row.reference for row in rows if row.replaces_id is not None}
    ids = list(wanted)
    held: dict[int, str] = {}
    for start in range(0, len(ids), PART):
        named: tuple[str, str] = ("pk", REFERENCE)
        standing: FactQuerySet[Fact] = FactQuerySet(model).filter(pk__in=ids[start : start + PART])
        held |= dict(standing.values_list(*named))
    return [
        Remark(number, "another_reference")
        for number, row in enumerate(rows)
        if row.replaces_id is not None and held.get(row.replaces_id) != row.reference
    ]
