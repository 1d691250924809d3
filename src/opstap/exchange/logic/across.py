"""What is wrong between rows: numbers shared by people, placements and benefit spells that contradict each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from opstap.exchange.logic.cells import on
from opstap.exchange.logic.columns import ColumnMap
from opstap.exchange.logic.faults import Code, Problem, Severity
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.words import normalise

_PLACEMENT = (
    "level", "growth", "expected_level", "expected_by", "income_situation", "instrument_in_use", "low_literate",
    "basic_qualification", "integration",
)  # fmt: skip
_PERSON = ("surname", "birth_date", "given_names")


def check_across(rows: Sequence[ParsedRow], columns: ColumnMap) -> list[Problem]:
    """The problems between rows, each at the later row with the number of the first in its parameters.

    Where two cells contradict each other, what was written in them is still to be told.
    """
    problems, mixed = _shared_numbers(rows, columns)
    for same_client in _by_client(rows).values():
        if len(same_client) > 1:
            problems.extend(_within_client(same_client, mixed, columns))
    return problems


CONTRADICTS = {Code.PERSON_CONTRADICTS, Code.TWO_PLACEMENTS_ONE_DAY}


def _at(row: ParsedRow, columns: ColumnMap, code: Code, field: str, value: str, **params: str) -> Problem:
    severity: Severity = "warning" if code == Code.ROW_REPEATED else "error"
    return Problem(row.number, columns.heading(field), value, code, severity, params)


def _shared_numbers(rows: Sequence[ParsedRow], columns: ColumnMap) -> tuple[list[Problem], set[int]]:
    """One BSN with two client numbers, one client number with two BSNs; and the rows this was said of."""
    by_bsn: dict[str, ParsedRow] = {}
    by_number: dict[str, ParsedRow] = {}
    problems: list[Problem] = []
    for row in rows:
        number, bsn = row.client_number, row.bsn
        if number is None or bsn is None:
            continue
        first = by_bsn.setdefault(bsn, row)
        if first.client_number != number:
            said = {"first_row": str(first.number), "first_number": str(first.client_number), "number": number}
            problems.append(_at(row, columns, Code.BSN_TWO_NUMBERS, "bsn", bsn, **said))
        first = by_number.setdefault(number, row)
        if first.bsn != bsn:
            said = {"first_row": str(first.number), "first_bsn": str(first.bsn), "bsn": bsn}
            problems.append(_at(row, columns, Code.NUMBER_TWO_BSNS, "client_number", number, **said))
    return problems, {problem.row for problem in problems}


def _by_client(rows: Sequence[ParsedRow]) -> dict[str, list[ParsedRow]]:
    """Rows by client number, or by the number that their BSN has elsewhere, else by BSN."""
    numbers: dict[str, str] = {}
    for row in rows:
        if row.bsn is not None and row.client_number is not None:
            numbers.setdefault(row.bsn, row.client_number)
    clients: dict[str, list[ParsedRow]] = defaultdict(list)
    for row in rows:
        if row.client_number is not None:
            clients["n" + row.client_number].append(row)
        elif row.bsn is not None:
            number = numbers.get(row.bsn)
            clients["b" + row.bsn if number is None else "n" + number].append(row)
    return clients


def _within_client(rows: Sequence[ParsedRow], mixed: set[int], columns: ColumnMap) -> Iterator[Problem]:
    """Rows whose number belongs to two people say no more than that: the rest would follow from it."""
    seen: list[ParsedRow] = []
    for row in rows:
        if row.number in mixed:
            continue
        repeated = next((first for first in seen if replace(row, number=first.number) == first), None)
        if repeated is not None:
            value = row.client_number or row.bsn or ""
            key = "client_number" if row.client_number else "bsn"
            yield _at(row, columns, Code.ROW_REPEATED, key, value, first_row=str(repeated.number))
            continue
        yield from _person(row, seen, columns)
        yield from _placements(row, seen, columns)
        yield from _spells(row, seen, columns)
        seen.append(row)


def _comparable(row: ParsedRow, field: str) -> object:
    """A value without what only the writing differs in: capitals, accents, where the prefix of a name stands."""
    value = getattr(row, field)
    if field == "surname":
        return normalise((row.name_prefix or "") + value)
    return normalise(value) if isinstance(value, str) else value


def _person(row: ParsedRow, seen: Sequence[ParsedRow], columns: ColumnMap) -> Iterator[Problem]:
    """A name or birth date other than in an earlier row of the same client."""
    for field in _PERSON:
        value = getattr(row, field)
        first = next((other for other in seen if value is not None and getattr(other, field) is not None), None)
        if first is not None and _comparable(row, field) != _comparable(first, field):
            heading = field if field in columns.places else "full_name"
            yield _at(row, columns, Code.PERSON_CONTRADICTS, heading, "", first_row=str(first.number))


def _placements(row: ParsedRow, seen: Sequence[ParsedRow], columns: ColumnMap) -> Iterator[Problem]:
    """A placement on a day on which an earlier row places the same client otherwise."""
    if row.level is None or row.measured_on is None:
        return
    first = next((other for other in seen if other.level is not None and other.measured_on == row.measured_on), None)
    if first is None:
        return
    differs = next((field for field in _PLACEMENT if getattr(row, field) != getattr(first, field)), None)
    if differs is not None:
        said = {"first_row": str(first.number), "date": on(row.measured_on)}
        yield _at(row, columns, Code.TWO_PLACEMENTS_ONE_DAY, differs, "", **said)


def _spells(row: ParsedRow, seen: Sequence[ParsedRow], columns: ColumnMap) -> Iterator[Problem]:
    """A benefit of the same kind that shares a day with one of an earlier row, unless it is the same spell."""
    if row.benefit_kind is None or row.benefit_from is None:
        return
    for other in seen:
        if other.benefit_kind != row.benefit_kind or other.benefit_from is None:
            continue
        if (other.benefit_from, other.benefit_until) != (row.benefit_from, row.benefit_until) and _overlap(row, other):
            value = on(row.benefit_from)
            yield _at(row, columns, Code.BENEFIT_OVERLAP, "benefit_from", value, first_row=str(other.number))
            return


def _overlap(one: ParsedRow, other: ParsedRow) -> bool:
    if one.benefit_from is None or other.benefit_from is None:
        return False
    starts_late = other.benefit_until is not None and one.benefit_from > other.benefit_until
    ends_early = one.benefit_until is not None and one.benefit_until < other.benefit_from
    return not starts_late and not ends_early
