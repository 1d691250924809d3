"""Reads: the trajectories of one client with what hangs under them, and what a thing was called before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from opstap.plans.enums import Part
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow
from opstap.plans.models import Activity, Instrument, Trajectory

Thing = Trajectory | Activity | Instrument
MODELS: dict[Part, type[Trajectory | Activity | Instrument]] = {
    Part.TRAJECTORY: Trajectory,
    Part.ACTIVITY: Activity,
    Part.INSTRUMENT: Instrument,
}


@dataclass(frozen=True)
class Helped:
    """A trajectory with the activities and instruments under it, each in order of its begin."""

    trajectory: Trajectory
    activities: tuple[Activity, ...]
    instruments: tuple[Instrument, ...]


def help_of(*client_ids: int) -> list[Helped]:
    """All that stands of one client, in each of their dossiers; the trajectory that began last first. Three queries."""
    own = {"client__in": client_ids}
    trajectories = Trajectory.objects.current().filter(**own).select_related("goal_level", "recording")
    activities = list(Activity.objects.current().filter(**own).select_related("recording").order_by("starts_on", "pk"))
    instruments = list(
        Instrument.objects.current()
        .filter(client__in=client_ids)
        .select_related("recording")
        .order_by("starts_on", "pk")
    )
    return [
        Helped(
            trajectory,
            tuple(one for one in activities if one.trajectory == trajectory.reference),
            tuple(one for one in instruments if one.trajectory == trajectory.reference),
        )
        for trajectory in trajectories.order_by("-starts_on", "-pk")
    ]


def running_instruments(client_id: int, day: date) -> list[Instrument]:
    """The instruments of a client that run on a day."""
    return list(Instrument.objects.active_on(day).filter(client=client_id).order_by("starts_on", "pk"))


def standing(client_id: int, reference: str) -> tuple[Part, Thing] | None:
    """What stands of a client under a reference."""
    for part, model in MODELS.items():
        rows: Any = model.objects.current()
        found = rows.filter(client=client_id, reference=reference).first()
        if found is not None:
            return part, found
    return None


def versions_of(part: Part, client_id: int, reference: str) -> list[Thing]:
    """Every row of a thing, withdrawn and replaced ones too, as they were recorded; the newest first."""
    rows: Any = MODELS[part].objects.filter(client=client_id, reference=reference)
    related = ["recording", *(["goal_level"] if part is Part.TRAJECTORY else [])]
    return list(rows.select_related(*related).order_by("-pk"))


def under(references: Collection[str]) -> tuple[list[Activity], list[Instrument]]:
    """What stands under trajectories."""
    return (
        list(Activity.objects.current().filter(trajectory__in=references)),
        list(Instrument.objects.current().filter(trajectory__in=references)),
    )


def trajectory_row(held: Trajectory) -> TrajectoryRow:
    """A stored trajectory as a row."""
    return TrajectoryRow(**_given(TrajectoryRow, held))


def activity_row(held: Activity) -> ActivityRow:
    """A stored activity as a row."""
    return ActivityRow(**_given(ActivityRow, held))


def instrument_row(held: Instrument) -> InstrumentRow:
    """A stored instrument as a row."""
    return InstrumentRow(**_given(InstrumentRow, held))


def _given(row: type[Any], held: Thing) -> dict[str, Any]:
    return {field.name: getattr(held, field.name) for field in fields(row)}
