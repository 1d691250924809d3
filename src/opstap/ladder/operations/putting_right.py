"""Withdrawing a placement, and moving one to the person it belongs to, each with the traits recorded with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from opstap.audit.operations import require_standing, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.operations import record_traits, withdraw_held_fact
from opstap.ladder.logic import Remark, changed_trait
from opstap.ladder.models import Measurement
from opstap.ladder.operations.measurements import record_measurement, row_of, withdraw_measurements
from opstap.ladder.selectors.beside import RecordedWith, person_of, recorded_with
from opstap.ladder.selectors.circumstances import STANDARD, Circumstances, circumstances_of
from opstap.ladder.selectors.measurements import standing_on


def withdraw_measurement(*, by: Actor, measurement: Measurement, why: str) -> None:
    """A placement that should not have been there; the traits recorded with it were not said either.

    ReplacedMeanwhile when it was corrected or withdrawn since it was read.
    """
    by.require("record_placements")
    with writing(by=by, verb="withdraw_measurement"):
        require_standing(Measurement, [measurement.pk])
        beside = recorded_with(measurement)
        withdraw_measurements(by=by, measurement_ids=[measurement.pk], why=why)
        _take_back(by, beside, why)


def move_measurement(
    *, by: Actor, measurement: Measurement, to: Client, why: str, takes_over: bool = False, is_second: bool = False
) -> list[Remark]:
    """Entered for the wrong client: withdrawn there and recorded here with its traits, at once or not at all.

    Of a day that is taken here it is said whether this one `takes_over` or `is_second`; else it is refused.
    """
    by.require("record_placements")
    day, beside = measurement.measured_on, recorded_with(measurement)
    own = circumstances_of([person_of(measurement)]).popitem()[1]
    theirs = circumstances_of([to.pk])[to.pk]
    taken = standing_on(to.pk, measurement.scale_id, day)
    second = taken is not None and (is_second or measurement.second_assessment)
    over = taken if takes_over and not second else None
    row = replace(
        row_of(measurement),
        client_id=over.client_id if over else to.pk,
        why=why,
        replaces_id=over.pk if over else None,
        second_assessment=second,
        **_copies(measurement, beside, own, theirs),
    )
    rows = [
        row
        for said in beside.said
        for row in changed_trait(to.pk, said.kind, said.value, said.starts_on, theirs.of(said.kind))
    ]
    with writing(by=by, verb="move_measurement"):
        require_standing(Measurement, [measurement.pk])
        withdraw_measurements(by=by, measurement_ids=[measurement.pk], why=why)
        _take_back(by, beside, why)
        return record_measurement(by=by, row=row, traits=rows)


def _take_back(by: Actor, beside: RecordedWith, why: str) -> None:
    for pk in beside.gone:
        withdraw_held_fact(by=by, what="trait", pk=pk, why=why)
    if beside.again:
        record_traits(by=by, rows=beside.again, why=why)


def _copies(
    measurement: Measurement, beside: RecordedWith, own: Circumstances, theirs: Circumstances
) -> dict[str, Any]:
    """What the placement said itself goes along; what it copied from the wrong person becomes that of the right one."""
    day = measurement.measured_on
    said, held, here = {trait.kind for trait in beside.said}, own.on(day), theirs.on(day)
    copies = {}
    for kind in STANDARD:
        copy: str = getattr(measurement, kind)
        is_own = copy != "" and (kind in said or kind not in held or held[kind].value != copy)
        copies[kind] = copy if is_own else here[kind].value if kind in here else ""
    is_copied = measurement.exempt == "" or (measurement.exempt == "yes" and own.exempt_on(day))
    copied = "yes" if theirs.exempt_on(day) else ""
    return copies | {"exempt": copied if is_copied else measurement.exempt}
