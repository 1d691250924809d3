"""Which client each row is about: by client number, else by BSN, never by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.clients.selectors.bsn import bsn_look_up, digests_renewed
from opstap.exchange.enums import Compared
from opstap.exchange.logic import ColumnMap, ParsedRow, Problem
from opstap.exchange.selectors.plan.stored import Stored
from opstap.foundation.references import new_reference

Digests = Mapping[int, bytes]


@dataclass
class Case:
    """A client of the file with their rows in the order of the measuring days; what says no day comes first."""

    number: str
    client_id: int | None
    rows: list[ParsedRow]
    is_new: bool
    digest: bytes | None = None
    changed: set[int] = field(default_factory=set)
    merged: frozenset[str] = frozenset()  # numbers of dossiers that were merged into this one

    @property
    def id(self) -> int:
        """The id, known or foretold."""
        if self.client_id is None:
            raise ValueError(self.number)
        return self.client_id

    @property
    def by_dossier(self) -> list[ParsedRow]:
        """Rows that name a merged dossier first: of two that say who or where somebody is, the kept one wins."""
        if not self.merged:
            return self.rows
        return sorted(self.rows, key=lambda row: row.client_number not in self.merged)


def digests_of(rows: Sequence[ParsedRow]) -> Digests:
    """The keyed digest of each row's BSN."""
    look_up = bsn_look_up()
    return {row.number: look_up.digest(row.bsn) for row in rows if row.bsn is not None}


def renewed_in(rows: Sequence[ParsedRow]) -> Mapping[bytes, bytes]:
    """Under which digests those BSNs may still stand while keys are renewed, with the ones of now."""
    return digests_renewed(row.bsn for row in rows if row.bsn is not None)


def match(
    rows: Sequence[ParsedRow], digests: Digests, stored: Stored, columns: ColumnMap
) -> tuple[list[Case], list[Problem]]:
    """The clients of the file, and the rows whose number and BSN contradict what is known."""
    matching = _Matching(rows, digests, stored, columns)
    for row in rows:
        matching.place(row)
    return [matching.case(key, group) for key, group in matching.groups.items()], matching.problems


class _Matching:
    def __init__(self, rows: Sequence[ParsedRow], digests: Digests, stored: Stored, columns: ColumnMap) -> None:
        self._digests, self._stored, self._columns = digests, stored, columns
        numbers = stored.numbers
        self._number_of = {
            client: numbers.get(stored.kept.get(client, client), number) for client, number in numbers.items()
        }
        self._in_file: dict[str, str] = {}
        for row in rows:
            if row.bsn is not None and row.client_number is not None:
                self._in_file.setdefault(row.bsn, row.client_number)
        self.groups: dict[str, list[ParsedRow]] = {}
        self.problems: list[Problem] = []

    def place(self, row: ParsedRow) -> None:
        """Put the row with its client, or say why it can't be."""
        digest = self._digests.get(row.number)
        holder = None if digest is None else self._stored.holders.get(digest)
        if row.client_number is None:
            number = self._number_of.get(holder or 0) or self._kept(self._in_file.get(row.bsn or ""))
        else:
            number = self._kept(row.client_number)
        clients = self._stored.clients
        if {holder, clients.get(row.client_number or ""), clients.get(number or "")} & self._stored.protected:
            self._say(row, Compared.DOSSIER_PROTECTED, "client_number", None)
            return
        if row.client_number is None:
            self.groups.setdefault(number or "\0" + (row.bsn or ""), []).append(row)
            return
        known = self._stored.clients.get(row.client_number)
        if holder is not None and not self._stored.is_one_person(holder, known):
            self._say(row, Compared.BSN_OF_OTHER_CLIENT, "bsn", row.bsn, other=self._number_of.get(holder, ""))
        elif digest is not None and self._bsn_differs(known, digest):
            self._say(row, Compared.NUMBER_HAS_OTHER_BSN, "client_number", row.client_number)
        else:
            self.groups.setdefault(number or "", []).append(row)

    def case(self, key: str, rows: list[ParsedRow]) -> Case:
        """The client of a group of rows."""
        number = f"opstap-{new_reference()}" if key.startswith("\0") else key
        client_id = self._stored.clients.get(number)
        if len(rows) > 1:
            rows.sort(key=lambda row: (row.measured_on or date.min, row.number))
        digest = next((self._digests[row.number] for row in rows if row.number in self._digests), None)
        named = frozenset(row.client_number for row in rows if row.client_number is not None)
        merged = frozenset(one for one in named if self._stored.is_merged(one))
        return Case(number, client_id, rows, client_id not in self._stored.persons, digest, merged=merged)

    def _kept(self, number: str | None) -> str | None:
        """The client number under which somebody stands: that of the dossier that was kept."""
        return self._number_of.get(self._stored.clients.get(number or "", 0), number)

    def _bsn_differs(self, client_id: int | None, digest: bytes) -> bool:
        persons = self._stored.persons.get(client_id or 0)
        held = persons[0][2] if persons else None
        return held is not None and bytes(held) != digest

    def _say(self, row: ParsedRow, code: Compared, column: str, value: str | None, **params: str) -> None:
        heading = self._columns.heading(column)
        self.problems.append(Problem(row.number, heading, value or "", code.value, "error", params))


def without(cases: Sequence[Case], refused: Collection[int]) -> list[Case]:
    """The cases without rows that were refused since; a client without rows is left out."""
    for case in cases:
        if any(row.number in refused for row in case.rows):
            case.rows = [row for row in case.rows if row.number not in refused]
    return [case for case in cases if case.rows]


def saying_when(rows: Sequence[ParsedRow]) -> list[ParsedRow]:
    """Of rows that each say how something is: those with a day, else the last one. What says no day can't be told
    apart from them, and would be news again each time the file is read.
    """
    return [row for row in rows if row.measured_on is not None] or list(rows[-1:])
