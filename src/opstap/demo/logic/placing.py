"""From steps on the ladder to placements as recorded: judged, corrected, withdrawn, assessed a second time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from opstap.clients.logic import ExemptionRow, TraitRow
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.caseload import worker_on
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.circumstances import traits_on
from opstap.demo.logic.judgement import judge
from opstap.demo.logic.ladder_walk import SIGNS, TOP, Step
from opstap.demo.logic.staff import worker_of
from opstap.demo.logic.statements import InCaseload, Life, Placement, Withdrawal

SCALE = "vng"
CORRECTED, WITHDRAWN, ASSESSED_TWICE = 0.028, 0.006, 1 / 15


@dataclass(frozen=True)
class Setting:
    """What surrounds the placements of one life."""

    span: Span
    prospects: float
    caseload: Sequence[InCaseload]
    traits: Sequence[TraitRow]
    exemptions: Sequence[ExemptionRow]


def placement_at(rng: Random, step: Step, around: Setting) -> Placement:
    """A step as its worker records it."""
    worker = worker_on(around.caseload, step.day)
    growth, expected, expected_by = judge(rng, step, around.prospects, worker)
    copied = traits_on(around.traits, around.exemptions, step.day)
    return Placement(SCALE, step.day, step.code, growth, expected, expected_by, step.reason, worker, traits=copied)


def say_placements(rng: Random, life: Life, steps: Sequence[Step], around: Setting) -> None:
    """Record the steps; some were recorded wrong at first, some should not have been there."""
    for number, step in enumerate(steps):
        right = placement_at(rng, step, around)
        learnt = _learnt(rng, step.day, around.span)
        if rng.random() < CORRECTED and step.whole > 0:
            wrong = life.say(_mistaken(rng, right, step), learnt)
            corrected_on = days_after(rng, learnt, 15, 130)
            life.say(replace(right, reason="correction"), min(corrected_on, around.span.until), wrong)
        else:
            life.say(right, learnt)
        following = steps[number + 1].day if number + 1 < len(steps) else around.span.until
        if rng.random() < WITHDRAWN:
            _say_and_withdraw(rng, life, right, following, around.span)


def say_second_assessment(rng: Random, life: Life, steps: Sequence[Step], around: Setting) -> None:
    """A colleague places the same person within weeks, without knowing the first placement."""
    step = steps[-1]
    first = worker_on(around.caseload, step.day)
    day = min(days_after(rng, step.day, 3, 30), around.span.until)
    if step.whole == 0 or not around.caseload or day <= step.day:
        return
    other = worker_of(rng, around.caseload[-1].team, first)
    seen = min(TOP, max(1, step.whole + weighted(rng, {-1: 0.14, 0: 0.7, 1: 0.16})))
    second = Step(day, seen, weighted(rng, SIGNS) if seen < TOP else "", "at_contact")
    growth, expected, expected_by = judge(rng, second, rng.random(), other)
    copied = traits_on(around.traits, around.exemptions, day)
    row = Placement(SCALE, day, second.code, growth, expected, expected_by, second.reason, other, True, copied)
    life.say(row, day)


def _learnt(rng: Random, day: date, span: Span) -> date:
    return min(day + timedelta(days=rng.choice((0, 0, 0, 0, 0, 0, 1, 2, 6, 25))), span.until)


def _mistaken(rng: Random, right: Placement, step: Step) -> Placement:
    """A slip: another level, the growth the wrong way round, or the expected level forgotten."""
    kind = weighted(rng, {"level": 0.6, "growth": 0.25, "expected": 0.15})
    if kind == "growth" and right.growth >= 0:
        return replace(right, growth=1 - right.growth)
    if kind == "expected":
        return replace(right, expected=None, expected_by=None)
    whole = step.whole - 1 if step.whole == TOP or (step.whole > 1 and rng.random() < 0.5) else step.whole + 1
    return replace(right, level=str(whole))


def _say_and_withdraw(rng: Random, life: Life, right: Placement, before: date, span: Span) -> None:
    day = days_after(rng, right.measured_on, 20, 100)
    withdrawn_on = days_after(rng, day, 35, 110)
    if day < before and withdrawn_on <= span.until:
        life.say(Withdrawal(), withdrawn_on, life.say(replace(right, measured_on=day, reason="at_contact"), day))
