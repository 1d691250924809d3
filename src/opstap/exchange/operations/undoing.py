"""Undoing a whole import by superseding what it added."""

from __future__ import annotations

from opstap.audit.models import Fact, FactQuerySet, Recording
from opstap.audit.operations import Superseding, Undone, fact_models, superseding, undo_recording, writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Alias
from opstap.clients.operations import leave_ended_teams, release_bsns
from opstap.exchange.enums import HOMED, BatchState, Halt
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations.halting import ImportHalted, locked_batch, require_importer


def undo_import(*, by: Actor, batch: ImportBatch) -> Undone:
    """Supersede what an import added, except what somebody corrected since. ImportHalted when it doesn't stand.

    A later import of the same people was made on what this one added, so it has to be undone first.
    Teams and workers it made stay, and so do the client numbers: they are taken up when the file is read again.
    """
    require_importer(by, batch.municipality)
    known, read = latest_recording(), _read(batch)
    with writing(by=by, verb="undo_import", about=batch.reference) as recording:
        held = locked_batch(batch, BatchState.CONFIRMED, Halt.NOT_CONFIRMED)
        if held.recording is None:
            raise ImportHalted(Halt.NOT_CONFIRMED, {"state": held.state})
        _refuse_before_later(held, held.recording)
        if read is None or recording.number != known + 1:
            read = _read(held)  # somebody wrote between reading and this transaction
        result = undo_recording(held.recording, recording=recording, read=read)
        release_bsns(by=by, undone=held.recording)
        leave_ended_teams(by=by, municipality_id=held.municipality_id)
        StagedRow.objects.filter(batch=held).delete()
        held.state, held.undone_in = BatchState.UNDONE.value, recording
        held.save()
    return result


def _homings(*references: str) -> list[Recording]:
    """The recordings that gave what imports kept aside its home: what they made goes with those imports."""
    return list(Recording.objects.filter(events__verb=HOMED, events__about__in=references).distinct())


def _read(batch: ImportBatch) -> Superseding | None:
    """What undoing will add, as it stands now; read before the lock, so that others wait for the inserts only.

    The recordings that gave what it kept aside its home are undone with it.
    """
    if batch.recording is None:
        return None
    undone_before, undoings = _passed(batch)
    together = (batch.recording, *_homings(batch.reference))
    return superseding(*together, undone_before=undone_before, undoings=undoings)


def _passed(batch: ImportBatch) -> tuple[list[int], list[int]]:
    """The recordings of the municipality that were undone, with their homings, and those that undid them."""
    undone = ImportBatch.objects.filter(state=BatchState.UNDONE.value, municipality=batch.municipality)
    pairs = list(undone.filter(recording__isnull=False).values_list("recording_id", "undone_in_id", "reference"))
    passed = [imported for imported, _, _ in pairs]
    passed += [homing.number for homing in _homings(*(reference for _, _, reference in pairs))]
    return passed, [undoing for _, undoing, _ in pairs]


def discard_import(*, by: Actor, batch: ImportBatch) -> None:
    """Throw an import away that was not carried out: its rows are no longer kept. ImportHalted when it was."""
    require_importer(by, batch.municipality)
    with writing(by=by, verb="discard_import", about=batch.reference):
        held = locked_batch(batch, BatchState.CHECKED, Halt.NOT_CHECKED)
        StagedRow.objects.filter(batch=held).delete()
        held.state = BatchState.DISCARDED.value
        held.save()


def _refuse_before_later(batch: ImportBatch, recording: Recording) -> None:
    later = ImportBatch.objects.filter(
        municipality=batch.municipality, state=BatchState.CONFIRMED.value, recording__gt=recording.number
    ).order_by("-recording")
    people = _people_of(recording) if later else set()
    for other in later:
        if other.recording is not None and _persons(people, other) & _persons(_people_of(other.recording), other):
            raise ImportHalted(Halt.LATER_IMPORT, {"file": other.file_name, "reference": other.reference})


def _persons(dossiers: set[int], batch: ImportBatch) -> set[int]:
    """Whose dossiers these are, as merged when that import was made: it was compared with all dossiers of a person."""
    merges = Alias.objects.filter(kept__municipality=batch.municipality, withdrawn=False)
    kept = dict(merges.filter(recording__lt=batch.recording_id).values_list("client", "kept"))
    return {kept.get(dossier, dossier) for dossier in dossiers}


def _people_of(recording: Recording) -> set[int]:
    """The clients that a recording wrote about."""
    people: set[int] = set()
    for model in fact_models():
        column = next((one.attname for one in model._meta.concrete_fields if one.attname == "client_id"), None)
        if column is not None:
            rows: FactQuerySet[Fact] = FactQuerySet(model).filter(recording=recording)
            people.update(rows.values_list(column, flat=True).distinct())
    return people
