"""What holds for someone for a while: traits, barriers, exemptions and programmes. Barriers in broad kinds only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opstap.clients.logic import BarrierRow, ExemptionRow, TraitRow
from opstap.demo.logic.calendar import Span, plus_months
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.ladder_walk import Step
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.staff import DEVELOPMENT_PROGRAMME, LANGUAGE_PROGRAMME, LAST_YOUNG_AGE, YOUNG_PROGRAMME
from opstap.demo.logic.statements import NOBODY, InProgramme, Life
from opstap.foundation.dates import age_on

LOW_LITERATE = {"yes": 0.2, "no": 0.62, "unknown": 0.18}
BASIC_QUALIFICATION = {"yes": 0.38, "no": 0.5, "unknown": 0.12}
INTEGRATION = {"none": 0.78, "duty": 0.09, "need": 0.06, "unknown": 0.07}
INCOME = {"benefit_only": 0.76, "benefit_and_work": 0.11, "benefit_and_other_income": 0.08, "unknown": 0.05}
INCOME_AFTER = {"benefit_only": 0.45, "benefit_and_work": 0.4, "benefit_and_other_income": 0.1, "unknown": 0.05}
BARRIERS = {
    "health": 0.34,
    "money": 0.17,
    "language": 0.12,
    "schooling": 0.1,
    "home": 0.09,
    "care": 0.09,
    "travel": 0.04,
    "age": 0.03,
    "other": 0.02,
}
GROUNDS = {"medical": 0.55, "social": 0.15, "care_tasks": 0.2, "fully_disabled": 0.08, "other": 0.02}
SHARE_WITH_BARRIER, SHARE_EXEMPT = 0.62, 0.16
DEVELOPMENT_SINCE_MONTHS = 50
BECOMES = {
    ("basic_qualification", "no"): ("yes", 0.16),
    ("low_literate", "yes"): ("no", 0.2),
    ("integration", "duty"): ("none", 0.6),
    ("integration", "need"): ("duty", 0.15),
}
DAYS_UNTIL_CHANGED = (150, 2200)
INCOME_KIND = "income_situation"
AT_WORK = {5: "benefit_and_work", 6: "work"}  # what goes with a level of paid work
FORGOTTEN = 12  # of one in so many nobody looked at the income again


def draw_traits(rng: Random, stays: Sequence[Followed], span: Span) -> list[TraitRow]:
    """Lasting traits from the first stay on; income and instruments within each stay."""
    first = stays[0].starts_on
    lasting = {
        "low_literate": weighted(rng, LOW_LITERATE),
        "basic_qualification": weighted(rng, BASIC_QUALIFICATION),
        "integration": weighted(rng, INTEGRATION),
    }
    rows = [TraitRow(NOBODY, kind, value, first) for kind, value in lasting.items()]
    for stay in stays:
        rows += _income(rng, stay, span)
        rows += _instruments(rng, stay, span)
    return rows


def as_changed(rng: Random, traits: Sequence[TraitRow], span: Span) -> list[TraitRow]:
    """The same traits, some of which became another in time; what they became comes last, and nothing else moves."""
    kept, later = [], []
    for row in traits:
        value, share = BECOMES.get((row.kind, row.value), ("", 0.0))
        day = days_after(rng, row.starts_on, *DAYS_UNTIL_CHANGED)
        if rng.random() < share and day < span.until:
            kept.append(replace(row, ends_on=day))
            later.append(TraitRow(NOBODY, row.kind, value, day))
        else:
            kept.append(row)
    return [*kept, *later]


def incomes_as_placed(traits: Sequence[TraitRow], steps: Sequence[Step]) -> list[TraitRow]:
    """The same traits, with an income that goes with the level from step to step; of one in twelve nobody looked at it.

    Nothing is drawn for it, so that what else is drawn stays as it is.
    """
    return [part for row in traits for part in (_as_placed(row, steps) if row.kind == INCOME_KIND else [row])]


def _as_placed(row: TraitRow, steps: Sequence[Step]) -> Iterator[TraitRow]:
    if row.value == "unknown" or not steps or row.starts_on.toordinal() % FORGOTTEN == 0:
        yield row
        return
    ends = row.ends_on or date.max
    days = [row.starts_on, *(step.day for step in steps if row.starts_on < step.day < ends)]
    held = ""
    parts: list[TraitRow] = []
    for day in days:
        whole = next((step.whole for step in reversed(steps) if step.day <= day), steps[0].whole)
        value = AT_WORK.get(whole, "benefit_only" if row.value == "benefit_and_work" else row.value)
        if value != held:
            parts.append(replace(row, starts_on=day, value=value))
            held = value
    ends_on = [*(part.starts_on for part in parts[1:]), row.ends_on]
    yield from (replace(part, ends_on=end) for part, end in zip(parts, ends_on, strict=True))


def say_traits(rng: Random, life: Life, traits: Sequence[TraitRow]) -> None:
    """Traits are learnt within weeks."""
    for row in traits:
        learnt = row.starts_on + timedelta(days=rng.choice((0, 0, 0, 5, 20)))
        life.say_period(row, learnt, row.ends_on)


def say_barriers(rng: Random, life: Life, stay: Followed, span: Span) -> None:
    """None for some, up to three for others; some end while the stay goes on."""
    if rng.random() > SHARE_WITH_BARRIER:
        return
    kinds = {weighted(rng, BARRIERS) for _ in range(weighted(rng, {1: 0.55, 2: 0.33, 3: 0.12}))}
    for kind in sorted(kinds):
        starts_on = days_after(rng, stay.starts_on, 0, 60)
        ends_on = days_after(rng, starts_on, 150, 2500) if rng.random() < 0.3 else stay.ends_on
        last = stay.ends_on or span.until
        if starts_on < last and (ends_on is None or starts_on < ends_on):
            ends_on = None if ends_on is None or ends_on > span.until else min(ends_on, last)
            life.say_period(BarrierRow(NOBODY, kind, starts_on, ends_on), starts_on, ends_on)


def draw_exemptions(rng: Random, stay: Followed, born: date, household: str, span: Span) -> list[ExemptionRow]:
    """A release from the work obligation for a set time: decided beforehand, so that its end is known at once."""
    parent = household == "single_parent" and age_on(born, stay.starts_on) < 42 and rng.random() < 0.4
    if not parent and rng.random() > SHARE_EXEMPT:
        return []
    recent = max(stay.starts_on, span.months_ago(rng.randint(2, 68)))
    starts_on = days_after(rng, recent, 10, 60)
    ends_on = plus_months(starts_on, rng.choice((6, 12, 12, 24, 36)))
    ends_on = min(ends_on, stay.ends_on or ends_on)
    if starts_on >= ends_on or starts_on > span.until:
        return []
    ground = "single_parent_young_child" if parent else weighted(rng, GROUNDS)
    decided_on = max(starts_on - timedelta(days=rng.randint(0, 9)), stay.starts_on)
    return [ExemptionRow(NOBODY, ground, starts_on, ends_on, "work", decided_on)]


def draw_programmes(rng: Random, stay: Followed, born: date, span: Span) -> list[InProgramme]:
    """Some are in a programme; the development programme has a ladder of its own."""
    found: list[InProgramme] = []
    begun = span.months_ago(DEVELOPMENT_SINCE_MONTHS)
    if rng.random() < 0.32:
        found += _stay_in(rng, DEVELOPMENT_PROGRAMME, max(stay.starts_on, begun), stay, span)
    if age_on(born, stay.starts_on) <= LAST_YOUNG_AGE and rng.random() < 0.5:
        found += _stay_in(rng, YOUNG_PROGRAMME, stay.starts_on, stay, span)
    if rng.random() < 0.08:
        found += _stay_in(rng, LANGUAGE_PROGRAMME, stay.starts_on, stay, span)
    return found


def traits_on(traits: Sequence[TraitRow], exemptions: Sequence[ExemptionRow], day: date) -> tuple[tuple[str, str], ...]:
    """What a placement copies: the traits that hold on the day, and whether there is an exemption."""
    held = {row.kind: row.value for row in traits if _holds(row, day)}
    exempt = "yes" if any(_holds(row, day) for row in exemptions) else "no"
    return (*held.items(), ("exempt", exempt))


def _holds(row: TraitRow | ExemptionRow, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def _stay_in(rng: Random, programme: int, earliest: date, stay: Followed, span: Span) -> Iterator[InProgramme]:
    starts_on = days_after(rng, earliest, 5, 300)
    ends_on = days_after(rng, starts_on, 200, 1200)
    last = stay.ends_on or span.until
    if starts_on < last:
        yield InProgramme(programme, starts_on, ends_on if ends_on <= last else stay.ends_on)


def _income(rng: Random, stay: Followed, span: Span) -> Iterator[TraitRow]:
    first = weighted(rng, INCOME)
    second = weighted(rng, INCOME_AFTER)
    changed_on = days_after(rng, stay.starts_on, 100, 1400)
    if changed_on >= (stay.ends_on or span.until) or first == second:
        yield TraitRow(NOBODY, "income_situation", first, stay.starts_on, stay.ends_on)
        return
    yield TraitRow(NOBODY, "income_situation", first, stay.starts_on, changed_on)
    yield TraitRow(NOBODY, "income_situation", second, changed_on, stay.ends_on)


def _instruments(rng: Random, stay: Followed, span: Span) -> Iterator[TraitRow]:
    """Whether an instrument is in use, from one change to the next."""
    last = stay.ends_on or span.until
    day, in_use = stay.starts_on, False
    while day < last:
        changes_on = days_after(rng, day, 90, 380) if in_use else days_after(rng, day, 120, 2600)
        ends_on = changes_on if changes_on < last else stay.ends_on
        yield TraitRow(NOBODY, "instrument_in_use", "yes" if in_use else "no", day, ends_on)
        day, in_use = changes_on, not in_use
