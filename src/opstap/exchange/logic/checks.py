"""What is wrong within one row whose cells each read well: dates and levels that can't go together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from opstap.exchange.logic.cells import Cell, as_text, on
from opstap.exchange.logic.columns import ColumnMap
from opstap.exchange.logic.faults import Code, Problem, Severity
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.values.levels import NOT_DETERMINED
from opstap.exchange.logic.vocabulary import Vocabulary
from opstap.ladder.enums import Growth
from opstap.ladder.logic import against_goal

EARLIEST_BIRTH = date(1880, 1, 1)
MONTHS_AHEAD = 12
GROWTH = {"yes": Growth.YES, "no": Growth.NO}
_OF_INSTRUMENT = ("instrument_from", "instrument_until", "supplier", "instrument_result")


class Report:
    """The problems of one row while it is read, and which of its fields were faulty."""

    __slots__ = ("_cells", "_columns", "faulty", "number", "problems")

    def __init__(self, number: int, cells: Sequence[Cell], columns: ColumnMap) -> None:
        self.number, self._cells, self._columns = number, cells, columns
        self.problems: list[Problem] = []
        self.faulty: set[str] = set()

    def error(self, code: Code, *fields: str, **params: str) -> None:
        """An error at the first of the fields that the file has."""
        self.add(code, "error", fields, params)

    def warn(self, code: Code, *fields: str, **params: str) -> None:
        """A warning at the first of the fields that the file has."""
        self.add(code, "warning", fields, params)

    def add(self, code: Code, severity: Severity, fields: Sequence[str], params: dict[str, str]) -> None:
        place = self._columns.place(*fields)
        value = as_text(self._cells[place]) if place is not None and place < len(self._cells) else ""
        self.problems.append(Problem(self.number, self._columns.heading(*fields), value, code, severity, params))


class RowChecks:
    """The checks of a row, with what doesn't differ from row to row."""

    def __init__(self, columns: ColumnMap, vocabulary: Vocabulary) -> None:
        self._has_name = bool({"surname", "full_name"} & set(columns.places))
        self._words = vocabulary
        self._today = vocabulary.today
        self._ahead = _months_later(vocabulary.today, MONTHS_AHEAD)
        self._whole = {level.code: vocabulary.whole_order(level.code) or 0 for level in vocabulary.levels}
        by_halves = {level.code: level.order for level in vocabulary.levels}
        self._judged = by_halves if vocabulary.growth_on_halves else self._whole
        self._grows = {level.code for level in vocabulary.levels if level.records_growth}

    def settle_placement(self, values: dict[str, Any], report: Report) -> None:
        """A level and its day go together: what has one without the other is dated, dropped or refused."""
        level, measured_on = values.get("level"), values.get("measured_on")
        if "level" in report.faulty or "measured_on" in report.faulty:
            return
        if level is None:
            self._without_level(values, report)
        elif measured_on is None and level == NOT_DETERMINED and self._words.reference_date is None:
            values["level"] = None
            report.warn(Code.NOT_DETERMINED_WITHOUT_DATE, "level")
        elif measured_on is None and self._words.reference_date is not None:
            values["measured_on"] = self._words.reference_date
            report.warn(Code.MEASURED_ON_REFERENCE_DATE, "level", date=on(self._words.reference_date))
        elif measured_on is None:
            report.error(Code.LEVEL_WITHOUT_DATE, "level", level=str(level))

    def _without_level(self, values: dict[str, Any], report: Report) -> None:
        if values.pop("measured_on", None) is not None:
            report.warn(Code.DATE_WITHOUT_LEVEL, "measured_on")
        if values.get("growth") in {"yes", "no"}:
            report.warn(Code.GROWTH_WITHOUT_PLACEMENT, "growth")
        if values.get("expected_level") is not None:
            report.warn(Code.EXPECTED_WITHOUT_PLACEMENT, "expected_level")

    def check(self, row: ParsedRow, report: Report) -> None:
        """All checks on the finished row."""
        self._identity(row, report)
        born = self._born(row, report)
        if row.died_on is not None:
            self._died(row.died_on, born, report)
        if row.measured_on is not None:
            self._measured(row, row.measured_on, born, report)
        if row.benefit_from is not None or row.benefit_until is not None or row.exit_reason is not None:
            self._benefit(row, born, report)
        if row.follow_up_from is not None:
            self._follow_up(row, row.follow_up_from, born, report)
        self._help(row, report)
        if row.exemption_until is not None and row.exemption is None and "exemption" not in report.faulty:
            report.warn(Code.EXEMPTION_WITHOUT_GROUND, "exemption_until")

    def _identity(self, row: ParsedRow, report: Report) -> None:
        if row.client_number is None and row.bsn is None and not {"client_number", "bsn"} & report.faulty:
            report.error(Code.KEY_MISSING)
        if row.surname is None and self._has_name and not {"surname", "full_name"} & report.faulty:
            report.error(Code.NAME_MISSING, "surname", "full_name")

    def _born(self, row: ParsedRow, report: Report) -> date | None:
        """The birth date to compare other days with: None when it is itself wrong, so that one fault is said once."""
        born = row.birth_date
        if born is not None and born > self._today:
            report.error(Code.BIRTH_IN_FUTURE, "birth_date", today=on(self._today))
            return None
        if born is not None and born < EARLIEST_BIRTH:
            report.error(Code.BIRTH_TOO_EARLY, "birth_date", earliest=on(EARLIEST_BIRTH))
            return None
        return born

    def _died(self, died: date, born: date | None, report: Report) -> None:
        if died > self._today:
            report.error(Code.DIED_IN_FUTURE, "died_on", today=on(self._today))
        elif born is not None and died < born:
            report.error(Code.DIED_BEFORE_BIRTH, "died_on", born=on(born))

    def _measured(self, row: ParsedRow, day: date, born: date | None, report: Report) -> None:
        if day > self._today:
            report.error(Code.MEASURED_IN_FUTURE, "measured_on", today=on(self._today))
        elif born is not None and day < born:
            report.error(Code.MEASURED_BEFORE_BIRTH, "measured_on", born=on(born))
        elif row.died_on is not None and day > row.died_on:
            report.warn(Code.MEASURED_AFTER_DEATH, "measured_on", died=on(row.died_on))
        elif row.expected_by is not None and row.expected_by < day:
            report.warn(Code.EXPECTED_BY_BEFORE_MEASURED, "expected_by", measured=on(day))
        if row.level is not None and row.expected_level is not None and self._words.ordinal:
            self._expected(row.level, row.expected_level, row.growth or "", report)

    def _expected(self, level: str, expected: str, growth: str, report: Report) -> None:
        """The expected level beside the current one, and beside growth as the file says it."""
        if level == NOT_DETERMINED or level not in self._whole or expected not in self._whole:
            return
        said = growth in GROWTH and level in self._grows
        if said and (code := against_goal(GROWTH[growth], self._judged[level], self._judged[expected])):
            report.warn(Code(code), "growth", level=level, expected=expected)
        elif self._whole[expected] < self._whole[level]:
            report.warn(Code.EXPECTED_BELOW_CURRENT, "expected_level", level=level, expected=expected)

    def _benefit(self, row: ParsedRow, born: date | None, report: Report) -> None:
        begin, end = row.benefit_from, row.benefit_until
        if begin is not None and begin > self._ahead:
            report.error(Code.BENEFIT_FAR_AHEAD, "benefit_from", latest=on(self._ahead))
        elif begin is not None and born is not None and begin < born:
            report.error(Code.BENEFIT_BEFORE_BIRTH, "benefit_from", born=on(born))
        elif begin is not None and end is not None and end < begin:
            report.error(Code.BENEFIT_END_BEFORE_BEGIN, "benefit_until", begin=on(begin))
        if begin is None and end is not None and "benefit_from" not in report.faulty:
            report.error(Code.BENEFIT_END_WITHOUT_BEGIN, "benefit_until")
        if row.exit_reason is not None and end is None and "benefit_until" not in report.faulty:
            report.warn(Code.EXIT_REASON_WITHOUT_END, "exit_reason")

    def _follow_up(self, row: ParsedRow, begin: date, born: date | None, report: Report) -> None:
        if begin > self._ahead:
            report.error(Code.FOLLOW_UP_FAR_AHEAD, "follow_up_from", latest=on(self._ahead))
        elif born is not None and begin < born:
            report.error(Code.FOLLOW_UP_BEFORE_BIRTH, "follow_up_from", born=on(born))
        elif row.follow_up_until is not None and row.follow_up_until < begin:
            report.error(Code.FOLLOW_UP_END_BEFORE_BEGIN, "follow_up_until", begin=on(begin))

    def _help(self, row: ParsedRow, report: Report) -> None:
        if row.trajectory_from is not None or row.trajectory_until is not None:
            self._trajectory(row, report)
        if row.instrument is not None:
            self._instrument(row, report)
        elif "instrument" not in report.faulty and any(getattr(row, field) for field in _OF_INSTRUMENT):
            report.warn(Code.INSTRUMENT_MISSING, *(field for field in _OF_INSTRUMENT if getattr(row, field)))

    def _trajectory(self, row: ParsedRow, report: Report) -> None:
        begin, end = row.trajectory_from, row.trajectory_until
        if row.trajectory is None and row.activity is None and row.instrument is None:
            report.warn(Code.TRAJECTORY_DATE_ALONE, "trajectory_from", "trajectory_until")
        if begin is not None and begin > self._ahead:
            report.error(Code.TRAJECTORY_FAR_AHEAD, "trajectory_from", latest=on(self._ahead))
        elif begin is not None and end is not None and end < begin:
            report.error(Code.TRAJECTORY_END_BEFORE_BEGIN, "trajectory_until", begin=on(begin))

    def _instrument(self, row: ParsedRow, report: Report) -> None:
        begin, end = row.instrument_from, row.instrument_until
        if begin is not None and begin > self._ahead:
            report.error(Code.INSTRUMENT_FAR_AHEAD, "instrument_from", latest=on(self._ahead))
        elif begin is not None and end is not None and end < begin:
            report.error(Code.INSTRUMENT_END_BEFORE_BEGIN, "instrument_until", begin=on(begin))
        if row.instrument_result is not None and end is None and "instrument_until" not in report.faulty:
            report.warn(Code.RESULT_WITHOUT_END, "instrument_result")


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))
