"""A file as read, where it comes from, and what was chosen for files of that source before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from opstap.exchange.logic import heading_score, normalise, still_present
from opstap.exchange.logic.cells import RowLike
from opstap.exchange.models import RememberedMapping
from opstap.foundation.spreadsheets.reading import read_table
from opstap.foundation.spreadsheets.tables import Row
from opstap.municipality.models import Municipality

OWN_COLUMN = "Opstap:"


@dataclass(frozen=True)
class FileRead:
    """The table of a file with what was noted while reading; rows carry their number as in the file."""

    name: str
    digest: str
    headings: tuple[str, ...]
    rows: Sequence[RowLike]
    notes: tuple[dict[str, Any], ...] = ()

    @property
    def source(self) -> str:
        """What files of one source have in common: the same headings, in whatever order."""
        return source_of(self.headings)

    @property
    def heading_row(self) -> int:
        """The row of the headings."""
        return next((int(note["heading_row"]) for note in self.notes if "heading_row" in note), 1)


def read_file(content: bytes, name: str) -> FileRead:
    """Read a spreadsheet. SpreadsheetRefused says why a file can't be read as one."""
    table = read_table(content, name, heading_score=heading_score)
    notes = tuple({"code": note.code, **note.params} for note in table.notes)
    file = FileRead(name[-200:], hashlib.sha256(content).hexdigest(), table.headings, table.rows, notes)
    return _without_own_columns(file)


def _without_own_columns(file: FileRead) -> FileRead:
    """A file of refused rows that comes back: what Opstap wrote beside the rows is not part of them."""
    places = [place for place, heading in enumerate(file.headings) if not heading.startswith(OWN_COLUMN)]
    if len(places) == len(file.headings):
        return file
    rows = [Row(row.number, tuple(row.cells[place] for place in places)) for row in file.rows]
    return replace(file, headings=tuple(file.headings[place] for place in places), rows=rows)


def source_of(headings: Sequence[str]) -> str:
    """A digest of the headings, whatever their order, capitals and punctuation."""
    words = sorted(normalise(heading) for heading in headings)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def merged_overrides(remembered: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What is chosen now goes before what was chosen before, however the heading is spelt."""
    chosen = {normalise(heading) for heading in given}
    return {heading: field for heading, field in remembered.items() if normalise(heading) not in chosen} | dict(given)


def remembered_overrides(municipality: Municipality, headings: Sequence[str]) -> dict[str, str]:
    """What somebody chose last for the columns of this source."""
    kept = RememberedMapping.objects.filter(municipality_id=municipality.pk or 0, source=source_of(headings)).first()
    return {} if kept is None else still_present(dict(kept.overrides), headings)
