"""From a form to the row of a trajectory."""

from __future__ import annotations

from opstap.plans.forms import KEEP, TrajectoryForm
from opstap.plans.logic import TrajectoryRow
from opstap.plans.views.page import Desk


def trajectory_of(desk: Desk, form: TrajectoryForm, reference: str, replaces_id: int | None = None) -> TrajectoryRow:
    """What the form says of a trajectory."""
    given = form.cleaned_data
    goal = given["goal"]
    return TrajectoryRow(
        client_id=desk.client.pk,
        reference=reference,
        kind=given["kind"],
        starts_on=given["starts_on"],
        ends_on=form.ends_on,
        name=given["name"],
        goal_level_id=int(goal) if goal and goal != KEEP else None,
        maintains_level=goal == KEEP,
        end_reason=given.get("end_reason", ""),
        why=given.get("why", ""),
        replaces_id=replaces_id,
    )
