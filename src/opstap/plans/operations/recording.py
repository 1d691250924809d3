"""Recording trajectories, activities and instruments, in bulk; a correction names the row it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from opstap.audit.models import Fact, FactQuerySet
from opstap.audit.operations import append_facts, require_standing, writing
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
CODES: dict[type[Fact], tuple[str, ...]] = {
    Trajectory: ("kind", "end_reason"),
    Activity: ("kind",),
    Instrument: ("kind", "result"),
}
Row = TrajectoryRow | ActivityRow | InstrumentRow
Before = dict[int, tuple[str, frozenset[str]]]


def record_trajectories(*, by: Actor, rows: Sequence[TrajectoryRow], warn: bool = True) -> list[Remark]:
    """Record trajectories, all or none; returns the warnings, unless nobody will read them (they cost a read of all
    follow-up). PlansRefused names row and reason.
    """
    require_recording_plans(by)
    if not rows:
        return []
    require_reach_of(by, rows)
    with writing(by=by, verb="record_trajectories", count=len(rows)) as recording:
        before = _before(Trajectory, rows)
        require_standing(Trajectory, before)
        known = around_trajectories({row.client_id for row in rows} if warn else set())
        known = replace(known, said_before=_said(before))
        faults = faults_of_trajectories(rows, known, dates.today()) + _other_thing(rows, before)
        if faults:
            raise PlansRefused(faults)
        append_facts(Trajectory, rows, recording=recording)
    return warnings_of(rows, known) if warn else []


def record_activities(*, by: Actor, rows: Sequence[ActivityRow], warn: bool = True) -> list[Remark]:
    """Record activities under trajectories that stand."""
    return _record_parts(by, Activity, "record_activities", rows, warn=warn)


def record_instruments(*, by: Actor, rows: Sequence[InstrumentRow], warn: bool = True) -> list[Remark]:
    """Record instruments under trajectories that stand; every instrument has one."""
    return _record_parts(by, Instrument, "record_instruments", rows, warn=warn)


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
    by: Actor, model: type[Fact], verb: str, rows: Sequence[ActivityRow] | Sequence[InstrumentRow], *, warn: bool
) -> list[Remark]:
    require_recording_plans(by)
    if not rows:
        return []
    require_reach_of(by, rows)
    with writing(by=by, verb=verb, count=len(rows)) as recording:
        before = _before(model, rows)
        require_standing(model, before)
        known = replace(around_parts({row.client_id for row in rows}), said_before=_said(before))
        faults = faults_of_parts(rows, known, dates.today()) + _other_thing(rows, before)
        if faults:
            raise PlansRefused(faults)
        append_facts(model, rows, recording=recording)
    return warnings_of(rows, known) if warn else []


def _before(model: type[Fact], rows: Sequence[Row]) -> Before:
    """The rows that are corrected: what thing each is of, and the codes it said."""
    ids = [row.replaces_id for row in rows if row.replaces_id is not None]
    before: Before = {}
    for start in range(0, len(ids), PART):
        standing: FactQuerySet[Fact] = FactQuerySet(model).filter(pk__in=ids[start : start + PART])
        for pk, reference, *codes in standing.values_list("pk", REFERENCE, *CODES[model]):
            before[pk] = (reference, frozenset(codes))
    return before


def _said(before: Before) -> dict[int, frozenset[str]]:
    return {pk: codes for pk, (_reference, codes) in before.items()}


def _other_thing(rows: Sequence[Row], before: Before) -> list[Remark]:
    """A correction is of the same thing: another reference would begin a second one in its place."""
    return [
        Remark(number, "another_reference")
        for number, row in enumerate(rows)
        if row.replaces_id is not None and before.get(row.replaces_id, ("",))[0] != row.reference
    ]
