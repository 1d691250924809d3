"""In whose caseload someone was: changes of worker and team, a worker who is ill, one who leaves, a batch undivided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import days_after
from opstap.demo.logic.ladder_walk import Step
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.staff import ILL, LEAVING, team_for, worker_of
from opstap.demo.logic.statements import InCaseload
from opstap.foundation.dates import age_on

ILL_SINCE_DAYS, LEAVES_SINCE_DAYS, UNDIVIDED_SINCE_DAYS = 75, 24, 33
DAYS_BETWEEN_CHANGES = 1500


def draw_caseload(rng: Random, stay: Followed, steps: Sequence[Step], born: date, span: Span) -> list[InCaseload]:
    """The caseloads of one stay in follow-up, one after another, from the first day of the town on."""
    if stay.ends_on is not None and stay.ends_on <= span.start:
        return []
    first_level = max(steps[0].whole, 2) if steps else 2
    team = team_for(first_level, age_on(born, stay.starts_on))
    stays = [InCaseload(team, worker_of(rng, team), max(stay.starts_on, span.start))]
    _change_with_time(rng, stays, steps, born, stay.ends_on or span.until)
    if stay.ends_on is not None:
        stays[-1] = replace(stays[-1], ends_on=stay.ends_on, end_reason="follow_up_ended")
    else:
        _change_at_the_end(rng, stays, span)
    return stays


def worker_on(caseload: Sequence[InCaseload], day: date) -> int | None:
    """Who had someone in the caseload on a day; before the first, the first."""
    held = [stay.worker for stay in caseload if stay.starts_on <= day]
    return held[-1] if held else caseload[0].worker if caseload else None


def _change_with_time(rng: Random, stays: list[InCaseload], steps: Sequence[Step], born: date, end: date) -> None:
    next_change = days_after(rng, stays[0].starts_on, 200, 2 * DAYS_BETWEEN_CHANGES)
    for step in steps:
        last = stays[-1]
        moved_on = days_after(rng, step.day, 3, 25)
        if moved_on <= last.starts_on or moved_on >= end:
            continue
        team = team_for(max(step.whole, 1), age_on(born, step.day))
        if team != last.team and rng.random() < 0.6:
            _hand_over(stays, InCaseload(team, worker_of(rng, team), moved_on), "team_changed")
        elif moved_on > next_change:
            worker = worker_of(rng, last.team, last.worker)
            _hand_over(stays, InCaseload(last.team, worker, moved_on), "transferred")
            next_change = moved_on + timedelta(days=rng.randint(300, 2 * DAYS_BETWEEN_CHANGES))


def _change_at_the_end(rng: Random, stays: list[InCaseload], span: Span) -> None:
    team, worker, draw = stays[-1].team, stays[-1].worker, rng.random()
    if worker == ILL and draw < 0.7:
        days, reason, heir = ILL_SINCE_DAYS, "worker_absent", worker_of(rng, team, ILL)
    elif worker == LEAVING and draw < 0.4:
        days, reason, heir = LEAVES_SINCE_DAYS, "worker_left", worker_of(rng, team, LEAVING)
    elif draw > 0.96:
        days, reason, heir = UNDIVIDED_SINCE_DAYS, "caseload_divided", None
    else:
        return
    day = span.until - timedelta(days=days)
    if stays[-1].starts_on < day:
        _hand_over(stays, InCaseload(team, heir, day), reason)


def _hand_over(stays: list[InCaseload], after: InCaseload, reason: str) -> None:
    stays[-1] = replace(stays[-1], ends_on=after.starts_on, end_reason=reason)
    stays.append(after)
