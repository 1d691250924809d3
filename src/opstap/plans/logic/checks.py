"""What is refused and what is worth a warning, on plain values; the day of today is an argument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from opstap.plans.logic.rows import ActivityRow, InstrumentRow, Remark, TrajectoryRow

DAYS_AHEAD = 366  # a plan may begin later, at most a year from now
Valid = tuple[date | None, date | None]
Period = tuple[date, date | None]
Part = ActivityRow | InstrumentRow


@dataclass(frozen=True)
class Around:
    """What the checks need to know: levels that can be a goal, codes with their validity, and what stands.

    `standing` are the trajectories by reference, with their client and period. `said_before` are the codes of rows
    that are corrected, by the id of that row: what was recorded once may stay, also when the code ended since.
    """

    goals: frozenset[int] = frozenset()
    codes: Mapping[str, Mapping[str, Valid]] = field(default_factory=dict)
    standing: Mapping[str, tuple[int, Period]] = field(default_factory=dict)
    follow_ups: Mapping[int, Sequence[Period]] = field(default_factory=dict)
    said_before: Mapping[int, frozenset[str]] = field(default_factory=dict)


def faults_of_trajectories(rows: Sequence[TrajectoryRow], around: Around, today: date) -> list[Remark]:
    """Refused: an end before the begin, a begin too far ahead, an unknown kind or reason, a goal that is no level."""
    faults: list[Remark] = []
    for number, row in enumerate(rows):
        codes = _period_faults(row, today)
        if not _is_code(around, "trajectory_kind", row.kind, row.starts_on, row):
            codes.append("kind_unknown")
        if row.goal_level_id is not None and row.goal_level_id not in around.goals:
            codes.append("goal_unknown")
        if row.goal_level_id is not None and row.maintains_level:
            codes.append("two_goals")
        codes += _end_faults(around, "trajectory_end_reason", row.end_reason, row)
        faults.extend(Remark(number, code) for code in codes)
    return faults


def faults_of_parts(rows: Sequence[Part], around: Around, today: date) -> list[Remark]:
    """Refused: the same of activities and instruments, and hanging under no trajectory of this client."""
    faults: list[Remark] = []
    for number, row in enumerate(rows):
        codes = _period_faults(row, today)
        client, _period = around.standing.get(row.trajectory, (None, None))
        if client != row.client_id:
            codes.append("trajectory_unknown")
        codes += _activity_faults(row, around) if isinstance(row, ActivityRow) else _instrument_faults(row, around)
        faults.extend(Remark(number, code) for code in codes)
    return faults


def warnings_of(rows: Sequence[Part] | Sequence[TrajectoryRow], around: Around) -> list[Remark]:
    """Warned: outside the trajectory it hangs under; of a trajectory: outside every period of follow-up."""
    warnings: list[Remark] = []
    for number, row in enumerate(rows):
        if isinstance(row, TrajectoryRow):
            periods = around.follow_ups.get(row.client_id, ())
            if not any(_begins_within(row.starts_on, period) for period in periods):
                warnings.append(Remark(number, "outside_follow_up"))
            continue
        _client, within = around.standing.get(row.trajectory, (None, None))
        if within is not None and _lies_outside((row.starts_on, row.ends_on), within):
            warnings.append(Remark(number, "outside_trajectory"))
    return warnings


def _period_faults(row: TrajectoryRow | Part, today: date) -> list[str]:
    codes = []
    if row.ends_on is not None and row.ends_on <= row.starts_on:
        codes.append("ends_before_it_starts")
    if row.starts_on > today + timedelta(days=DAYS_AHEAD):
        codes.append("starts_too_far_ahead")
    return codes


def _activity_faults(row: ActivityRow, around: Around) -> list[str]:
    codes = [] if row.description.strip() else ["description_missing"]
    if row.kind and not _is_code(around, "activity_kind", row.kind, row.starts_on, row):
        codes.append("kind_unknown")
    return codes


def _instrument_faults(row: InstrumentRow, around: Around) -> list[str]:
    codes = _end_faults(around, "instrument_result", row.result, row)
    if not _is_code(around, "instrument_kind", row.kind, row.starts_on, row):
        codes.append("instrument_unknown")
    return codes


def _end_faults(around: Around, words: str, code: str, row: TrajectoryRow | Part) -> list[str]:
    if not code:
        return []
    if row.ends_on is None:
        return ["result_without_end"]
    return [] if _is_code(around, words, code, row.ends_on, row) else ["result_unknown"]


def _is_code(around: Around, words: str, code: str, day: date, row: TrajectoryRow | Part) -> bool:
    """Whether the list has the code, to be chosen on that day, or said already in the row that is corrected."""
    if row.replaces_id is not None and code in around.said_before.get(row.replaces_id, ()):
        return True
    valid = around.codes.get(words, {}).get(code)
    return valid is not None and _begins_within(day, (valid[0] or date.min, valid[1]))


def _begins_within(day: date, period: Period) -> bool:
    return period[0] <= day and (period[1] is None or day < period[1])


def _lies_outside(inner: Period, outer: Period) -> bool:
    """Begins before it, begins after it, or goes on longer. What runs on beside a running one lies within."""
    if not _begins_within(inner[0], outer):
        return True
    return outer[1] is not None and (inner[1] is None or inner[1] > outer[1])
