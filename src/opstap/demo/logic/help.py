"""Help as it is given: trajectories with their goal, instruments where the trait says so, activities beside them.

Fifteen kinds of instrument: one after which people rise more often, one after which they seldom do, one used too
seldom to say. Some were never ended, though long over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from opstap.clients.enums import TraitKind
from opstap.clients.logic import TraitRow
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.judgement import YES
from opstap.demo.logic.ladder_walk import TOP, Step
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.placing import SCALE, Setting
from opstap.demo.logic.statements import NOBODY, InTrajectory, Life, Placement
from opstap.foundation.references import ALPHABET, LENGTH
from opstap.plans.logic import ActivityRow, InstrumentRow

WORKS, FAILS, SELDOM = "work_experience_place", "coaching", "workplace_adaptation"
AFTER_RISE = {WORKS: 0.42, FAILS: 0.02}
AFTER_STANDING = {WORKS: 0.06, FAILS: 0.24}
OTHERS = {
    "course": 0.14, "job_coach": 0.1, "participation_place": 0.08, "trial_placement": 0.07, "volunteering": 0.1,
    "social_participation": 0.12, "wage_cost_subsidy": 0.06, "flat_wage_cost_subsidy": 0.02, "assessment": 0.07,
    "debt_service": 0.08, "care": 0.09, "childcare": 0.03, SELDOM: 0.003,
}  # fmt: skip
TRAJECTORY_OF = {
    "course": "schooling", "volunteering": "social_participation", "social_participation": "social_participation",
    "debt_service": "care", "care": "care", "childcare": "care", "assessment": "orientation",
}  # fmt: skip
SUPPLIERS = {
    "work_experience_place": ("Kringloop De Schakel", "Groenbedrijf Meerzicht"),
    "coaching": ("Loopbaanhuis Noord", "Stap Vooruit"),
    "course": ("Taalhuis Voorbeeldstad", "ROC De Vaart"),
    "job_coach": ("Jobcoachpunt", "Samen aan het Werk"),
    "social_participation": ("Welzijn Voorbeeldstad", "Buurthuis De Kom"),
    "debt_service": ("Kredietbank Noord",),
    "care": ("Maatschappelijk Werk", "Opvang Het Anker"),
}
ACTIVITIES = {
    "Koffieochtend in het buurthuis": "contacts", "Wandelgroep": "recreation", "Taalcafé": "education",
    "Gastvrouw of gastheer in het verzorgingshuis": "volunteering", "Helpt in de weggeefwinkel": "volunteering",
    "Moestuin in de wijk": "neighbourhood", "Zorgt voor een familielid": "informal_care", "Koor": "clubs",
    "Sollicitatietraining": "work", "Naaiatelier": "recreation",
}  # fmt: skip
NEVER_ENDED, WITHOUT_INSTRUMENT, WITH_ACTIVITY, KEEPS = 0.07, 0.3, 0.55, 0.4
TAKEN_UP = 0.78
SOON = timedelta(days=450)
SUBSIDIES_SINCE = date(2017, 1, 1)  # both kinds of wage-cost subsidy are in the law


@dataclass(frozen=True)
class _Used:
    """A period in which an instrument was used."""

    starts_on: date
    ends_on: date | None


def say_help(rng: Random, life: Life, stay: Followed, steps: Sequence[Step], around: Setting) -> None:
    """The trajectories of one stay in follow-up."""
    used = [one for one in _used(around.traits) if _within(one, stay)]
    for one in used:
        _say_with_instrument(rng, life, one, steps)
    last = stay.ends_on or around.span.until
    if not used and steps and rng.random() < WITHOUT_INSTRUMENT:
        day = days_after(rng, steps[-1].day, 0, 60)
        if day < last:
            ends_on = stay.ends_on if stay.ends_on is None or day < stay.ends_on else None
            kind = weighted(rng, {"social_participation": 0.55, "orientation": 0.25, "work": 0.2})
            reference = _say_trajectory(rng, life, kind, _Used(day, ends_on), steps)
            _say_activity(rng, life, reference, _Used(day, ends_on))


def say_growth_taken_up(rng: Random, life: Life, stay: Followed, steps: Sequence[Step], span: Span) -> None:
    """Of most who could grow at their last placement that is taken up: a trajectory upward, where none runs."""
    if stay.ends_on is not None or not steps or not _may_grow(life) or _is_on_the_way(life):
        return
    day = days_after(rng, steps[-1].day, 3, 60)
    if rng.random() < TAKEN_UP and day <= span.until:
        kind = weighted(rng, {"work": 0.4, "social_participation": 0.35, "schooling": 0.15, "orientation": 0.1})
        _say_trajectory(rng, life, kind, _Used(day, None), steps, keeps=0.0)


def _may_grow(life: Life) -> bool:
    replaced = {one.replaces for one in life.statements}
    placed = [
        one.row
        for place, one in enumerate(life.statements)
        if isinstance(one.row, Placement) and one.row.scale == SCALE and place not in replaced
    ]
    return bool(placed) and max(placed, key=lambda row: row.measured_on).growth == YES


def _is_on_the_way(life: Life) -> bool:
    replaced = {one.replaces for one in life.statements}
    return any(
        isinstance(one.row, InTrajectory)
        and one.row.ends_on is None
        and not one.row.maintains_level
        and place not in replaced
        for place, one in enumerate(life.statements)
    )


def reference_of(rng: Random) -> str:
    """A reference that the seed gives."""
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))


def _used(traits: Sequence[TraitRow]) -> list[_Used]:
    kind = TraitKind.INSTRUMENT_IN_USE.value
    return [_Used(row.starts_on, row.ends_on) for row in traits if row.kind == kind and row.value == "yes"]


def _within(used: _Used, stay: Followed) -> bool:
    return stay.starts_on <= used.starts_on and (stay.ends_on is None or used.starts_on < stay.ends_on)


def _say_with_instrument(rng: Random, life: Life, used: _Used, steps: Sequence[Step]) -> None:
    kind = _kind(rng, used, steps)
    forgotten = used.ends_on is not None and rng.random() < NEVER_ENDED
    period = _Used(used.starts_on, None if forgotten else used.ends_on)
    reference = _say_trajectory(rng, life, TRAJECTORY_OF.get(kind, "work"), period, steps)
    suppliers = SUPPLIERS.get(kind)
    row = InstrumentRow(
        NOBODY,
        reference_of(rng),
        reference,
        kind,
        period.starts_on,
        period.ends_on,
        supplier=rng.choice(suppliers) if suppliers else "",
        result=_result(rng) if period.ends_on else "",
    )
    life.say_period(row, row.starts_on, row.ends_on)
    if rng.random() < WITH_ACTIVITY / 2:
        _say_activity(rng, life, reference, period)


def _kind(rng: Random, used: _Used, steps: Sequence[Step]) -> str:
    weights = dict(OTHERS)
    if used.ends_on is not None:
        weights |= AFTER_RISE if _rises(used.starts_on, used.ends_on, steps) else AFTER_STANDING
    if used.starts_on < SUBSIDIES_SINCE:
        weights = {kind: weight for kind, weight in weights.items() if "subsidy" not in kind}
    return weighted(rng, weights)


def _rises(starts_on: date, ends_on: date, steps: Sequence[Step]) -> bool:
    """Whether the first placement after it is higher than the last before."""
    before = [step for step in steps if step.day <= starts_on]
    after = [step for step in steps if ends_on <= step.day <= ends_on + SOON]
    return bool(before and after) and after[0].whole > before[-1].whole


def _say_trajectory(
    rng: Random, life: Life, kind: str, period: _Used, steps: Sequence[Step], *, keeps: float = KEEPS
) -> str:
    """A trajectory towards a level, or (the share `keeps`) to keep the level; returns its reference."""
    standing = [step.whole for step in steps if step.day <= period.starts_on] or [step.whole for step in steps[:1]]
    whole = standing[-1] if standing else 0
    stays = kind == "care" or whole == TOP or rng.random() < keeps
    goal = None if stays or kind == "orientation" else str(min(TOP, max(1, whole) + weighted(rng, {1: 0.8, 2: 0.2})))
    ended = period.ends_on is not None
    reasons = {"goal_reached": 0.4, "partly_reached": 0.2, "not_reached": 0.25, "circumstances": 0.15}
    row = InTrajectory(
        reference_of(rng),
        kind,
        period.starts_on,
        period.ends_on,
        scale=SCALE,
        goal=goal,
        maintains_level=stays and kind != "orientation",
        end_reason=weighted(rng, reasons) if ended else "",
    )
    life.say_period(row, row.starts_on, row.ends_on)
    return row.reference


def _say_activity(rng: Random, life: Life, trajectory: str, period: _Used) -> None:
    description = rng.choice(list(ACTIVITIES))
    row = ActivityRow(
        NOBODY,
        reference_of(rng),
        trajectory,
        description,
        period.starts_on,
        period.ends_on,
        kind=ACTIVITIES[description],
    )
    life.say_period(row, row.starts_on, row.ends_on)


def _result(rng: Random) -> str:
    return weighted(rng, {"completed": 0.52, "completed_to_work": 0.12, "stopped_early": 0.22, "unknown": 0.14})
