"""Confirming many unchanged placements at once, and taking that back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.clients.permissions import require_own_recording, require_reach
from opstap.ladder.models import Measurement
from opstap.ladder.operations.measurements import confirmed_row, record_measurements, withdraw_measurements
from opstap.ladder.selectors.circumstances import circumstances_of
from opstap.ladder.selectors.measurements import standing_by_client

VERB = "confirm_measurements"


@dataclass(frozen=True)
class Confirmed:
    """The recording in which it was done (None: nobody could be), how many, and how many have nothing to confirm."""

    number: int | None
    clients: int
    left: int


def confirm_measurements(*, by: Actor, client_ids: Collection[int], scale_id: int, on: date, reason: str) -> Confirmed:
    """Looked at again and unchanged, for each of these clients, in one recording.

    Left alone: who was never placed on this scale, and who was placed on the day already or later.
    """
    by.require("confirm_placements")
    require_reach(by, client_ids)
    held = standing_by_client(list(client_ids), scale_id)
    known = circumstances_of(held)
    rows = [
        confirmed_row(one, client_id, by=by, on=on, reason=reason, known=known[client_id])
        for client_id, one in held.items()
        if one.measured_on < on
    ]
    if not rows:
        return Confirmed(None, 0, len(client_ids))
    with writing(by=by, verb=VERB, count=len(rows)) as recording:
        record_measurements(by=by, rows=rows)
    return Confirmed(recording.number, len(rows), len(client_ids) - len(rows))


def take_back_confirming(*, by: Actor, number: int) -> int:
    """Withdraw one's own confirming, except what somebody corrected since; returns how many were withdrawn."""
    by.require("confirm_placements")
    require_own_recording(by, number, {VERB, "record_measurements"})
    ids = list(Measurement.objects.filter(recording=number).values_list("pk", flat=True))
    return withdraw_measurements(by=by, measurement_ids=ids)
