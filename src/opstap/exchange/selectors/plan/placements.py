"""Placements: the same as known, a correction of one on that day, or a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from opstap.exchange.logic import Code, ParsedRow
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.people import latest
from opstap.exchange.selectors.plan.stored import MEASUREMENT_COLUMNS, PERSON_COLUMNS
from opstap.ladder.enums import Growth
from opstap.ladder.logic import MeasurementRow

GROWTH = {"yes": Growth.YES.value, "no": Growth.NO.value, "unknown": Growth.UNKNOWN.value}
_OF_ANOTHER_LEVEL: dict[str, Any] = {
    "answers": "", "found_level_id": None, "override_reason": "", "with_support": False, "with_aftercare": False,
}  # fmt: skip
_COPIES = ("instrument_in_use", "income_situation", "low_literate", "basic_qualification", "integration")
_COMPARED = ("level_id", "growth", "expected_level_id", "expected_by")
CORRECTION = "correction"


def placed_before_birth(case: Case, draft: Draft) -> bool:
    """Say of rows that they place someone before the birth date that is known; the file's own dates were compared."""
    born = _born(case, draft)
    wrong = False
    for row in case.rows:
        if born is not None and row.measured_on is not None and row.measured_on < born:
            day = on(row.measured_on)
            draft.say(row, Code.MEASURED_BEFORE_BIRTH, "error", "measured_on", value=day, born=on(born))
            wrong = True
    return wrong


def placed_twice(case: Case, draft: Draft) -> bool:
    """Say of rows that place a client otherwise than another row of that day: one by number, the other by BSN."""
    first: dict[date, ParsedRow] = {}
    wrong = False
    for row in case.rows:
        if row.level is None or row.measured_on is None:
            continue
        other = first.setdefault(row.measured_on, row)
        if any(getattr(row, name) != getattr(other, name) for name in ("level", "growth", "expected_level")):
            said = {"first_row": str(other.number), "first": other.level or "", "date": on(row.measured_on)}
            draft.say(row, Code.TWO_PLACEMENTS_ONE_DAY, "error", "level", value=row.level, **said)
            wrong = True
    return wrong


def plan_placements(case: Case, draft: Draft) -> None:
    """The placements of the client's rows, and how the current level moves."""
    placed = [row for row in case.rows if row.level is not None and row.measured_on is not None]
    if not placed:
        return
    known = {row[1]: row for row in draft.stored.measurements.get(case.id, ())}
    for day, stored in known.items():
        draft.standing[case.id, draft.terms.scale.id, day] = stored[0]
    drafted: dict[date, MeasurementRow] = {}
    for row in placed:
        day = row.measured_on or date.min
        if day in drafted:
            continue
        new = _placement(row, day, case.id, known.get(day), draft)
        drafted[day] = new
        _warn(row, case.id, draft)
        if day not in known or new.replaces_id is not None:
            draft.plan.additions.measurements.append(new)
            case.changed.add(row.number)
    if known:
        _note_fall(case.id, known, drafted, draft)
    draft.births[case.id] = _born(case, draft)


def _placement(
    row: ParsedRow, day: date, client_id: int, stored: tuple[Any, ...] | None, draft: Draft
) -> MeasurementRow:
    """As the file has it; a known placement that differs is corrected, keeping what the file doesn't say."""
    said: dict[str, Any] = {"level_id": draft.levels[row.level or ""]}
    if row.growth is not None:
        said["growth"] = GROWTH[row.growth]
    if row.expected_level is not None:
        said["expected_level_id"] = draft.levels[row.expected_level]
    if row.expected_by is not None:
        said["expected_by"] = row.expected_by
    _, worker = draft.caseloads.of_row(row)
    if worker is not None:
        said["worker_id"] = worker
    said |= {name: value for name in _COPIES if (value := getattr(row, name)) is not None}
    if row.exemption is not None:
        said["exempt"] = "yes"
    if stored is None:
        return MeasurementRow(client_id, draft.terms.scale.id, day, **said)
    held = MeasurementRow(client_id, draft.terms.scale.id, **dict(zip(MEASUREMENT_COLUMNS, stored[1:], strict=True)))
    now = replace(held, **said)
    if now.level_id != held.level_id:  # what the questions found, and what goes with the level, was said of another one
        now = replace(
            now, answers="", found_level_id=None, override_reason="", with_support=False, with_aftercare=False
        )
    return replace(now, reason=CORRECTION, replaces_id=stored[0]) if _differs(held, now) else held


def _differs(one: MeasurementRow, other: MeasurementRow) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _COMPARED)


def _warn(row: ParsedRow, client_id: int, draft: Draft) -> None:
    """The warning of the ladder about follow-up; that the expected level is lower was said when the row was read."""
    day = row.measured_on
    periods = draft.follow_ups.get(client_id, ())
    if day is not None and not any(start <= day and (end is None or day < end) for start, end in periods):
        draft.say(row, Code.OUTSIDE_FOLLOW_UP, "warning", "measured_on", value=on(day))


def _note_fall(
    client_id: int, known: dict[date, tuple[Any, ...]], drafted: dict[date, MeasurementRow], draft: Draft
) -> None:
    """A fall is counted on whole levels, from one determined level to another."""
    if not draft.terms.scale.is_ladder:
        return
    levels = {day: row[2] for day, row in known.items()}
    before = levels[max(levels)]
    levels |= {day: row.level_id for day, row in drafted.items()}
    after = levels[max(levels)]
    undetermined = draft.levels.get("0")
    if undetermined not in {before, after} and _whole(after, draft) < _whole(before, draft):
        draft.plan.large_change.fell.add(client_id)


def _whole(level_id: int, draft: Draft) -> int:
    return draft.places[level_id].whole_position


def _born(case: Case, draft: Draft) -> date | None:
    """The birth date by the file, else as known."""
    held = draft.stored.persons.get(case.client_id or 0)
    known: date | None = held[-1][4 + PERSON_COLUMNS.index("birth_date")] if held else None
    return latest(case.rows, "birth_date") or known
