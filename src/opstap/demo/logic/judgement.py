"""What a worker thinks of somebody: growth potential, the level to expect, and by when; one worker expects too much."""

from __future__ import annotations

from datetime import date
from random import Random

from opstap.demo.logic.calendar import plus_months
from opstap.demo.logic.chance import weighted
from opstap.demo.logic.ladder_walk import SIGNS, TOP, Step
from opstap.demo.logic.staff import OPTIMIST

UNKNOWN, NO, YES = -1, 0, 1
GROWTH = {1: 0.53, 2: 0.57, 3: 0.69, 4: 0.7, 5: 0.62}
SHARE_GROWTH_UNKNOWN = 0.03
SHARE_EXPECTED_UNKNOWN = 0.11  # with the people without a placement about 14 %
RISE_EXPECTED = {1: 0.66, 2: 0.24, 3: 0.1}
RISE_HOPED = {1: 0.25, 2: 0.4, 3: 0.35}
RISE_WITHOUT_GROWTH = {0: 0.93, 1: 0.05, -1: 0.02}
RISE_WHEN_UNKNOWN = {0: 0.6, 1: 0.4}

Judgement = tuple[int, str | None, date | None]


def judge(rng: Random, step: Step, prospects: float, worker: int | None) -> Judgement:
    """Growth, expected level and by when. `prospects` (0 to 1, low is good) stays with a person."""
    if step.whole == 0:
        return UNKNOWN, None, None
    growth = _growth(rng, step.whole, prospects, worker)
    if rng.random() < SHARE_EXPECTED_UNKNOWN:
        return growth, None, None
    return growth, _expected(rng, step, growth, worker), plus_months(step.day, 12)


def _growth(rng: Random, whole: int, prospects: float, worker: int | None) -> int:
    if whole == TOP or rng.random() < SHARE_GROWTH_UNKNOWN:
        return UNKNOWN
    share = GROWTH[whole] + (0.2 if worker == OPTIMIST else 0)
    return YES if 0.7 * prospects + 0.3 * rng.random() < share else NO


def _expected(rng: Random, step: Step, growth: int, worker: int | None) -> str:
    if step.whole == TOP:
        return str(TOP)
    if growth == YES:
        rise = weighted(rng, RISE_HOPED if worker == OPTIMIST else RISE_EXPECTED)
    else:
        rise = weighted(rng, RISE_WITHOUT_GROWTH if growth == NO else RISE_WHEN_UNKNOWN)
    whole = min(TOP, max(1, step.whole + rise))
    if whole == step.whole:
        return step.code if rng.random() < 0.6 else f"{whole}+"
    return str(TOP) if whole == TOP else f"{whole}{weighted(rng, SIGNS)}"
