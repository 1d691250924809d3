"""How someone moves over the participation ladder: measuring days with their gaps, and the level on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.outlines import Followed

TOP, WITH_SUPPORT = 6, 5
FIRST_LEVELS = {1: 0.12, 2: 0.4, 3: 0.24, 4: 0.11, 5: 0.12, 6: 0.01}
FIRST_LEVELS_TO_WORK = {1: 0.02, 2: 0.14, 3: 0.24, 4: 0.27, 5: 0.31, 6: 0.02}
FALL = 0.105  # from level 2 up; with level 1, which knows no fall, 9 % of all
RISE = {1: 0.16, 2: 0.12, 3: 0.11, 4: 0.11, 5: 0.02}
RISE_TO_WORK = {1: 0.4, 2: 0.38, 3: 0.36, 4: 0.34, 5: 0.07}
SIGNS = {"-": 0.37, "": 0.24, "+": 0.39}
TO_WORK = {"employment", "self_employment"}


@dataclass(frozen=True, slots=True)
class Step:
    """A measuring moment: day, whole level, half sign and reason. Level 0 is not determined."""

    day: date
    whole: int
    sign: str
    reason: str

    @property
    def code(self) -> str:
        """The level's code."""
        return f"{self.whole}{self.sign}"


def walk(rng: Random, stay: Followed, span: Span) -> list[Step]:
    """The placements of one stay in follow-up, from the year before the town's history on."""
    days = list(_measuring_days(rng, stay, span))
    if not days or (stay.ends_on is None and rng.random() < 0.022):
        return []
    if stay.ends_on is None and rng.random() < 0.013:
        return [Step(days[-1][0], 0, "", days[-1][1])]
    to_work = stay.ends_on is not None and stay.exit_reason in TO_WORK
    level = weighted(rng, FIRST_LEVELS_TO_WORK if to_work else FIRST_LEVELS)
    steps = [_step(rng, days[0], level)]
    for day in days[1:]:
        level = _next(rng, level, RISE_TO_WORK if to_work else RISE)
        steps.append(_step(rng, day, level))
    return [*steps, *_step_to_work(rng, stay, steps[-1])]


def as_employed(steps: Sequence[Step], stay: Followed) -> list[Step]:
    """The same steps; who has sheltered work stands on the level of work with support, whenever they were placed."""
    if stay.kind != "sheltered_work":
        return list(steps)
    return [replace(step, whole=WITH_SUPPORT) if step.whole else step for step in steps]


def at_work_without_help(steps: Sequence[Step]) -> list[tuple[date, date | None]]:
    """From when until when somebody stood on the top: work without a benefit (FIELD 1.2). None for until now."""
    found: list[tuple[date, date | None]] = []
    for number, step in enumerate(steps):
        until = steps[number + 1].day if number + 1 < len(steps) else None
        if step.whole != TOP:
            continue
        if found and found[-1][1] == step.day:
            found[-1] = (found[-1][0], until)
        else:
            found.append((step.day, until))
    return found


def as_independent(stay: Followed, steps: Sequence[Step]) -> Followed:
    """The same stay; the benefit of who stands on the top at the end of it ended for work when they came there."""
    last = at_work_without_help(steps)[-1:]
    if stay.kind == "nugger" or not last or last[0][1] is not None or last[0][0] <= stay.starts_on:
        return stay
    ended = min(last[0][0], stay.benefit_ends_on or last[0][0])
    return replace(stay, benefit_ends_on=ended, exit_reason="employment")


def _measuring_days(rng: Random, stay: Followed, span: Span) -> Iterator[tuple[date, str]]:
    end = stay.ends_on or span.until + timedelta(days=1)
    day, reason = days_after(rng, stay.starts_on, 0, 40), "intake"
    earliest = span.start - timedelta(days=330)
    if day < earliest:
        day, reason = days_after(rng, span.start, -330, -3), "yearly"
    while day < end:
        yield day, reason
        gap, reason = _gap(rng)
        day += timedelta(days=gap)


def _gap(rng: Random) -> tuple[int, str]:
    kind = weighted(rng, {"yearly": 0.72, "late": 0.12, "after_instrument": 0.07, "at_contact": 0.09})
    if kind == "yearly":
        return rng.randint(320, 410), "yearly"
    if kind == "late":
        return rng.randint(430, 800), "yearly"
    return rng.randint(80, 240), kind


def _next(rng: Random, level: int, rise: Mapping[int, float]) -> int:
    draw = rng.random()
    if level > 1 and draw < FALL:
        return max(1, level - weighted(rng, {1: 0.85, 2: 0.15}))
    if level < TOP and draw > 1 - rise[level]:
        return min(TOP, level + weighted(rng, {1: 0.87, 2: 0.13}))
    return level


def _step(rng: Random, day: tuple[date, str], level: int) -> Step:
    return Step(day[0], level, weighted(rng, SIGNS) if level < TOP else "", day[1])


def _step_to_work(rng: Random, stay: Followed, last: Step) -> list[Step]:
    """Most who leave for work are placed high before they go."""
    if stay.ends_on is None or stay.exit_reason not in TO_WORK or rng.random() > 0.8 or last.whole == TOP:
        return []
    day = days_after(rng, stay.ends_on, -60, -1)
    if day <= last.day:
        return []
    level = weighted(rng, {5: 0.45, 6: 0.55})
    return [_step(rng, (day, "at_contact"), max(level, last.whole))]
