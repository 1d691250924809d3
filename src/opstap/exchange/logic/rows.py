"""Rows of cells to typed rows, and the whole of it: `parse`. What lies between rows stands in across.py."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from opstap.exchange.logic.across import CONTRADICTS, check_across
from opstap.exchange.logic.cells import Cell, TableLike, as_text, is_blank
from opstap.exchange.logic.checks import Report, RowChecks
from opstap.exchange.logic.columns import ColumnMap
from opstap.exchange.logic.faults import Code, Fault, Problem
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.progress import Told, to_nobody, told_of
from opstap.exchange.logic.readers import Column, columns_to_keep, columns_to_read
from opstap.exchange.logic.validity import ValidityChecks
from opstap.exchange.logic.values.names import Name, split_full_name, split_surname
from opstap.exchange.logic.vocabulary import Vocabulary

_TOTAL = ("totaal", "eindtotaal", "subtotaal", "total", "aantal", "gemiddelde")


def parse(
    table: TableLike, columns: ColumnMap, vocabulary: Vocabulary, told: Told = to_nobody
) -> tuple[list[ParsedRow], list[Problem]]:
    """Every row with its problems, those between rows included, in the order of the file."""
    rows: list[ParsedRow] = []
    problems: list[Problem] = []
    for row, found in told_of(parse_rows(table, columns, vocabulary), "rows", len(table.rows), told):
        if row is not None:
            rows.append(row)
        problems.extend(found)
    places = {heading: place for place, heading in enumerate(columns.headings)}
    problems.extend(_as_written(check_across(rows, columns), table, places))
    problems.sort(key=lambda problem: (problem.row, places.get(problem.column, -1)))
    return rows, problems


def _as_written(problems: Sequence[Problem], table: TableLike, places: Mapping[str, int]) -> Iterator[Problem]:
    """Where two cells contradict each other the words of the file in both: a user knows no codes."""
    named = {
        number for one in problems if one.code in CONTRADICTS for number in (one.row, int(one.params["first_row"]))
    }
    cells = {row.number: row.cells for row in table.rows if row.number in named}

    def said(number: int, column: str) -> str:
        place = places.get(column, len(cells[number]))
        return as_text(cells[number][place]) if place < len(cells[number]) else ""

    for one in problems:
        if one.code not in CONTRADICTS:
            yield one
            continue
        first = said(int(one.params["first_row"]), one.column)
        yield replace(one, value=said(one.row, one.column), params=one.params | {"first": first})


def parse_rows(
    table: TableLike, columns: ColumnMap, vocabulary: Vocabulary
) -> Iterator[tuple[ParsedRow | None, list[Problem]]]:
    """Each row with its own problems; None for a row of totals, an empty row is passed over."""
    read, keep = columns_to_read(columns, vocabulary), columns_to_keep(columns)
    checks, validity = RowChecks(columns, vocabulary), ValidityChecks(vocabulary)
    for row in table.rows:
        report = Report(row.number, row.cells, columns)
        values = _values(row.cells, read, report)
        if not values and not report.faulty and all(map(is_blank, row.cells)):
            continue
        if _is_total(values, row.cells):
            report.problems.clear()
            report.warn(Code.TOTAL_ROW_SKIPPED)
            yield None, report.problems
            continue
        _settle_names(values, columns, report)
        checks.settle_placement(values, report)
        validity.settle_help(values, report)
        if kept := _kept(row.cells, keep):
            values["kept"] = kept
        parsed = ParsedRow(row.number, **values)
        checks.check(parsed, report)
        validity.check(parsed, report)
        yield parsed, report.problems


def _values(cells: Sequence[Cell], columns: Iterable[Column], report: Report) -> dict[str, Any]:
    values: dict[str, Any] = {}
    width = len(cells)
    for place, _, field, read in columns:
        if place >= width or (cell := cells[place]) is None or cell == "":
            continue
        value, faults = read(cell)
        if value is not None:
            values["barriers" if field == "barrier" else field] = value
        if faults:
            _say(faults, field, report)
    return values


def _say(faults: Iterable[Fault], field: str, report: Report) -> None:
    for fault in faults:
        report.add(fault.code, fault.severity, (field,), dict(fault.params))
        if fault.severity == "error":
            report.faulty.add(field)


def _kept(cells: Sequence[Cell], columns: Iterable[Column]) -> dict[str, str]:
    width = len(cells)
    return {
        name: text
        for place, _, name, read in columns
        if place < width and (cell := cells[place]) is not None and (text := read(cell).value)
    }


def _is_total(values: dict[str, Any], cells: Sequence[Cell]) -> bool:
    """A row that adds up the column: it starts with such a word and says nothing about a person."""
    if values.keys() & {"bsn", "birth_date", "measured_on"}:
        return False
    first = next((cell for cell in cells if not is_blank(cell)), None)
    if not isinstance(first, str) or len(first) >= 40:
        return False
    name = str(values.get("surname") or values.get("full_name") or "")
    if name != first and any(letter.isalpha() for letter in name):
        return False
    return first.split()[0].rstrip(":").casefold() in _TOTAL


def _settle_names(values: dict[str, Any], columns: ColumnMap, report: Report) -> None:
    """Surname, prefix, given names and initials, whichever way the file brings them."""
    full_name, surname = values.pop("full_name", None), values.get("surname")
    if surname is not None:
        if "name_prefix" not in columns.places:
            _take_name(values, split_surname(surname))
    elif full_name is not None:
        name, guessed = split_full_name(full_name)
        _take_name(values, name)
        if guessed:
            report.add(guessed.code, guessed.severity, ("full_name",), dict(guessed.params))


def _take_name(values: dict[str, Any], name: Name) -> None:
    if name.surname:
        values["surname"] = name.surname
    for field, text in (("name_prefix", name.prefix), ("given_names", name.given_names), ("initials", name.initials)):
        if text:
            values.setdefault(field, text)
