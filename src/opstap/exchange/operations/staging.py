"""Staging a file for the browser: read, checked, kept encrypted, corrected cell by cell, emptied in time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.exchange.enums import BatchState, Halt
from opstap.exchange.logic.cells import Cell
from opstap.exchange.models import ImportBatch, RememberedMapping, StagedRow
from opstap.exchange.operations.halting import ImportHalted, locked_batch, require_importer
from opstap.exchange.selectors.checking import Checked, check_file
from opstap.exchange.selectors.files import merged_overrides, read_file, remembered_overrides
from opstap.exchange.selectors.staging import (
    StagedLine,
    checked_batch,
    lines_of,
    problems_as_stored,
    sealed_line,
    staged_lines,
)
from opstap.exchange.selectors.terms import terms_for
from opstap.foundation import dates
from opstap.foundation.bulk import insert_rows
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on

_COLUMNS = ("batch_id", "number", "row_class", "has_warning", "content")
_PART = 500


def stage_file(
    *,
    by: Actor,
    municipality: Municipality,
    content: bytes,
    file_name: str,
    scale: str | None = None,
    reference_date: date | None = None,
    overrides: Mapping[str, str] | None = None,
) -> ImportBatch:
    """Read and check a file and keep its rows, encrypted, until somebody confirms.

    SpreadsheetRefused, ColumnsRefused or UnknownScale when it comes to nothing; nothing is kept then.
    """
    require_importer(by, municipality)
    file = read_file(content, file_name)
    terms = terms_for(municipality, scale_key=scale, reference_date=reference_date)
    chosen = merged_overrides(remembered_overrides(municipality, file.headings), overrides or {})
    checked = check_file(file, terms=terms, overrides=chosen)
    lines = lines_of(file, checked)
    sealed = [sealed_line(line) for line in lines]
    batch = batch_of(by, checked)
    with writing(by=by, verb="stage_import", about=batch.reference, count=len(lines)):
        batch.save()
        _insert(batch, lines, sealed)
    return batch


def change_cell(
    *, by: Actor, batch: ImportBatch, row_number: int, heading: str, value: str, opened_on: str | None = None
) -> ImportBatch:
    """Correct one cell and check the file again. KeyError when the file has no such row or heading.

    ImportHalted when the batch is another by now than on the page of `opened_on`, its digest; the same for columns.
    """
    require_importer(by, batch.municipality)
    _require_opened(batch, opened_on)
    if heading not in batch.headings:
        raise KeyError(heading)
    place = batch.headings.index(heading)
    lines = _waiting(batch)
    if all(line.number != row_number for line in lines):
        raise KeyError(row_number)
    changed = [_with_cell(line, place, value) if line.number == row_number else line for line in lines]
    said = (str(row_number), heading, value)
    return _check_again(by, batch, lines, changed, verb="change_import_cell", said=said)


def change_mapping(
    *, by: Actor, batch: ImportBatch, overrides: Mapping[str, str], opened_on: str | None = None
) -> ImportBatch:
    """Say which heading means which field, check again, and remember it for the next file of this source."""
    require_importer(by, batch.municipality)
    _require_opened(batch, opened_on)
    lines = _waiting(batch)
    batch.overrides = dict(overrides)
    said = tuple(f"{heading}={field}" for heading, field in sorted(overrides.items()))
    return _check_again(by, batch, lines, lines, verb="change_import_mapping", said=said)


def check_batch(*, by: Actor, batch: ImportBatch) -> ImportBatch:
    """Check the staged rows against what is known now."""
    require_importer(by, batch.municipality)
    lines = _waiting(batch)
    return _check_again(by, batch, lines, lines, verb="check_import")


def empty_old_staging(*, by: Actor, now: datetime) -> int:
    """Empty staged rows that are older than their municipality keeps them; returns how many there were."""
    by.require("import_clients")
    emptied = 0
    for municipality in Municipality.objects.all():
        days = int(setting_on(municipality.pk, "staging_days", now.astimezone(dates.AMSTERDAM).date()))
        old = StagedRow.objects.filter(batch__municipality=municipality, batch__made_at__lt=now - timedelta(days=days))
        count = old.count()
        if count:
            with writing(by=by, verb="empty_old_staging", about=municipality.reference, count=count):
                old.delete()
        emptied += count
    return emptied


def batch_of(by: Actor, checked: Checked) -> ImportBatch:
    """A batch for a file that was checked, not yet saved."""
    file, terms = checked.file, checked.terms
    return ImportBatch(
        municipality=terms.municipality,
        file_name=file.name,
        file_digest=file.digest,
        source=file.source,
        headings=list(file.headings),
        overrides=dict(checked.overrides),
        notes=list(file.notes),
        scale_key=terms.scale.key,
        reference_date=terms.reference_date,
        result=result_of(checked),
        made_by=by.reference,
        made_by_name=by.name[:120],
        made_at=dates.now(),
    )


def result_of(checked: Checked) -> dict[str, Any]:
    """What a batch keeps of its check: numbers, names to be made, and problems of the headings; nothing of a person."""
    rows = {row.number for row in checked.file.rows}
    plan = checked.plan
    return {
        **checked.counts(),
        "new_teams": list(plan.new_teams),
        "new_workers": [worker.name for worker in plan.new_workers],
        "large_change": plan.large_change.as_counts(),
        "column_problems": problems_as_stored(problem for problem in checked.problems if problem.row not in rows),
    }


def remember_mapping(batch: ImportBatch) -> None:
    """Keep what was chosen for the columns of this source; called within a transaction on record."""
    kept = RememberedMapping.objects.filter(municipality=batch.municipality, source=batch.source)
    if batch.overrides:
        RememberedMapping.objects.update_or_create(
            municipality=batch.municipality, source=batch.source, defaults={"overrides": batch.overrides}
        )
    else:
        kept.delete()


def _require_opened(batch: ImportBatch, opened_on: str | None) -> None:
    """None says that no page was; whoever changes it after this is met under the lock."""
    if opened_on is not None and opened_on != batch.file_digest:
        raise ImportHalted(Halt.OTHER_FILE)


def _waiting(batch: ImportBatch) -> list[StagedLine]:
    lines = staged_lines(batch)
    if not lines:
        raise ImportHalted(Halt.NOTHING_STAGED)
    return lines


def _with_cell(line: StagedLine, place: int, value: str) -> StagedLine:
    cells: list[Cell] = list(line.cells)
    cells[place] = value.strip() or None
    return replace(line, cells=tuple(cells))


def _check_again(
    by: Actor,
    batch: ImportBatch,
    before: Sequence[StagedLine],
    lines: Sequence[StagedLine],
    *,
    verb: str,
    said: Sequence[str] = (),
) -> ImportBatch:
    """Check outside the transaction; within it only the rows that read otherwise are put anew."""
    checked = checked_batch(batch, lines)
    found = lines_of(checked.file, checked)
    otherwise = [new for old, new in zip(before, found, strict=True) if old != new]
    sealed = [sealed_line(line) for line in otherwise]
    with writing(by=by, verb=verb, about=batch.reference):
        held = locked_batch(batch, BatchState.CHECKED, Halt.NOT_CHECKED)
        if held.file_digest != batch.file_digest:
            raise ImportHalted(Halt.OTHER_FILE)  # a colleague corrected it meanwhile
        held.overrides, held.result = dict(batch.overrides), result_of(checked)
        held.file_digest = _digest_after(held, said)
        held.save()
        if verb == "change_import_mapping":
            remember_mapping(held)
        _remove(held, [line.number for line in otherwise])
        _insert(held, otherwise, sealed)
    return held


def _digest_after(batch: ImportBatch, said: Sequence[str]) -> str:
    """The file with a correction is another file: who looked at the earlier one can't confirm this one unseen."""
    if not said:
        return batch.file_digest
    return hashlib.sha256("\n".join([batch.file_digest, *said]).encode()).hexdigest()


def _insert(batch: ImportBatch, lines: Iterable[StagedLine], sealed: Iterable[bytes]) -> None:
    rows = [
        (batch.pk, line.number, line.row_class, line.has_warning, content)
        for line, content in zip(lines, sealed, strict=True)
    ]
    insert_rows(StagedRow, _COLUMNS, rows)


def _remove(batch: ImportBatch, numbers: Sequence[int]) -> None:
    for start in range(0, len(numbers), _PART):
        StagedRow.objects.filter(batch=batch, number__in=numbers[start : start + _PART]).delete()
