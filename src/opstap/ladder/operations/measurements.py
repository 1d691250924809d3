"""Recording, correcting and withdrawing placements. A correction is a row that names the one it replaces."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from opstap.audit.operations import append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.ladder.logic import MeasurementRow, MeasurementsRefused, Remark, Surroundings, faults_of, warnings_of
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import surroundings


def record_measurement(*, by: Actor, row: MeasurementRow) -> list[Remark]:
    """Record one placement; returns the warnings."""
    return record_measurements(by=by, rows=[row])


def record_measurements(
    *, by: Actor, rows: Sequence[MeasurementRow], around: Surroundings | None = None
) -> list[Remark]:
    """Record placements, all or none; returns the warnings. MeasurementsRefused names row and reason.

    `around` may be given by a caller that has read it already and knows that nothing was written since.
    """
    if not by.may("import_clients"):
        by.require("record_placements")
    if not rows:
        return []
    with writing(by=by, verb="record_measurements", count=len(rows)) as recording:
        known = around or surroundings({row.client_id for row in rows})
        faults = faults_of(rows, known, dates.today())
        if faults:
            raise MeasurementsRefused(faults)
        append_facts(Measurement, rows, recording=recording)
    return warnings_of(rows, known)


def withdraw_measurements(*, by: Actor, measurement_ids: Collection[int]) -> int:
    """Withdraw placements that should not have been there; returns how many still stood."""
    by.require("record_placements")
    with writing(by=by, verb="withdraw_measurements", count=len(measurement_ids)) as recording:
        return withdraw_facts(Measurement, measurement_ids, recording=recording)
