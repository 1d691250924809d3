"""Confirming an import: checked and encrypted before, then everything in one recording, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from opstap.audit.models import Recording
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.exchange.enums import BatchState, Halt, RowClass
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations.applying import Sealed, apply_plan, sealed_persons
from opstap.exchange.operations.halting import ImportHalted, locked_batch, require_importer
from opstap.exchange.operations.staging import batch_of, remember_mapping, result_of
from opstap.exchange.selectors.checking import Checked, planned_again
from opstap.exchange.selectors.collecting import collector_paused
from opstap.exchange.selectors.halts import halt_of
from opstap.exchange.selectors.staging import checked_batch, staged_lines
from opstap.exchange.selectors.terms import NOT_MADE
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality

ATTEMPTS = 3
ALWAYS = date(1900, 1, 1)


@dataclass(frozen=True)
class _Decisions:
    """What whoever imports has agreed to."""

    skip_refused: bool
    accept_large_change: bool


@dataclass(frozen=True)
class Imported:
    """An import that was carried out, and how many seconds other writers waited for it."""

    batch: ImportBatch
    checked: Checked
    seconds_locked: float


class _Outdated(Exception):
    """Something was recorded since the plan was made."""


def confirm_batch(
    *,
    by: Actor,
    batch: ImportBatch,
    file_digest: str,
    skip_refused: bool = False,
    accept_large_change: bool = False,
    strict: bool = False,
) -> Imported:
    """Carry out a staged import, of the very file that was looked at. ImportHalted says why not.

    Afterwards only the refused rows stay staged, so that they can still be downloaded.
    """
    require_importer(by, batch.municipality)
    if batch.file_digest != file_digest:
        raise ImportHalted(Halt.OTHER_FILE)
    if batch.state != BatchState.CHECKED.value:
        raise ImportHalted(Halt.NOT_CHECKED, {"state": batch.state})
    lines = staged_lines(batch)
    if not lines:
        raise ImportHalted(Halt.NOTHING_STAGED)

    def settled(checked: Checked, recording: Recording) -> ImportBatch:
        held = locked_batch(batch, BatchState.CHECKED, Halt.NOT_CHECKED)
        if held.file_digest != batch.file_digest:
            raise ImportHalted(Halt.OTHER_FILE)  # a colleague corrected it meanwhile
        StagedRow.objects.filter(batch=held).exclude(row_class=RowClass.REFUSED.value).delete()
        return _confirmed(held, checked, recording)

    checked = checked_batch(batch, lines, strict=strict)
    return _carry_out(by, checked, _Decisions(skip_refused, accept_large_change), settled)


def import_checked(
    *, by: Actor, checked: Checked, skip_refused: bool = False, accept_large_change: bool = False
) -> Imported:
    """Carry out the import of a file that was checked just now, as the command does: nothing of it is staged.

    The batch it leaves holds numbers only, so that the import can be undone. ImportHalted says why not.
    """
    require_importer(by, checked.terms.municipality)

    def settled(checked: Checked, recording: Recording) -> ImportBatch:
        return _confirmed(batch_of(by, checked), checked, recording)

    return _carry_out(by, checked, _Decisions(skip_refused, accept_large_change), settled)


def _carry_out(
    by: Actor, checked: Checked, decisions: _Decisions, settled: Callable[[Checked, Recording], ImportBatch]
) -> Imported:
    for _ in range(ATTEMPTS):
        halt = halt_of(checked, skip_refused=decisions.skip_refused, accept_large_change=decisions.accept_large_change)
        if halt is not None:
            raise ImportHalted(halt.code, halt.params, checked)
        persons = sealed_persons(checked.plan.additions.persons)
        try:
            return _written(by, checked, persons, settled)
        except _Outdated:
            checked = planned_again(_with_municipality_of_another(checked))
    raise ImportHalted(Halt.CHANGED_MEANWHILE, checked=checked)


def _written(
    by: Actor, checked: Checked, persons: Sealed, settled: Callable[[Checked, Recording], ImportBatch]
) -> Imported:
    with (
        collector_paused(),
        writing(by=by, verb="import_file", about=checked.file.digest, count=len(checked.rows)) as recording,
    ):
        since = perf_counter()
        if recording.number != checked.plan.recording + 1:
            raise _Outdated
        checked = _with_municipality(by, checked)
        apply_plan(by, checked.terms, checked.plan, persons)
        batch = settled(checked, recording)
    seconds = perf_counter() - since
    return Imported(batch, checked, seconds)


def _with_municipality(by: Actor, checked: Checked) -> Checked:
    """The first import of an installation makes its municipality, with the scale of the file as its own."""
    terms = checked.terms
    if terms.municipality_id != NOT_MADE:
        return checked
    made = create_municipality(by=by, name=terms.municipality.name, default_scale=terms.scale.key, since=ALWAYS)
    return replace(checked, terms=replace(terms, municipality=made))


def _with_municipality_of_another(checked: Checked) -> Checked:
    """When another import made the first municipality meanwhile, this one goes into it, if it has the same name."""
    terms = checked.terms
    if terms.municipality_id != NOT_MADE:
        return checked
    standing = {one.name: one for one in Municipality.objects.all()}  # one read: two would see two moments
    made = standing.get(terms.municipality.name)
    if made is not None:
        return replace(checked, terms=replace(terms, municipality=made))
    if standing:
        raise ImportHalted(Halt.CHANGED_MEANWHILE, checked=checked)
    return checked


def _confirmed(batch: ImportBatch, checked: Checked, recording: Recording) -> ImportBatch:
    batch.state, batch.recording, batch.result = BatchState.CONFIRMED.value, recording, result_of(checked)
    batch.save()
    remember_mapping(batch)
    return batch
