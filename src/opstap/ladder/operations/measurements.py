"""Recording, confirming, correcting and withdrawing placements. A correction names the row it replaces."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from opstap.audit.operations import append_facts, require_standing, require_unchanged, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import TraitRow
from opstap.clients.models import Client
from opstap.clients.operations import record_traits, withdraw_held_fact
from opstap.clients.permissions import require_reach
from opstap.foundation import dates
from opstap.ladder.logic import MeasurementRow, MeasurementsRefused, Remark, Surroundings, faults_of, warnings_of
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.circumstances import Circumstances, circumstances_of
from opstap.ladder.selectors.measurements import standing_measurement, surroundings, what_stands


def record_measurement(
    *,
    by: Actor,
    row: MeasurementRow,
    traits: Sequence[TraitRow] = (),
    ended: Collection[int] = (),
    instead_of: Collection[int] = (),
) -> list[Remark]:
    """Record one placement, with the traits of the client that came up; returns the warnings.

    `ended` are traits of that very day that do not hold after all; `instead_of` are placements that give way to it,
    for its reason.
    """
    with writing(by=by, verb="record_measurement"):
        if instead_of:
            withdraw_measurements(by=by, measurement_ids=instead_of, why=row.why)
        remarks = record_measurements(by=by, rows=[row])
        if traits:
            record_traits(by=by, rows=traits)
        for pk in ended:
            withdraw_held_fact(by=by, what="trait", pk=pk, why=row.why)
    return remarks


def record_measurements(
    *, by: Actor, rows: Sequence[MeasurementRow], around: Surroundings | None = None
) -> list[Remark]:
    """Record placements, all or none; returns the warnings. MeasurementsRefused names row and reason;
    ReplacedMeanwhile says that somebody else corrected one since.

    `around` may be given by a caller that has read it already and knows that nothing was written since; so may only
    an import, whose clients were found by its own municipality. It can ask for the warnings by itself.
    """
    if not by.may("import_clients"):
        by.require("record_placements")
    if not rows:
        return []
    if around is None:
        require_reach(by, {row.client_id for row in rows})
    with writing(by=by, verb="record_measurements", count=len(rows)) as recording:
        if around is None:
            require_standing(Measurement, [row.replaces_id for row in rows if row.replaces_id is not None])
        known = around or surroundings({row.client_id for row in rows})
        faults = faults_of(rows, known, dates.today())
        if faults:
            raise MeasurementsRefused(faults)
        append_facts(Measurement, rows, recording=recording)
    return warnings_of(rows, known) if around is None else []


def confirm_measurement(
    *, by: Actor, client: Client, scale_id: int, on: date, reason: str, opened_on: str | None = None
) -> list[Remark]:
    """Looked at again and unchanged: the same placement on another day. MeasurementsRefused when never placed.

    `opened_on` is the placement that was shown, as a version: ReplacedMeanwhile when another one stands.
    """
    by.require("confirm_placements")
    with writing(by=by, verb="record_measurement"):
        held = standing_measurement(client.pk, scale_id)
        if held is None:
            raise MeasurementsRefused([Remark(0, "never_placed")])
        if held.measured_on == on:
            raise MeasurementsRefused([Remark(0, "placed_today_already")])
        require_unchanged("placement", what_stands(held), opened_on)
        known = circumstances_of([client.pk])[client.pk]
        row = confirmed_row(held, client.pk, by=by, on=on, reason=reason, known=known)
        return record_measurements(by=by, rows=[row])


def withdraw_measurements(*, by: Actor, measurement_ids: Collection[int], why: str = "") -> int:
    """Withdraw placements that should not have been there, with the reason; returns how many still stood."""
    by.require("record_placements")
    require_reach(by, set(Measurement.objects.filter(pk__in=measurement_ids).values_list("client_id", flat=True)))
    with writing(by=by, verb="withdraw_measurements", count=len(measurement_ids)) as recording:
        return withdraw_facts(Measurement, measurement_ids, recording=recording, said={"why": why} if why else None)


def confirmed_row(
    held: Measurement, client_id: int, *, by: Actor, on: date, reason: str, known: Circumstances
) -> MeasurementRow:
    """The same placement on another day, looked at by whoever confirms it; in the dossier that is kept.

    Its traits are those of that day, as far as they are known.
    """
    copies: dict[str, Any] = known.copies_on(on, held)
    return replace(
        row_of(held), client_id=client_id, measured_on=on, reason=reason,
        worker_id=by.user_id, answers="", found_level_id=None,
        override_reason="", why="", replaces_id=None, **copies,
    )  # fmt: skip


def row_of(measurement: Measurement) -> MeasurementRow:
    """A placement as the row that would record it."""
    given = {field.name: getattr(measurement, field.name) for field in fields(MeasurementRow)}
    return MeasurementRow(**given)
