"""Follow-up, applications and benefit spells: gaps, spells recorded late, ends learnt late, the change of law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opstap.clients.logic import ApplicationRow, BenefitSpellRow, FollowUpRow
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.ladder_walk import Step, at_work_without_help
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.statements import NOBODY, Life

LAW_OF_2015 = date(2015, 1, 1)
ENTRIES = {
    ("job_ended", "employment"): 0.2,
    ("ww_ended", "ww"): 0.19,
    ("relationship_ended", "partner_income"): 0.1,
    ("education_ended", "education"): 0.11,
    ("income_too_low", "employment"): 0.08,
    ("means_used_up", "own_means"): 0.07,
    ("moved_in", "other_municipality"): 0.13,
    ("other_benefit_ended", "other_benefit"): 0.06,
    ("self_employment_ended", "self_employment"): 0.03,
    ("unknown", "unknown"): 0.03,
}
NO_INFLOW = {"refused": 0.45, "withdrawn": 0.3, "not_taken_up": 0.25}
SHORT_GAP, LONG_GAP = 0.1, 0.09
BACK_DATED = 0.035
LATE_END = 0.06


def say_benefit(rng: Random, life: Life, stay: Followed, steps: Sequence[Step], span: Span) -> None:
    """One stay in follow-up with its application and its spells; none while somebody is at work without help."""
    reason, origin = weighted(rng, ENTRIES)
    if stay.starts_on >= span.start and stay.kind != "nugger":
        _say_application(rng, life, stay, origin == "ww", span)
    end_learnt = _learnt(rng, stay.ends_on, span)
    benefit_end = stay.benefit_ends_on
    first = FollowUpRow(NOBODY, stay.starts_on, benefit_end or stay.ends_on, stay.ground)
    if benefit_end is None:
        life.say_period(replace(first, end_reason=stay.end_reason), stay.starts_on, end_learnt)
    else:
        life.say_period(first, stay.starts_on, _learnt(rng, benefit_end, span))
        after = FollowUpRow(NOBODY, benefit_end, stay.ends_on, "aftercare", stay.end_reason)
        life.say_period(after, benefit_end, end_learnt)
    working = at_work_without_help(steps)
    for spell in _outside(working, _spells(rng, stay, reason, origin, span.until)):
        late = rng.random() < BACK_DATED
        learnt = days_after(rng, spell.starts_on, 60, 210) if late else spell.starts_on
        life.say_period(spell, min(learnt, span.until), _learnt(rng, spell.ends_on, span))


def say_application_without_inflow(rng: Random, life: Life, reported_on: date, span: Span) -> None:
    """Somebody who applied and was not followed for it. What was reported lately is not decided yet."""
    decided_on = days_after(rng, reported_on, 5, 50)
    outcome = weighted(rng, NO_INFLOW)
    applied_on = days_after(rng, reported_on, 0, 4) if rng.random() < 0.85 else None
    row = ApplicationRow(NOBODY, reported_on, "participatiewet", applied_on, from_ww=rng.random() < 0.2)
    opening = life.say(row, reported_on)
    if decided_on <= span.until:
        life.say(replace(row, outcome=outcome, decided_on=decided_on), decided_on, opening)


def _say_application(rng: Random, life: Life, stay: Followed, from_ww: bool, span: Span) -> None:
    law = stay.kind if stay.kind in {"ioaw", "ioaz", "bbz"} else "participatiewet"
    applied_on = days_after(rng, stay.starts_on, 0, 4)
    row = ApplicationRow(NOBODY, stay.starts_on, law, min(applied_on, span.until), from_ww=from_ww)
    opening = life.say(row, stay.starts_on)
    decided_on = days_after(rng, stay.starts_on, 8, 56)
    if decided_on <= span.until:
        life.say(replace(row, outcome="granted", decided_on=decided_on), decided_on, opening)
    earlier = days_after(rng, stay.starts_on, -240, -60)
    if rng.random() < 0.045 and earlier > span.start:
        say_application_without_inflow(rng, life, earlier, span)


def _learnt(rng: Random, ended_on: date | None, span: Span) -> date | None:
    """Ends are learnt within weeks, some after months, none after the town's last day."""
    if ended_on is None:
        return None
    days = rng.randint(30, 100) if rng.random() < LATE_END else rng.randint(0, 14)
    return min(ended_on + timedelta(days=days), span.until)


def _spells(rng: Random, stay: Followed, reason: str, origin: str, span_end: date) -> Iterator[BenefitSpellRow]:
    exit_reason = "" if (stay.benefit_ends_on or stay.ends_on) is None else stay.exit_reason
    whole = BenefitSpellRow(
        NOBODY, stay.kind, stay.starts_on, stay.benefit_ends_on or stay.ends_on, reason, exit_reason, origin
    )
    for spell in _with_gap(rng, whole, whole.ends_on or span_end):
        yield from _under_each_law(spell)


def _outside(
    working: Sequence[tuple[date, date | None]], spells: Iterable[BenefitSpellRow]
) -> Iterator[BenefitSpellRow]:
    """What is left of the spells beside the days at work without help; a part of less than a day is none."""
    for spell in spells:
        left = spell
        for starts_on, ends_on in working if spell.kind != "nugger" else ():
            over = left.ends_on is not None and left.ends_on <= starts_on
            if over or (ends_on is not None and ends_on <= left.starts_on):
                continue
            if left.starts_on < starts_on:
                yield replace(left, ends_on=starts_on, exit_reason="employment")
            if ends_on is None or (left.ends_on is not None and left.ends_on <= ends_on):
                break
            left = replace(left, starts_on=ends_on, entry_reason="job_ended", origin_of_entry="employment")
        else:
            yield left


def _with_gap(rng: Random, whole: BenefitSpellRow, before: date) -> Iterator[BenefitSpellRow]:
    """Some have a job for a while: shorter than the gap over which benefit continues, or longer."""
    draw = rng.random()
    days = rng.randint(4, 29) if draw < SHORT_GAP else rng.randint(31, 190) if draw < SHORT_GAP + LONG_GAP else 0
    gap_starts = days_after(rng, whole.starts_on, 90, 1500)
    back = gap_starts + timedelta(days=days)
    if days == 0 or back >= before or whole.kind == "nugger":
        yield whole
        return
    yield replace(whole, ends_on=gap_starts, exit_reason="employment")
    yield replace(whole, starts_on=back, entry_reason="job_ended", origin_of_entry="employment")


def _under_each_law(spell: BenefitSpellRow) -> Iterator[BenefitSpellRow]:
    """Who had bijstand before 2015 had it under the law of then."""
    if spell.kind == "sheltered_work" and spell.starts_on < LAW_OF_2015:
        yield replace(spell, kind="wsw")
    elif spell.kind != "participatiewet" or spell.starts_on >= LAW_OF_2015:
        yield spell
    elif spell.ends_on is not None and spell.ends_on <= LAW_OF_2015:
        yield replace(spell, kind="wwb")
    else:
        yield replace(spell, kind="wwb", ends_on=LAW_OF_2015, exit_reason="other_benefit")
        yield replace(spell, starts_on=LAW_OF_2015, entry_reason="other_benefit_ended", origin_of_entry="other_benefit")
