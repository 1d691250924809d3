"""Trajectories and activities: what the file shows is added or goes on; what it doesn't show is never ended.

One kind of trajectory leads to one goal at a time: another goal ends the trajectory and begins the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from opstap.exchange.logic import ActivitySaid, TrajectorySaid
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case, saying_when
from opstap.exchange.selectors.plan.stored import ACTIVITY_COLUMNS, TRAJECTORY_COLUMNS
from opstap.exchange.selectors.plan.timelines import day_after
from opstap.foundation.references import new_reference
from opstap.plans.logic import ActivityRow, TrajectoryRow

OTHER_GOAL = "other_trajectory"
NO_TRAJECTORY = TrajectorySaid("unspecified")
R = TypeVar("R", TrajectoryRow, ActivityRow)


@dataclass(frozen=True)
class Seen:
    """What a row says of help: on which day, and up to which one if it says so."""

    day: date
    trajectory: TrajectorySaid | None
    activity: ActivitySaid | None
    ends_on: date | None = None


class _Kept(Generic[R]):
    """A row as it will stand, and as it stood."""

    def __init__(self, row: R, was: R | None = None) -> None:
        self.row: R = row
        self.was: R | None = was

    def change(self, **said: Any) -> None:
        self.row = replace(self.row, **said)

    def covers(self, day: date) -> bool:
        return self.row.starts_on <= day and (self.row.ends_on is None or day < self.row.ends_on)


class Help:
    """The trajectories and activities of one client, and how what a file shows changes them."""

    def __init__(
        self, client_id: int, levels: Mapping[str, int], trajectories: Iterable[Any], activities: Iterable[Any]
    ) -> None:
        self._client, self._levels = client_id, levels
        self._trajectories: list[_Kept[TrajectoryRow]] = []
        self._activities: list[_Kept[ActivityRow]] = []
        for pk, starts_on, ends_on, *rest in trajectories:
            said = dict(zip(TRAJECTORY_COLUMNS, rest, strict=True))
            stored = TrajectoryRow(client_id, starts_on=starts_on, ends_on=ends_on, replaces_id=pk, **said)
            self._trajectories.append(_Kept(stored, stored))
        for pk, starts_on, ends_on, *rest in activities:
            said = dict(zip(ACTIVITY_COLUMNS, rest, strict=True))
            held = ActivityRow(client_id, starts_on=starts_on, ends_on=ends_on, replaces_id=pk, **said)
            self._activities.append(_Kept(held, held))

    def see(self, seen: Seen) -> bool:
        """Take in what a row says; returns whether that is news."""
        said, before = seen.trajectory, self._rows()
        under = self._running(seen.day) if said is None else None
        if under is None:
            under = self._led(said or NO_TRAJECTORY, seen.day, seen.ends_on)
        if seen.activity is not None:
            self._done(under, seen.activity, seen.day)
        return before != self._rows()

    def trajectories(self) -> list[TrajectoryRow]:
        """Those to be recorded: new, or otherwise than they stood."""
        return [kept.row for kept in self._trajectories if kept.row != kept.was]

    def activities(self) -> list[ActivityRow]:
        """The same of activities."""
        return [kept.row for kept in self._activities if kept.row != kept.was]

    def _rows(self) -> tuple[list[TrajectoryRow], list[ActivityRow]]:
        return [kept.row for kept in self._trajectories], [kept.row for kept in self._activities]

    def _running(self, day: date) -> _Kept[TrajectoryRow] | None:
        """The trajectory of that day that began last."""
        held = [kept for kept in self._trajectories if kept.covers(day)]
        return max(held, key=lambda kept: kept.row.starts_on, default=None)

    def _led(self, said: TrajectorySaid, day: date, ends_on: date | None) -> _Kept[TrajectoryRow]:
        own = [kept for kept in self._trajectories if (kept.row.kind, kept.row.name) == (said.kind, said.name)]
        held = max((one for one in own if one.covers(day)), key=lambda one: one.row.starts_on, default=None)
        later = min((one for one in own if one.row.starts_on > day), key=lambda one: one.row.starts_on, default=None)
        if held is not None and self._agrees(held, said):
            self._end(held, ends_on)
            return held
        if held is not None and held.row.starts_on == day:
            held.change(**self._goal(said))
            self._end(held, ends_on)
            return held
        if held is not None:
            until, reason = held.row.ends_on, held.row.end_reason
            self._end(held, day, OTHER_GOAL)
            return self._begin(said, day, ends_on or until, "" if ends_on else reason)
        if later is not None and self._agrees(later, said) and (ends_on is None or ends_on > later.row.starts_on):
            later.change(starts_on=day)
            self._end(later, ends_on)
            return later
        return self._begin(said, day, ends_on or (later.row.starts_on if later else None), "")

    def _begin(self, said: TrajectorySaid, day: date, ends_on: date | None, reason: str) -> _Kept[TrajectoryRow]:
        row = TrajectoryRow(
            self._client, new_reference(), said.kind, day, ends_on, said.name, end_reason=reason, **self._goal(said)
        )
        kept = _Kept(row)
        self._trajectories.append(kept)
        return kept

    def _end(self, held: _Kept[TrajectoryRow], ends_on: date | None, reason: str = "") -> None:
        """End it, and the activities that run under it; an end that is known stays when none is said."""
        if ends_on is None or ends_on == held.row.ends_on or ends_on <= held.row.starts_on:
            return
        held.change(ends_on=ends_on, end_reason=reason or held.row.end_reason)
        for kept in self._activities:
            under = kept.row.trajectory == held.row.reference and kept.row.starts_on < ends_on
            if under and (kept.row.ends_on is None or kept.row.ends_on > ends_on):
                kept.change(ends_on=ends_on)

    def _agrees(self, held: _Kept[TrajectoryRow], said: TrajectorySaid) -> bool:
        """Whether nothing else is said of the goal."""
        now = {"goal_level_id": held.row.goal_level_id, "maintains_level": held.row.maintains_level}
        return not said.says_goal or now == self._goal(said)

    def _goal(self, said: TrajectorySaid) -> dict[str, Any]:
        return {"goal_level_id": self._levels[said.goal] if said.goal else None, "maintains_level": said.keeps}

    def _done(self, under: _Kept[TrajectoryRow], said: ActivitySaid, day: date) -> None:
        trajectory = under.row
        own = [
            kept
            for kept in self._activities
            if kept.row.trajectory == trajectory.reference
            and kept.row.description.casefold() == said.description.casefold()
        ]
        if any(kept.covers(day) for kept in own):
            return
        later = next((kept for kept in own if kept.row.starts_on > day), None)
        if later is not None:
            later.change(starts_on=day)
            return
        row = ActivityRow(
            self._client, new_reference(), trajectory.reference, said.description, day, trajectory.ends_on, said.kind
        )
        self._activities.append(_Kept(row))


def plan_help(case: Case, draft: Draft, since: date) -> None:
    """A trajectory from the day the row gives, else its measuring day, else the day on which the file takes effect."""
    rows = saying_when([row for row in case.rows if row.trajectory is not None or row.activity is not None])
    if not rows:
        return
    stored = draft.stored
    help_now = Help(case.id, draft.levels, stored.trajectories.get(case.id, ()), stored.activities.get(case.id, ()))
    for row in rows:
        day = row.trajectory_from or row.measured_on or max(draft.terms.effective_on, since)
        ends_on = day_after(row.trajectory_until)
        said = row.trajectory
        if said is not None and row.trajectory_goal is not None:
            said = replace(said, goal=row.trajectory_goal.goal, keeps=row.trajectory_goal.keeps)
        if ends_on is not None and ends_on <= day:
            day = min(since, day)
        if ends_on is not None and ends_on <= day:
            continue
        if help_now.see(Seen(day, said, row.activity, ends_on)):
            case.changed.add(row.number)
    draft.plan.additions.trajectories.extend(help_now.trajectories())
    draft.plan.additions.activities.extend(help_now.activities())


def seen_together(
    client_id: int,
    levels: Mapping[str, int],
    seen: Sequence[Seen],
    trajectories: Iterable[Any],
    activities: Iterable[Any],
) -> tuple[list[TrajectoryRow], list[ActivityRow]]:
    """What a row of observations about one client comes to."""
    help_now = Help(client_id, levels, trajectories, activities)
    for one in sorted(seen, key=lambda one: one.day):
        help_now.see(one)
    return help_now.trajectories(), help_now.activities()
