"""Rows of placements and the checks on them: pure functions on plain values, the day of today an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.ladder.logic.growth import against_goal


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    """A placement to be recorded."""

    client_id: int
    scale_id: int
    measured_on: date
    level_id: int
    growth: int = -1
    expected_level_id: int | None = None
    expected_by: date | None = None
    reason: str = ""
    worker_id: int | None = None
    second_assessment: bool = False
    instrument_in_use: str = ""
    income_situation: str = ""
    low_literate: str = ""
    basic_qualification: str = ""
    integration: str = ""
    exempt: str = ""
    answers: str = ""
    found_level_id: int | None = None
    override_reason: str = ""
    client_level_id: int | None = None
    client_view: str = ""
    with_support: bool = False
    with_aftercare: bool = False
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class LevelPlace:
    """Where a level stands on its scale; `growth_position` is where growth is judged, by whole levels or by halves."""

    level_id: int
    scale_id: int
    whole_position: int
    ordinal: bool
    has_support: bool = False
    has_aftercare: bool = False
    growth_position: int = 0
    records_growth: bool = True


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault or a warning about a row, by a code."""

    row: int
    code: str


class MeasurementsRefused(Exception):
    """Placements that can't be recorded; nothing was written."""

    def __init__(self, faults: Sequence[Remark]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"row {fault.row}: {fault.code}" for fault in self.faults[:10]))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks need to know: levels, birth dates, follow-up periods, the placements that stand, and by whom."""

    levels: Mapping[int, LevelPlace]
    births: Mapping[int, date | None]
    follow_ups: Mapping[int, Sequence[tuple[date, date | None]]]
    standing: Mapping[tuple[int, int, date], int]
    placed_by: Mapping[int, int | None] = field(default_factory=dict)


def faults_of(rows: Sequence[MeasurementRow], around: Surroundings, today: date) -> list[Remark]:
    """Refused: a date in the future or before birth, a level of another scale, a second placement on one day.

    A second assessment of that day stands beside it, when it is another worker's.
    """
    faults: list[Remark] = []
    seen: set[tuple[int, int, date]] = set()
    replaced = {row.replaces_id for row in rows}
    for number, row in enumerate(rows):
        faults.extend(Remark(number, code) for code in _row_faults(row, around, today))
        key = (row.client_id, row.scale_id, row.measured_on)
        held = around.standing.get(key)
        if row.second_assessment:
            if held is not None and row.worker_id is not None and around.placed_by.get(held) == row.worker_id:
                faults.append(Remark(number, "second_by_the_same_worker"))
            continue
        if key in seen or (held is not None and held not in replaced):
            faults.append(Remark(number, "placed_twice_on_one_day"))
        seen.add(key)
    return faults


def warnings_of(rows: Sequence[MeasurementRow], around: Surroundings) -> list[Remark]:
    """Warned: outside every follow-up period; expected below the current level, judged on whole levels; growth that
    says something else than the expected level does.
    """
    warnings: list[Remark] = []
    for number, row in enumerate(rows):
        periods = around.follow_ups.get(row.client_id, ())
        if not any(start <= row.measured_on and (end is None or row.measured_on < end) for start, end in periods):
            warnings.append(Remark(number, "outside_follow_up"))
        if contradicts := _against_goal(row, around):
            warnings.append(Remark(number, contradicts))
        elif row.expected_level_id is not None and _is_lower(row, around):
            warnings.append(Remark(number, "expected_below_current"))
    return warnings


def _row_faults(row: MeasurementRow, around: Surroundings, today: date) -> list[str]:
    codes = []
    if row.measured_on > today:
        codes.append("measured_in_future")
    born = around.births.get(row.client_id)
    if born is not None and row.measured_on < born:
        codes.append("measured_before_birth")
    level = around.levels.get(row.level_id)
    if level is None or level.scale_id != row.scale_id:
        codes.append("level_unknown")
    for other, code in (
        (row.expected_level_id, "expected_level_unknown"),
        (row.found_level_id, "found_level_unknown"),
        (row.client_level_id, "client_level_unknown"),
    ):
        place = around.levels.get(other or 0)
        if other is not None and (place is None or place.scale_id != row.scale_id):
            codes.append(code)
    return codes + _choice_faults(row, around)


def _choice_faults(row: MeasurementRow, around: Surroundings) -> list[str]:
    """Another level than the questions found takes a reason; support and aftercare go with some levels only."""
    codes = []
    level, found = around.levels.get(row.level_id), around.levels.get(row.found_level_id or 0)
    differs = level is not None and found is not None and level.whole_position != found.whole_position
    if differs and not row.override_reason.strip():
        codes.append("override_without_reason")
    if level is not None and row.with_support and not level.has_support:
        codes.append("no_support_on_this_level")
    if level is not None and row.with_aftercare and not level.has_aftercare:
        codes.append("no_aftercare_on_this_level")
    return codes


def _against_goal(row: MeasurementRow, around: Surroundings) -> str:
    current, expected = around.levels.get(row.level_id), around.levels.get(row.expected_level_id or 0)
    if current is None or expected is None or not current.ordinal or not current.records_growth:
        return ""
    return against_goal(row.growth, current.growth_position, expected.growth_position)


def _is_lower(row: MeasurementRow, around: Surroundings) -> bool:
    current, expected = around.levels.get(row.level_id), around.levels.get(row.expected_level_id or 0)
    if current is None or expected is None or not current.ordinal:
        return False
    return expected.whole_position < current.whole_position
