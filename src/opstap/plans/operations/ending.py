"""Ending a trajectory with what runs under it, and withdrawing what should not have been there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from opstap.audit.models import FactQuerySet
from opstap.audit.operations import require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.permissions import require_reach
from opstap.plans.logic import Remark
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations.recording import record_activities, record_instruments, record_trajectories
from opstap.plans.selectors.help import activity_row, instrument_row, trajectory_row, under


def end_trajectory(*, by: Actor, trajectory: Trajectory, ends_on: date, reason: str, result: str = "") -> list[Remark]:
    """End a trajectory, and with it what still runs under it; instruments end with the result given.

    What had ended before stays as it is; what would only begin later is withdrawn.
    """
    with writing(by=by, verb="end_trajectory"):
        activities, instruments = under([trajectory.reference])
        row = replace(trajectory_row(trajectory), ends_on=ends_on, end_reason=reason, why="", replaces_id=trajectory.pk)
        remarks = record_trajectories(by=by, rows=[row])
        record_activities(
            by=by,
            rows=[
                replace(activity_row(one), ends_on=ends_on, why="", replaces_id=one.pk)
                for one in activities
                if one.starts_on < ends_on and (one.ends_on is None or one.ends_on > ends_on)
            ],
        )
        record_instruments(
            by=by,
            rows=[
                replace(instrument_row(one), ends_on=ends_on, result=result or one.result, why="", replaces_id=one.pk)
                for one in instruments
                if one.starts_on < ends_on and (one.ends_on is None or one.ends_on > ends_on)
            ],
        )
        _withdraw(by, Activity, [one.pk for one in activities if one.starts_on >= ends_on], "")
        _withdraw(by, Instrument, [one.pk for one in instruments if one.starts_on >= ends_on], "")
    return remarks


def withdraw_trajectory(*, by: Actor, trajectory: Trajectory, why: str) -> int:
    """Withdraw a trajectory that should not have been there, with all that hangs under it; returns how many rows.

    ReplacedMeanwhile when it was corrected or withdrawn since it was read.
    """
    with writing(by=by, verb="withdraw_trajectory"):
        require_standing(Trajectory, [trajectory.pk])
        activities, instruments = under([trajectory.reference])
        return (
            _withdraw(by, Activity, [one.pk for one in activities], why)
            + _withdraw(by, Instrument, [one.pk for one in instruments], why)
            + _withdraw(by, Trajectory, [trajectory.pk], why)
        )


def withdraw_activities(*, by: Actor, activity_ids: Collection[int], why: str) -> int:
    """Withdraw activities, with the reason; returns how many. ReplacedMeanwhile when one stands no more."""
    return _withdraw(by, Activity, activity_ids, why)


def withdraw_instruments(*, by: Actor, instrument_ids: Collection[int], why: str) -> int:
    """Withdraw instruments, with the reason; returns how many. ReplacedMeanwhile when one stands no more."""
    return _withdraw(by, Instrument, instrument_ids, why)


def _withdraw(by: Actor, model: type[Trajectory | Activity | Instrument], ids: Collection[int], why: str) -> int:
    by.require("record_plans")
    rows: FactQuerySet[Trajectory | Activity | Instrument] = FactQuerySet(model).filter(pk__in=ids)
    require_reach(by, set(rows.values_list("client_id", flat=True)))
    if not ids:
        return 0
    verb = f"withdraw_{model._meta.model_name}"
    with writing(by=by, verb=verb, count=len(ids)) as recording:
        require_standing(model, ids)
        return withdraw_facts(model, ids, recording=recording, said={"why": why})
