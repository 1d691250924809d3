"""What a file shows of one client's help is added or goes on; what it doesn't show is never ended.

One kind of trajectory leads to one goal at a time: another goal ends the trajectory and begins the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opstap.exchange.logic import ActivitySaid, TrajectorySaid
from opstap.exchange.selectors.plan.help.instruments import Instruments, Used
from opstap.exchange.selectors.plan.help.kept import Kept, changed, running_until, stored
from opstap.exchange.selectors.plan.stored import ACTIVITY_COLUMNS, TRAJECTORY_COLUMNS
from opstap.foundation.references import new_reference
from opstap.plans.logic import ActivityRow, InstrumentRow, TrajectoryRow

OTHER_GOAL = "other_trajectory"
NO_TRAJECTORY = TrajectorySaid("unspecified")


@dataclass(frozen=True)
class Known:
    """The stored rows of one client, as (id, starts_on, ends_on, …)."""

    trajectories: Iterable[tuple[Any, ...]] = ()
    activities: Iterable[tuple[Any, ...]] = ()
    instruments: Iterable[tuple[Any, ...]] = ()


@dataclass(frozen=True)
class Seen:
    """What a row says of help: on which day, up to which one if it says so. Of what had ended the day is a guess."""

    day: date
    trajectory: TrajectorySaid | None
    activity: ActivitySaid | None
    ends_on: date | None = None
    instrument: Used | None = None
    had_ended: bool = False


@dataclass(frozen=True)
class Changed:
    """The rows to be recorded."""

    trajectories: Sequence[TrajectoryRow]
    activities: Sequence[ActivityRow]
    instruments: Sequence[InstrumentRow]


class Help:
    """The trajectories of one client with what hangs under them, and how what a file shows changes them."""

    def __init__(self, client_id: int, levels: Mapping[str, int], known: Known) -> None:
        self._client, self._levels = client_id, levels
        self._trajectories = stored(TrajectoryRow, TRAJECTORY_COLUMNS, known.trajectories)
        self._activities = stored(ActivityRow, ACTIVITY_COLUMNS, known.activities)
        self.instruments = Instruments(known.instruments)

    def see(self, seen: Seen) -> bool:
        """Take in what a row says; returns whether that is news."""
        before = self._rows()
        under = self._seen(seen.trajectory, seen) if seen.trajectory is not None else None
        if seen.activity is not None and not (under is None and self._was_done(seen.activity, seen)):
            if under is None:
                under = self._running(seen.day, seen.activity) or self._seen(NO_TRAJECTORY, seen)
            self._done(under, seen.activity, max(seen.day, under.row.starts_on))
        if seen.instrument is not None:
            self._used(under, seen.instrument)
        return before != self._rows()

    def changed(self) -> Changed:
        """What is new, or otherwise than it stood."""
        return Changed(changed(self._trajectories), changed(self._activities), changed(self.instruments.kept))

    def _rows(self) -> tuple[list[Any], ...]:
        every: tuple[Sequence[Kept[Any]], ...] = (self._trajectories, self._activities, self.instruments.kept)
        return tuple([kept.row for kept in one] for one in every)

    def _running(self, day: date, doing: ActivitySaid | None = None) -> Kept[TrajectoryRow] | None:
        """The trajectory of that day in which this is done, else the one that began last."""
        held = [kept for kept in self._trajectories if kept.covers(day)]
        known = {one.row.trajectory for one in self._activities if doing and _is(one.row, doing) and one.covers(day)}
        return max(held, key=lambda kept: (kept.row.reference in known, kept.row.starts_on), default=None)

    def _seen(self, said: TrajectorySaid, seen: Seen) -> Kept[TrajectoryRow]:
        """What had ended is known by its end, with the goal that is said now; else what a day and an end come to."""
        known = None
        if seen.had_ended and seen.ends_on is not None:
            own = [one for one in self._trajectories if (one.row.kind, one.row.name) == (said.kind, said.name)]
            known = running_until(own, seen.ends_on)
        if known is None:
            return self._led(said, seen.day, seen.ends_on)
        if not self._agrees(known, said):
            known.change(**self._goal(said))
        self._end(known, seen.ends_on)
        return known

    def _was_done(self, said: ActivitySaid, seen: Seen) -> bool:
        """Whether an activity that had ended is known by its end."""
        if not seen.had_ended or seen.ends_on is None:
            return False
        known = running_until([kept for kept in self._activities if _is(kept.row, said)], seen.ends_on)
        if known is not None and known.row.ends_on is None:
            known.change(ends_on=seen.ends_on)
        return known is not None

    def _led(self, said: TrajectorySaid, day: date, ends_on: date | None) -> Kept[TrajectoryRow]:
        own = [kept for kept in self._trajectories if (kept.row.kind, kept.row.name) == (said.kind, said.name)]
        running = (one for one in own if one.covers(day))
        held = max(running, key=lambda one: (self._agrees(one, said), one.row.starts_on), default=None)
        later = min((one for one in own if one.row.starts_on > day), key=lambda one: one.row.starts_on, default=None)
        if held is not None and self._agrees(held, said):
            self._end(held, ends_on)
            return held
        if held is not None and held.row.starts_on == day:
            held.change(**self._goal(said))
            self._end(held, ends_on)
            return held
        if held is not None:
            return self._followed(held, said, day, ends_on)
        if later is not None and self._agrees(later, said) and (ends_on is None or ends_on > later.row.starts_on):
            later.change(starts_on=day)
            self._end(later, ends_on)
            return later
        return self._begin(said, day, ends_on or (later.row.starts_on if later else None), "")

    def _followed(
        self, held: Kept[TrajectoryRow], said: TrajectorySaid, day: date, ends_on: date | None
    ) -> Kept[TrajectoryRow]:
        """Another goal: the trajectory ends, and its instruments go on under the next one."""
        until, reason = held.row.ends_on, held.row.end_reason
        following = self._begin(said, day, ends_on or until, "" if ends_on else reason)
        following.change(client_id=held.row.client_id)  # what hangs under it goes along, and stays in its dossier
        self.instruments.move(held.row.reference, following.row.reference, day)
        if ends_on is not None:
            self.instruments.cut(following.row.reference, ends_on)
        self._end(held, day, OTHER_GOAL)
        return following

    def _begin(self, said: TrajectorySaid, day: date, ends_on: date | None, reason: str) -> Kept[TrajectoryRow]:
        row = TrajectoryRow(
            self._client, new_reference(), said.kind, day, ends_on, said.name, end_reason=reason, **self._goal(said)
        )
        kept = Kept(row)
        self._trajectories.append(kept)
        return kept

    def _end(self, held: Kept[TrajectoryRow], ends_on: date | None, reason: str = "") -> None:
        """End it, and what runs under it; an end that is known stays when none is said."""
        if ends_on is None or ends_on == held.row.ends_on or ends_on <= held.row.starts_on:
            return
        held.change(ends_on=ends_on, end_reason=reason or held.row.end_reason)
        for kept in self._activities:
            under = kept.row.trajectory == held.row.reference and kept.row.starts_on < ends_on
            if under and (kept.row.ends_on is None or kept.row.ends_on > ends_on):
                kept.change(ends_on=ends_on)
        self.instruments.cut(held.row.reference, ends_on)

    def _agrees(self, held: Kept[TrajectoryRow], said: TrajectorySaid) -> bool:
        """Whether nothing else is said of the goal."""
        now = {"goal_level_id": held.row.goal_level_id, "maintains_level": held.row.maintains_level}
        return not said.says_goal or now == self._goal(said)

    def _goal(self, said: TrajectorySaid) -> dict[str, Any]:
        return {"goal_level_id": self._levels[said.goal] if said.goal else None, "maintains_level": said.keeps}

    def _done(self, under: Kept[TrajectoryRow], said: ActivitySaid, day: date) -> None:
        trajectory = under.row
        own = [kept for kept in self._activities if kept.row.trajectory == trajectory.reference and _is(kept.row, said)]
        if any(kept.covers(day) for kept in own):
            return
        later = next((kept for kept in own if kept.row.starts_on > day), None)
        if later is not None:
            later.change(starts_on=day)
            return
        row = ActivityRow(
            trajectory.client_id, new_reference(), trajectory.reference, said.description, day, trajectory.ends_on,
            said.kind,
        )  # fmt: skip
        self._activities.append(Kept(row))

    def _used(self, under: Kept[TrajectoryRow] | None, used: Used) -> None:
        """A known instrument needs no trajectory; another one hangs under what the row says, else under what runs."""
        known = self.instruments.found(used)
        if known is not None:
            self.instruments.correct(known, used)
            return
        if under is None:
            under = self._running(used.day) or self._led(NO_TRAJECTORY, used.day, None)
        self.instruments.begin(used, under.row)


def _is(row: ActivityRow, said: ActivitySaid) -> bool:
    return row.description.casefold() == said.description.casefold()


def seen_together(client_id: int, levels: Mapping[str, int], seen: Sequence[Seen], known: Known) -> Changed:
    """What a row of observations about one client comes to."""
    help_now = Help(client_id, levels, known)
    for one in sorted(seen, key=lambda one: one.day):
        help_now.see(one)
    return help_now.changed()
