"""The outline of each life: when someone was followed, on what benefit, why they left, with whom they live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Literal

from opstap.demo.logic.calendar import Span, plus_months
from opstap.demo.logic.chance import days_after, stream, weighted, years_from

LEFT_PER_FOLLOWED = 13 / 12
WITHOUT_INFLOW = 1 / 3  # of the applications that led to inflow: a quarter of all
RETURNED = 0.1
LEAST_AGE = 18
LONG_STAYS = {"followed": 0.78, "left": 0.4}  # so that about as many are followed in each of the six years

AGES = {(18, 26): 0.14, (27, 44): 0.38, (45, 55): 0.22, (56, 66): 0.26}
HOUSEHOLDS = {"single": 0.68, "single_parent": 0.18, "couple": 0.06, "couple_with_children": 0.08}
KINDS = {"participatiewet": 0.915, "bbz": 0.015, "sheltered_work": 0.03, "nugger": 0.03, "anw": 0.01}
EXITS = {
    "employment": 0.38,
    "self_employment": 0.03,
    "other_benefit": 0.06,
    "education": 0.05,
    "moved_out": 0.14,
    "relationship": 0.05,
    "income_or_means": 0.06,
    "own_request": 0.05,
    "no_information": 0.06,
    "state_pension_age": 0.07,
    "deceased": 0.025,
    "detention": 0.01,
    "unlawful": 0.005,
    "unknown": 0.01,
}
END_OF_FOLLOW_UP = {
    "employment": "goal_reached",
    "self_employment": "goal_reached",
    "moved_out": "moved_out",
    "state_pension_age": "state_pension_age",
    "deceased": "deceased",
    "own_request": "own_request",
    "other_benefit": "handed_over",
    "unknown": "unknown",
}
Fate = Literal["followed", "left", "applied"]


@dataclass(frozen=True, slots=True)
class Followed:
    """One stay in follow-up; the benefit may end earlier than the follow-up (aftercare)."""

    starts_on: date
    ends_on: date | None = None
    exit_reason: str = ""
    end_reason: str = ""
    benefit_ends_on: date | None = None
    kind: str = "participatiewet"

    @property
    def ground(self) -> str:
        """On what ground someone is followed."""
        return "nugger" if self.kind == "nugger" else "benefit"


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one life. Members of a couple share the number of their household."""

    place: int
    fate: Fate
    born: date
    followed: tuple[Followed, ...]
    household: int
    household_kind: str
    role: str = "interested_party"


@dataclass(frozen=True)
class Terms:
    """What an outline depends on."""

    seed: int
    span: Span
    pension_day: Callable[[date], date | None]


def draw_outlines(terms: Terms, followed: int, left: int) -> list[Outline]:
    """So many people in follow-up on the last day, so many who left, and those who only applied."""
    drawn = list(_of_fate(terms, "followed", 0, followed))
    drawn += _of_fate(terms, "left", followed, left)
    inflow = sum(stay.starts_on >= terms.span.start for outline in drawn for stay in outline.followed)
    drawn += _of_fate(terms, "applied", followed + left, round(inflow * WITHOUT_INFLOW * 0.88))
    return drawn


def _of_fate(terms: Terms, fate: Fate, first: int, count: int) -> Iterator[Outline]:
    place = first
    while place < first + count:
        rng = stream(terms.seed, "outline", place)
        outline = _outline(rng, terms, fate, place)
        yield outline
        place += 1
        if outline.household_kind.startswith("couple") and place < first + count:
            yield _partner(stream(terms.seed, "outline", place), terms, outline, place)
            place += 1


def _outline(rng: Random, terms: Terms, fate: Fate, place: int) -> Outline:
    household = weighted(rng, HOUSEHOLDS)
    if fate == "applied":
        return Outline(place, fate, _born(rng, terms, terms.span.until), (), place, "single")
    exit_reason = weighted(rng, EXITS) if fate == "left" else ""
    if exit_reason in {"state_pension_age", "deceased"}:
        household = "single"
    end = days_after(rng, terms.span.start, 1, (terms.span.until - terms.span.start).days) if exit_reason else None
    born = _born(rng, terms, end or terms.span.until)
    if exit_reason == "state_pension_age":
        born, end = _retired(rng, terms)
    start = _start(rng, born, end or terms.span.until, LONG_STAYS[fate])
    stay = _stay(rng, terms, Followed(start, end, exit_reason, kind=_kind(rng, born, start)))
    earlier = _earlier(rng, born, stay) if rng.random() < RETURNED else None
    stays = (stay,) if earlier is None else (earlier, stay)
    return Outline(place, fate, born, stays, place, household)


def _born(rng: Random, terms: Terms, day: date) -> date:
    """Of working age on the day, and not yet of pension age on the town's last day when followed until then."""
    youngest, oldest = weighted(rng, AGES)
    born = plus_months(day, -12 * rng.randint(youngest, oldest)) - timedelta(days=rng.randint(1, 364))
    while (pension := terms.pension_day(born)) is not None and pension <= day:
        born = plus_months(born, 12)
    return born


def _retired(rng: Random, terms: Terms) -> tuple[date, date]:
    """Somebody who reaches pension age within the years of the town."""
    reached = days_after(rng, terms.span.start, 200, (terms.span.until - terms.span.start).days - 300)
    born = plus_months(reached, -12 * 67)
    return born, min(terms.pension_day(born) or reached, terms.span.until)


def _start(rng: Random, born: date, end: date, long: float) -> date:
    """Most who leave stayed short, but those who stay long make up most of the people followed."""
    days = years_from(rng, 10.75 if rng.random() < long else 2, 24)
    return max(end - timedelta(days=days), plus_months(born, 12 * LEAST_AGE))


def _kind(rng: Random, born: date, start: date) -> str:
    if start >= plus_months(born, 12 * 50) and rng.random() < 0.12:
        return "ioaw" if rng.random() < 0.85 else "ioaz"
    return weighted(rng, KINDS)


def _stay(rng: Random, terms: Terms, stay: Followed) -> Followed:
    """The same stay with its end worked out: with aftercare for some who went to work, also for some still followed."""
    end = stay.ends_on
    if end is None:
        benefit_end = days_after(rng, terms.span.until, -150, -5)
        in_aftercare = rng.random() < 0.025 and (benefit_end - stay.starts_on).days > 200
        return replace(stay, exit_reason="employment", benefit_ends_on=benefit_end) if in_aftercare else stay
    stay = replace(stay, ends_on=max(end, stay.starts_on + timedelta(days=1)))
    benefit_end = days_after(rng, end, -180, -60)
    if stay.exit_reason == "employment" and rng.random() < 0.35 and (benefit_end - stay.starts_on).days > 60:
        return replace(stay, benefit_ends_on=benefit_end, end_reason="aftercare_ended")
    return replace(stay, end_reason=END_OF_FOLLOW_UP.get(stay.exit_reason, "benefit_ended"))


def _earlier(rng: Random, born: date, stay: Followed) -> Followed | None:
    """An earlier stay of somebody who returned."""
    ended = days_after(rng, stay.starts_on, -1100, -45)
    started = ended - timedelta(days=rng.randint(120, 900))
    if started < plus_months(born, 12 * LEAST_AGE) or stay.kind in {"sheltered_work", "ioaw", "ioaz"}:
        return None
    reason = rng.choice(("employment", "employment", "relationship", "education", "income_or_means"))
    return Followed(started, ended, reason, END_OF_FOLLOW_UP.get(reason, "benefit_ended"), kind=stay.kind)


def _partner(rng: Random, terms: Terms, of: Outline, place: int) -> Outline:
    first = min(stay.starts_on for stay in of.followed)
    latest = plus_months(first, -12 * LEAST_AGE)
    born = min(of.born + timedelta(days=rng.randint(-2500, 2500)), latest)
    last = of.followed[-1].ends_on or terms.span.until
    while (pension := terms.pension_day(born)) is not None and pension <= last:
        born = plus_months(born, 12)
    return replace(of, place=place, born=min(born, latest), role="partner")
