"""Staged rows: how they lie encrypted, and the file they make up again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from opstap.exchange.logic import Problem
from opstap.exchange.logic.cells import Cell
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.selectors.checking import Checked, check_file
from opstap.exchange.selectors.files import FileRead
from opstap.exchange.selectors.terms import terms_for
from opstap.foundation.crypto import Cipher


@dataclass(frozen=True)
class StagedLine:
    """A row of a file that waits: its cells as in the file, its class and its problems."""

    number: int
    cells: tuple[Cell, ...]
    row_class: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def has_warning(self) -> bool:
        """Whether something is said that doesn't stop it."""
        return any(problem.severity == "warning" for problem in self.problems)


@cache
def staging_cipher() -> Cipher:
    """Rows that wait hold BSNs: they are encrypted with that key, bound to this place."""
    return Cipher(settings.OPSTAP_KEYS.of("bsn"), "import staging")


def sealed_line(line: StagedLine) -> bytes:
    """The cells and problems of a row, encrypted."""
    problems = [asdict(problem) for problem in line.problems]
    text = json.dumps({"cells": line.cells, "problems": problems}, default=_day, ensure_ascii=False)
    return staging_cipher().encrypt(text)


def staged_lines(
    batch: ImportBatch, *, row_class: str = "", with_warning: bool = False, start: int = 0, stop: int | None = None
) -> list[StagedLine]:
    """The rows of a batch in the order of the file: all, those of one class, or those with a warning; or a part."""
    rows = StagedRow.objects.filter(batch=batch).order_by("number")
    if row_class:
        rows = rows.filter(row_class=row_class)
    if with_warning:
        rows = rows.filter(has_warning=True)
    return [_opened(*row) for row in rows.values_list("number", "row_class", "content")[start:stop]]


def staged_line(batch: ImportBatch, number: int) -> StagedLine | None:
    """One row of a batch."""
    row = StagedRow.objects.filter(batch=batch, number=number).values_list("number", "row_class", "content").first()
    return None if row is None else _opened(*row)


def staged_file(batch: ImportBatch, lines: Sequence[StagedLine]) -> FileRead:
    """The file as it was staged, cells corrected since included."""
    return FileRead(batch.file_name, batch.file_digest, tuple(batch.headings), lines, tuple(batch.notes))


def checked_batch(batch: ImportBatch, lines: Sequence[StagedLine], *, strict: bool = False) -> Checked:
    """The check of a batch against what is known now."""
    terms = terms_for(batch.municipality, scale_key=batch.scale_key, reference_date=batch.reference_date, strict=strict)
    return check_file(staged_file(batch, lines), terms=terms, overrides=batch.overrides)


def lines_of(file: FileRead, checked: Checked) -> list[StagedLine]:
    """The rows of a file with what the check said of each."""
    problems: dict[int, list[Problem]] = {}
    for problem in checked.problems:
        problems.setdefault(problem.row, []).append(problem)
    never = {place for place, _reason in checked.columns.left_out}
    return [
        StagedLine(
            row.number,
            _without(tuple(row.cells), never),
            checked.row_class(row.number),
            tuple(problems.get(row.number, ())),
        )
        for row in file.rows
    ]


def _without(cells: tuple[Cell, ...], never: set[int]) -> tuple[Cell, ...]:
    """What Opstap doesn't hold of anyone isn't kept for a while either."""
    return tuple(None if place in never else cell for place, cell in enumerate(cells)) if never else cells


def problems_as_stored(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as a batch keeps them."""
    return [asdict(problem) for problem in problems]


def _opened(number: int, row_class: str, content: bytes | memoryview) -> StagedLine:
    held = json.loads(staging_cipher().decrypt(bytes(content)))
    cells = tuple(date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in held["cells"])
    return StagedLine(number, cells, row_class, tuple(Problem(**problem) for problem in held["problems"]))


def _day(value: object) -> dict[str, str]:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(type(value).__name__)
