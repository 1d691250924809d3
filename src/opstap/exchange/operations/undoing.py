"""Undoing a whole import by superseding what it added."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.audit.models import FactQuerySet, Recording
from opstap.audit.operations import undo_recording, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import (
    Address,
    Assignment,
    Barrier,
    BenefitSpell,
    Exemption,
    FollowUp,
    KeptValue,
    Person,
    Trait,
)
from opstap.clients.operations import release_bsns
from opstap.exchange.enums import BatchState, Halt
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations.halting import ImportHalted, locked_batch, require_importer
from opstap.ladder.models import Measurement

_TABLES = (
    Person, Address, FollowUp, BenefitSpell, Assignment, Trait, Barrier, Exemption, KeptValue, Measurement,
)  # fmt: skip


@dataclass(frozen=True)
class Undone:
    """How many rows of the import no longer hold, and how many stay because somebody corrected them since."""

    superseded: int
    left: int


def undo_import(*, by: Actor, batch: ImportBatch) -> Undone:
    """Supersede what an import added, except what was corrected since. ImportHalted when it doesn't stand.

    Teams and workers it made stay, and so do the client numbers: they are taken up when the file is read again.
    """
    require_importer(by, batch.municipality)
    with writing(by=by, verb="undo_import", about=batch.reference) as recording:
        held = locked_batch(batch, BatchState.CONFIRMED, Halt.NOT_CONFIRMED)
        if held.recording is None:
            raise ImportHalted(Halt.NOT_CONFIRMED, {"state": held.state})
        left = _corrected_since(held.recording)
        touched = undo_recording(held.recording, recording=recording)
        release_bsns(by=by, undone=held.recording)
        StagedRow.objects.filter(batch=held).delete()
        held.state, held.undone_in = BatchState.UNDONE.value, recording
        held.save()
    return Undone(sum(touched.values()), left)


def _corrected_since(undone: Recording) -> int:
    return sum(FactQuerySet(model).filter(recording=undone, replaced_by__isnull=False).count() for model in _TABLES)
