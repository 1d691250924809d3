"""Placements on the other scales: the ladders of two programmes, and the client groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opstap.demo.logic.calendar import plus_months
from opstap.demo.logic.caseload import worker_on
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.circumstances import traits_on
from opstap.demo.logic.judgement import NO, UNKNOWN, YES
from opstap.demo.logic.ladder_walk import Step
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.placing import Setting
from opstap.demo.logic.staff import DEVELOPMENT_PROGRAMME, LANGUAGE_PROGRAMME
from opstap.demo.logic.statements import InProgramme, Life, Placement

DEVELOPMENT, SERVICE, GROUPS = "groningen", "rijswijk", "steenwijkerland"
GROUPS_IN_USE = date(2020, 1, 1)
SHARE_GROUPED = 0.22
GROUPED_SINCE_MONTHS = 40
STAYS_IN_GROUP = 0.8
DEVELOPMENT_LEVELS: Mapping[int, Mapping[str, float]] = {
    0: {"0": 1},
    1: {"1": 0.7, "2": 0.3},
    2: {"1": 0.2, "2": 0.6, "3": 0.2},
    3: {"2": 0.2, "3": 0.7, "4": 0.1},
    4: {"3": 0.2, "4": 0.65, "5": 0.15},
    5: {"4": 0.2, "5": 0.45, "6": 0.35},
    6: {"6": 0.2, "7": 0.8},
}
SERVICE_LEVELS: Mapping[int, Mapping[str, float]] = {
    0: {"0": 1},
    1: {"1": 0.75, "2": 0.25},
    2: {"1": 0.15, "2": 0.7, "3": 0.15},
    3: {"2": 0.45, "3": 0.3, "4": 0.25},
    4: {"3": 0.2, "4": 0.7, "5": 0.1},
    5: {"4": 0.25, "5": 0.65, "6": 0.1},
    6: {"5": 0.1, "6": 0.9},
}
# Of a programme: the ladder it places on, since when, by the level on the ladder of the municipality, and its top.
LADDERS = {
    DEVELOPMENT_PROGRAMME: (DEVELOPMENT, date(2020, 9, 1), DEVELOPMENT_LEVELS),
    LANGUAGE_PROGRAMME: (SERVICE, date(2021, 3, 1), SERVICE_LEVELS),
}
TOPS = {DEVELOPMENT: "7", SERVICE: "6"}
CLIENT_GROUPS: Mapping[int, Mapping[str, float]] = {
    0: {"0": 1},
    1: {"3": 0.55, "4": 0.45},
    2: {"3": 0.75, "4": 0.15, "2": 0.1},
    3: {"3": 0.5, "2": 0.5},
    4: {"2": 0.75, "1": 0.25},
    5: {"6": 0.55, "1": 0.25, "5": 0.2},
    6: {"6": 0.95, "1": 0.05},
}


def say_on_its_ladder(
    rng: Random, life: Life, stays: Sequence[InProgramme], steps: Sequence[Step], around: Setting
) -> None:
    """On entering a programme that has a ladder of its own, and each year in it."""
    for stay in stays if steps else ():
        scale, in_use, levels = LADDERS[stay.programme]
        last = stay.ends_on or around.span.until
        code, before = "", -1
        for day in _yearly(rng, max(stay.starts_on, in_use), last):
            whole = _whole_on(steps, day)
            reason = "yearly" if code else "intake"
            if whole != before or rng.random() < 0.12:
                code, before = weighted(rng, levels[whole]), whole
            life.say(_judged(rng, Placement(scale, day, code, reason=reason), around), day)


def say_groups(rng: Random, life: Life, stay: Followed, steps: Sequence[Step], around: Setting) -> None:
    """The client group of some, looked at each year: most stay in it, and some are in another one from then on."""
    since = max(stay.starts_on, around.span.months_ago(GROUPED_SINCE_MONTHS), GROUPS_IN_USE)
    last = stay.ends_on or around.span.until
    if not steps or rng.random() > SHARE_GROUPED:
        return
    group = ""
    for day in _yearly(rng, days_after(rng, since, 10, 120), last):
        groups, reason = CLIENT_GROUPS[_whole_on(steps, day)], "yearly" if group else "intake"
        if group not in groups or rng.random() > STAYS_IN_GROUP:
            group = weighted(rng, groups)
        life.say(_judged(rng, Placement(GROUPS, day, group, reason=reason), around), day)


def _judged(rng: Random, bare: Placement, around: Setting) -> Placement:
    growth = YES if rng.random() < 0.6 else NO
    expected = _expected(rng, bare.scale, bare.level, growth) if bare.level != "0" and rng.random() > 0.14 else None
    return replace(
        bare,
        growth=UNKNOWN if bare.level in {"0", TOPS.get(bare.scale)} else growth,
        expected=expected,
        expected_by=plus_months(bare.measured_on, 12) if expected else None,
        worker=worker_on(around.caseload, bare.measured_on),
        traits=traits_on(around.traits, around.exemptions, bare.measured_on),
    )


def _expected(rng: Random, scale: str, code: str, growth: int) -> str:
    """A ladder goes up; a group has no order, so the expected group is what the worker names."""
    if scale == GROUPS:
        return rng.choice("126") if growth == YES else code
    return str(min(int(TOPS[scale]), int(code) + (weighted(rng, {1: 0.7, 2: 0.3}) if growth == YES else 0)))


def _whole_on(steps: Sequence[Step], day: date) -> int:
    """The ladder level that holds on the day."""
    held = [step.whole for step in steps if step.day <= day]
    return held[-1] if held else steps[0].whole


def _yearly(rng: Random, first: date, last: date) -> Iterator[date]:
    day = days_after(rng, first, 0, 30)
    while day < last:
        yield day
        day += timedelta(days=rng.randint(330, 450))
