"""Giving what earlier imports kept aside its home: a trajectory and an activity instead of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from opstap.audit.models import Recording
from opstap.audit.operations import withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import KeptValue
from opstap.clients.selectors.merged import merged_dossiers
from opstap.exchange.enums import HOMED, BatchState
from opstap.exchange.logic import Vocabulary, activity_on, read_activity, read_trajectory, trajectory_on
from opstap.exchange.models import ImportBatch
from opstap.exchange.selectors.plan.help import Known, Seen, seen_together
from opstap.exchange.selectors.plan.stored import ACTIVITY_COLUMNS, TRAJECTORY_COLUMNS, rows_of
from opstap.exchange.selectors.terms import Terms, terms_for
from opstap.exchange.selectors.vocabulary import vocabulary_of
from opstap.ladder.models import Measurement
from opstap.plans.logic import ActivityRow, TrajectoryRow
from opstap.plans.models import Activity, Trajectory
from opstap.plans.operations import record_activities, record_trajectories

HEADINGS = ("trajectory", "activity")


def home_kept_values(*, by: Actor) -> int:
    """Every trajectory and activity that imports kept as a text; returns how many texts found their home.

    Each import in a recording of its own, so that undoing that import undoes this as well.
    """
    by.require("import_clients")
    batches = ImportBatch.objects.filter(state=BatchState.CONFIRMED.value, recording__isnull=False)
    homed = 0
    for batch in batches.select_related("municipality", "recording").order_by("recording"):
        kept = list(KeptValue.objects.current().filter(recording=batch.recording, heading__in=HEADINGS))
        if kept and batch.recording is not None:
            homed += _home(by, batch, batch.recording, kept)
    return homed


def _home(by: Actor, batch: ImportBatch, recording: Recording, kept: Sequence[KeptValue]) -> int:
    terms = terms_for(batch.municipality, scale_key=batch.scale_key, reference_date=batch.reference_date)
    said: dict[int, dict[str, str]] = defaultdict(dict)
    for value in kept:
        said[value.client_id][value.heading] = value.value
    trajectories, activities = _rows(terms, said, _days(terms, recording, batch))
    with writing(by=by, verb=HOMED, about=batch.reference, count=len(kept)) as homing:
        record_trajectories(by=by, rows=trajectories, warn=False)
        record_activities(by=by, rows=activities, warn=False)
        return withdraw_facts(KeptValue, [value.pk for value in kept], recording=homing)


def _rows(
    terms: Terms, said: Mapping[int, Mapping[str, str]], days: Mapping[int, date]
) -> tuple[list[TrajectoryRow], list[ActivityRow]]:
    vocabulary = vocabulary_of(terms)
    levels = {level.code: level.id for level in terms.scale.levels}
    kept = merged_dossiers()
    held = rows_of(Trajectory, said, kept, *TRAJECTORY_COLUMNS)
    done = rows_of(Activity, said, kept, *ACTIVITY_COLUMNS)
    seen: dict[int, list[Seen]] = defaultdict(list)
    for client, texts in said.items():
        seen[kept.get(client, client)].append(_seen(texts, days[client], vocabulary))
    trajectories: list[TrajectoryRow] = []
    activities: list[ActivityRow] = []
    for client, told in seen.items():
        made = seen_together(client, levels, told, Known(held.get(client, ()), done.get(client, ())))
        trajectories += made.trajectories
        activities += made.activities
    return trajectories, activities


def _seen(texts: Mapping[str, str], day: date, vocabulary: Vocabulary) -> Seen:
    led = read_trajectory(texts.get("trajectory", ""), vocabulary).value
    active = read_activity(texts.get("activity", ""), vocabulary).value
    return Seen(
        day,
        trajectory_on(led, day, vocabulary) if led is not None else None,
        activity_on(active, day, vocabulary) if active is not None else None,
    )


def _days(terms: Terms, recording: Recording, batch: ImportBatch) -> Mapping[int, date]:
    """The measuring day that came with the text; else the day on which the file took effect."""
    plain = batch.reference_date or localtime(recording.at).date()
    placed: dict[int, date] = defaultdict(lambda: plain)
    rows: Any = Measurement.objects.filter(recording=recording, scale=terms.scale.id).order_by("measured_on")
    placed.update(rows.values_list("client_id", "measured_on"))
    return placed
