"""From a form to the row of a trajectory."""

from __future__ import annotations

from opstap.foundation.references import new_reference
from opstap.plans.forms import KEEP, TrajectoryForm
from opstap.plans.logic import TrajectoryRow
from opstap.plans.models import Trajectory
from opstap.plans.views.page import Desk


def trajectory_of(desk: Desk, form: TrajectoryForm, held: Trajectory | None = None) -> TrajectoryRow:
    """What the form says of a trajectory: a new one, or what stands put right, in the dossier where it stands."""
    given = form.cleaned_data
    goal = given["goal"]
    return TrajectoryRow(
        client_id=held.client_id if held else desk.client.pk,
        reference=held.reference if held else new_reference(),
        kind=given["kind"],
        starts_on=given["starts_on"],
        ends_on=form.ends_on,
        name=given["name"],
        goal_level_id=int(goal) if goal and goal != KEEP else None,
        maintains_level=goal == KEEP,
        end_reason=given.get("end_reason", ""),
        why=given.get("why", ""),
        replaces_id=held.pk if held else None,
    )
