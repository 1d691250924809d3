"""Reads: the trajectories of one client with what hangs under them, and what a thing was called before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, cast

from django.db.models import BooleanField, CharField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from opstap.audit.models import Recording
from opstap.ladder.models import Level
from opstap.plans.enums import Part
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow
from opstap.plans.models import Activity, Instrument, Trajectory

Thing = Trajectory | Activity | Instrument
MODELS: dict[Part, type[Trajectory | Activity | Instrument]] = {
    Part.TRAJECTORY: Trajectory,
    Part.ACTIVITY: Activity,
    Part.INSTRUMENT: Instrument,
}
SHARED = (
    "id", "recording_id", "replaces_id", "withdrawn", "starts_on", "ends_on", "client_id", "reference", "why",
)  # fmt: skip
# The texts of each model, four of them: what stands at one place is one column of the answer.
TEXTS: dict[Part, tuple[str, str, str, str]] = {
    Part.TRAJECTORY: ("kind", "name", "end_reason", ""),
    Part.ACTIVITY: ("kind", "description", "trajectory", ""),
    Part.INSTRUMENT: ("kind", "supplier", "trajectory", "result"),
}


@dataclass(frozen=True)
class Helped:
    """A trajectory with the activities and instruments under it, each in order of its begin."""

    trajectory: Trajectory
    activities: tuple[Activity, ...]
    instruments: tuple[Instrument, ...]


def help_of(*client_ids: int) -> list[Helped]:
    """All that stands of one client, in each of their dossiers; the trajectory that began last first. One query."""
    parts = [_rows_of(part, client_ids) for part in MODELS]
    found = sorted((_thing(row) for row in parts[0].union(*parts[1:], all=True)), key=_begin)
    return [
        Helped(
            trajectory,
            tuple(one for one in found if isinstance(one, Activity) and one.trajectory == trajectory.reference),
            tuple(one for one in found if isinstance(one, Instrument) and one.trajectory == trajectory.reference),
        )
        for trajectory in reversed(found)
        if isinstance(trajectory, Trajectory)
    ]


def _begin(thing: Thing) -> tuple[date, int]:
    return thing.starts_on, thing.pk


def _rows_of(part: Part, client_ids: Collection[int]) -> QuerySet[Any, Any]:
    """The rows of one model, in columns that are alike for all three."""
    rows: Any = MODELS[part].objects.current()
    columns: dict[str, Any] = {
        "part": Value(part.value, output_field=CharField()),
        **{f"own_{number}": _text(name) for number, name in enumerate(TEXTS[part])},
        "goal_id": F("goal_level") if part is Part.TRAJECTORY else Value(None, output_field=IntegerField()),
        "goal_code": _text("goal_level__code" if part is Part.TRAJECTORY else ""),
        "keeps": F("maintains_level") if part is Part.TRAJECTORY else Value(value=False, output_field=BooleanField()),
    }
    chosen = rows.filter(client__in=client_ids).order_by().annotate(**columns)
    asked: QuerySet[Any, Any] = chosen.values_list(*columns, *SHARED, "recording__at", "recording__actor_name")
    return asked


def _text(name: str) -> Any:
    return Coalesce(Cast(F(name) if name else Value(""), CharField()), Value(""), output_field=CharField())


def _thing(row: Sequence[Any]) -> Thing:
    """A row as the thing it is, with its recording, and the level it leads to as far as it was read."""
    part, texts, (goal_id, goal_code, keeps) = Part(row[0]), row[1:5], row[5:8]
    shared, (at, by) = row[8:-2], row[-2:]
    given = dict(zip(TEXTS[part], texts, strict=True)) | dict(zip(SHARED, shared, strict=True))
    given.pop("", None)
    if part is Part.TRAJECTORY:
        given |= {"goal_level_id": goal_id, "maintains_level": bool(keeps)}
    thing: Any = _stored(MODELS[part], given)
    thing.recording = _stored(Recording, {"number": thing.recording_id, "at": at, "actor_name": by})
    if goal_id is not None:
        thing.goal_level = _stored(Level, {"id": goal_id, "code": goal_code})
    return cast("Thing", thing)


def _stored(model: type[Model], given: Mapping[str, Any]) -> Model:
    """A stored row of which these columns were read; another column is read when it is asked for."""
    known = [field.attname for field in model._meta.concrete_fields if field.attname in given]
    return model.from_db(None, known, [given[name] for name in known])


def standing(client_ids: Collection[int], reference: str) -> tuple[Part, Thing] | None:
    """What stands of a client, in any of their dossiers, under a reference."""
    for part, model in MODELS.items():
        rows: Any = model.objects.current()
        found = rows.filter(client__in=client_ids, reference=reference).first()
        if found is not None:
            return part, found
    return None


def versions_of(part: Part, client_ids: Collection[int], reference: str) -> list[Thing]:
    """Every row of a thing, withdrawn and replaced ones too, as they were recorded; the newest first."""
    rows: Any = MODELS[part].objects.filter(client__in=client_ids, reference=reference)
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
