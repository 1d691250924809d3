"""Rows of a file for a page or a file: the access log hears whose they are. What shows rows takes them from here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from opstap.audit.logic.seen import note_everyone, note_listed
from opstap.clients.models import BsnHolder, Client
from opstap.clients.selectors.bsn import bsn_look_up
from opstap.clients.selectors.same_person import people_of_dossiers
from opstap.exchange.enums import RowClass
from opstap.exchange.logic import recognise
from opstap.exchange.logic.cells import Cell, is_blank
from opstap.exchange.logic.faults import Reading
from opstap.exchange.logic.fields import FIELDS, KEYS
from opstap.exchange.logic.values.bsn import read_bsn, read_number
from opstap.exchange.models import ImportBatch
from opstap.exchange.selectors.staging import StagedLine, staged_line, staged_lines

PART = 500
NUMBER, BSN = KEYS
READERS: dict[str, Callable[[Cell], Reading[str]]] = {
    NUMBER: partial(read_number, longest=FIELDS[NUMBER].longest),
    BSN: read_bsn,
}
Key = tuple[str, str]  # which number, and the number


def shown_lines(
    batch: ImportBatch, *, row_class: str = "", start: int = 0, stop: int | None = None
) -> list[StagedLine]:
    """The rows of a batch, or of one class, or a part of them."""
    lines = staged_lines(batch, row_class=row_class, start=start, stop=stop)
    note_lines(batch, lines)
    return lines


def lines_with_problems(batch: ImportBatch, most: int) -> tuple[list[StagedLine], list[StagedLine]]:
    """The first rows that were refused, and of the others those with a warning. Say of which some is shown."""
    refused = staged_lines(batch, row_class=RowClass.REFUSED.value, stop=most)
    numbers = {line.number for line in refused}
    warned = staged_lines(batch, with_warning=True, stop=most)
    return refused, [line for line in warned if line.number not in numbers]


def line_at(batch: ImportBatch, number: int) -> StagedLine | None:
    """One row of a batch. Say so where some of it is shown."""
    return staged_line(batch, number)


def note_lines(batch: ImportBatch, lines: Collection[StagedLine]) -> None:
    """Something of these rows is shown. Who is known by their client number or BSN is named, of the others the number
    of rows is kept: what a check matches by, and at this moment.
    """
    places = recognise(batch.headings, overrides=batch.overrides).places
    keys = [set(_keys(line, places)) for line in lines]
    known = _dossiers(batch.municipality_id, set().union(*keys))
    dossiers = [set().union(*(known[key] for key in of_line)) for of_line in keys]
    note_listed(people_of_dossiers(set().union(*dossiers)))
    note_everyone(sum(not found for found in dossiers))


def _keys(line: StagedLine, places: Mapping[str, int]) -> Iterator[Key]:
    """The numbers of a row that tell who it is about; of a BSN that lost its zero the one it is offered as."""
    for name, read in READERS.items():
        place = places.get(name, len(line.cells))
        if place < len(line.cells) and not is_blank(line.cells[place]):
            value, faults = read(line.cells[place])
            found = value or next((one.params.get("suggestion") for one in faults), None)
            if found:
                yield name, found


def _dossiers(municipality_id: int, keys: Iterable[Key]) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = defaultdict(set)
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, value in sorted(keys):
        by_name[name].append(value)
    clients = Client.objects.filter(municipality=municipality_id)
    for part in _parts(by_name[NUMBER]):
        for number, pk in clients.filter(number__in=part).values_list("number", "pk"):
            found[NUMBER, number].add(pk)
    holders = BsnHolder.objects.filter(municipality=municipality_id)
    for part in _parts(by_name[BSN]):
        bsn_of = {digest: bsn for bsn in part for digest in bsn_look_up().digests(bsn)}
        for digest, pk in holders.filter(digest__in=list(bsn_of)).values_list("digest", "client"):
            found[BSN, bsn_of[bytes(digest)]].add(pk)
    return found


def _parts(values: list[str]) -> Iterator[list[str]]:
    return (values[start : start + PART] for start in range(0, len(values), PART))
