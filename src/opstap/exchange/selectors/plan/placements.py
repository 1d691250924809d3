"""Placements: the same as known, a correction of one on that day, or a new one."""

from __future__ import annotations

from collections.abc import Iterable
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
from opstap.ladder.models import Measurement

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
        stood = _stood(row, case, draft) if case.merged else None
        if stood is not None and _repeats(row, stood, draft):
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
    known = draft.stored.measurements.get(case.id, [])
    for stored in known:
        draft.standing[draft.stored.owner(Measurement, stored[0], case.id), draft.terms.scale.id, stored[1]] = stored[0]
    drafted: dict[tuple[date, int | None], MeasurementRow] = {}
    for row in placed:
        day, stood = row.measured_on or date.min, _stood(row, case, draft)
        key = day, None if stood is None else stood[0]
        if key in drafted:
            continue
        new = _placement(row, day, case.id, stood, draft)
        drafted[key] = new
        _warn(row, case.id, draft)
        if stood is None or new.replaces_id is not None:
            draft.plan.additions.measurements.append(new)
            case.changed.add(row.number)
    if known:
        _note_fall(case.id, known, drafted.values(), draft)
    draft.births[case.id] = _born(case, draft)


def _stood(row: ParsedRow, case: Case, draft: Draft) -> tuple[Any, ...] | None:
    """The placement of that day that the row is about. Where two dossiers of one person hold one each: the one that it

    repeats, else that of the dossier it names, else that of the one that was kept.
    """
    stored, client_id = draft.stored, case.client_id or 0
    held = [one for one in stored.measurements.get(client_id, ()) if one[1] == row.measured_on]
    if len(held) > 1:
        named = stored.clients.get(row.client_number or "", client_id)
        held.sort(key=lambda one: (_repeats(row, one, draft), stored.owner(Measurement, one[0], client_id) == named))
    return held[-1] if held else None


def _repeats(row: ParsedRow, stored: tuple[Any, ...], draft: Draft) -> bool:
    return _placement(row, stored[1], 0, stored, draft).replaces_id is None


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
    client_id: int, known: Iterable[tuple[Any, ...]], drafted: Iterable[MeasurementRow], draft: Draft
) -> None:
    """A fall is counted on whole levels, from one determined level to another."""
    if not draft.terms.scale.is_ladder:
        return
    levels = {row[1]: row[2] for row in known}
    before = levels[max(levels)]
    levels |= {row.measured_on: row.level_id for row in drafted}
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
    return latest(case.by_dossier, "birth_date") or known
