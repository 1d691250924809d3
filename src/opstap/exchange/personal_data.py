"""What this room holds about one client: rows of files that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from opstap.audit.operations import Erasing
from opstap.audit.personal_data import Colleague, HeldRow
from opstap.audit.selectors.sealed import SealedTable, sealed_by
from opstap.clients.models import Client, Person
from opstap.clients.selectors.bsn import bsn_cipher
from opstap.exchange.logic import ColumnMap, parse, recognise
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.selectors.files import FileRead
from opstap.exchange.selectors.staging import StagedLine, staged_file, staged_lines, staging_cipher
from opstap.exchange.selectors.terms import terms_for
from opstap.exchange.selectors.vocabulary import vocabulary_of

BSN_DIGITS = 9


SEALED = {"exchange.stagedrow": SealedTable(StagedRow.objects.all, sealed_by(staging_cipher, "content"))}


def personal_data_of(client: Client) -> list[HeldRow]:
    """The staged rows with the client's number, or with a BSN the client has or had in whatever cell.

    Of a row in which that BSN stands elsewhere than in the column of who the row is about, as that of a partner, only
    the place is given: what it says is about somebody else. A row without either can't be told to be about this client
    and isn't given; nor is one where the number stands in a column that was not recognised. Staged rows are emptied
    after some weeks (setting `staging_days`).
    """
    return [_held(batch, line, cells) for batch, line, cells in _lines_about(client)]


def erase(client: Client, erasing: Erasing) -> None:
    """The same rows, and what a check said of them: a file that still waits is checked again without them."""
    wanted: dict[int, list[int]] = {}
    for batch, line, _cells_of in _lines_about(client):
        wanted.setdefault(batch.pk, []).append(line.number)
    gone = 0
    for batch_id, numbers in wanted.items():
        gone += StagedRow.objects.filter(batch=batch_id, number__in=numbers).delete()[0]
    erasing.gone["exchange.stagedrow"] = erasing.gone.get("exchange.stagedrow", 0) + gone


def _lines_about(client: Client) -> Iterator[tuple[ImportBatch, StagedLine, dict[str, Any]]]:
    bsns = _bsns(client)
    for batch in ImportBatch.objects.filter(municipality=client.municipality_id, rows__isnull=False).distinct():
        lines = staged_lines(batch)
        file = staged_file(batch, lines)
        columns = recognise(file.headings, overrides=batch.overrides, row=file.heading_row)
        numbered = set(_rows_numbered(batch, file, columns, client.number))
        for line in lines:
            own = line.number in numbered or _is_of_one_of(line, columns, bsns)
            if own or _names_one_of(line, bsns):
                yield batch, line, _cells(line, columns) if own else {}


def _bsns(client: Client) -> set[str]:
    sealed = Person.objects.filter(client=client, bsn_encrypted__isnull=False).values_list("bsn_encrypted", flat=True)
    return {bsn_cipher().decrypt(bytes(one)) for one in sealed if one is not None}


def _rows_numbered(batch: ImportBatch, file: FileRead, columns: ColumnMap, number: str) -> Iterator[int]:
    if not columns.usable:
        return
    terms = terms_for(batch.municipality, scale_key=batch.scale_key, reference_date=batch.reference_date)
    rows, _problems = parse(file, columns, vocabulary_of(terms))
    yield from (row.number for row in rows if row.client_number == number)


def _is_of_one_of(line: StagedLine, columns: ColumnMap, bsns: set[str]) -> bool:
    place = columns.places.get("bsn")
    return place is not None and place < len(line.cells) and _digits(line.cells[place]) in bsns


def _names_one_of(line: StagedLine, bsns: set[str]) -> bool:
    return any(_digits(cell) in bsns for cell in line.cells)


def _digits(cell: object) -> str:
    """The digits of a cell, with the leading zero that spreadsheets lose."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    digits = "".join(letter for letter in text if letter.isdigit())
    return f"0{digits}" if len(digits) == BSN_DIGITS - 1 else digits


def _cells(line: StagedLine, columns: ColumnMap) -> dict[str, Any]:
    """What the row says; who works for the client is a colleague."""
    worker = columns.places.get("worker")
    return {
        f"cell {heading}": Colleague.named(str(cell), "") if place == worker and cell else cell
        for place, (heading, cell) in enumerate(zip(columns.headings, line.cells, strict=False))
    }


def _held(batch: ImportBatch, line: StagedLine, cells: Mapping[str, Any]) -> HeldRow:
    return HeldRow(
        "exchange.stagedrow",
        {
            "file": batch.file_name,
            "offered_at": batch.made_at,
            "offered_by": Colleague.named(batch.made_by_name, batch.made_by),
            "row": line.number,
            **cells,
        },
    )
