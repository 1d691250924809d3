"""Confirming many unchanged placements at once, and taking that back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from opstap.audit.operations import ReplacedMeanwhile, writing
from opstap.audit.permissions import Actor
from opstap.clients.permissions import require_own_recording, require_reach
from opstap.foundation.versions import version_of_values
from opstap.ladder.models import Measurement
from opstap.ladder.operations.measurements import confirmed_row, record_measurements, withdraw_measurements
from opstap.ladder.selectors.circumstances import circumstances_of
from opstap.ladder.selectors.measurements import LISTED, standing_by_client, what_a_list_shows

VERB = "confirm_measurements"


@dataclass(frozen=True)
class Confirmed:
    """The recording in which it was done (None: nobody could be), how many, and how many have nothing to confirm.

    `changed` are those who stand elsewhere than was shown: of them nothing was confirmed.
    """

    number: int | None
    clients: int
    left: int
    changed: tuple[int, ...] = ()


def confirm_measurements(
    *,
    by: Actor,
    client_ids: Collection[int],
    scale_id: int,
    on: date,
    reason: str,
    shown: Mapping[int, str] | None = None,
) -> Confirmed:
    """Looked at again and unchanged, for each of these clients, in one recording.

    Left alone: who was never placed on this scale, who was placed on the day already or later, and who stands elsewhere
    than `shown`, where the list that they were ticked on says so by client, as versions. ReplacedMeanwhile when one of
    them was placed at this very moment.
    """
    by.require("confirm_placements")
    require_reach(by, client_ids)
    held = standing_by_client(list(client_ids), scale_id)
    due = {client_id: one for client_id, one in held.items() if one.measured_on < on}
    changed = tuple(pk for pk, one in due.items() if shown is not None and _listed(one) != shown.get(pk, ""))
    meant = {client_id: one for client_id, one in due.items() if client_id not in changed}
    left = len(client_ids) - len(due)
    if not meant:
        return Confirmed(None, 0, left, changed)
    known = circumstances_of(meant)
    rows = [
        confirmed_row(one, client_id, by=by, on=on, reason=reason, known=known[client_id])
        for client_id, one in meant.items()
    ]
    with writing(by=by, verb=VERB, count=len(rows)) as recording:
        if standing_by_client(list(meant), scale_id) != meant:
            raise ReplacedMeanwhile(Measurement._meta.label_lower)
        record_measurements(by=by, rows=rows)
    return Confirmed(recording.number, len(rows), left, changed)


def _listed(held: Measurement) -> str:
    return version_of_values(LISTED, what_a_list_shows(held))


def take_back_confirming(*, by: Actor, number: int) -> int:
    """Withdraw one's own confirming, except what somebody corrected since; returns how many were withdrawn."""
    by.require("confirm_placements")
    require_own_recording(by, number, {VERB, "record_measurements"})
    ids = list(Measurement.objects.filter(recording=number).values_list("pk", flat=True))
    return withdraw_measurements(by=by, measurement_ids=ids)
