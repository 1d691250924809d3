"""The whole town: every life with its household, the stories among them, numbered in the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from opstap.demo.logic.benefits import say_application_without_inflow, say_benefit
from opstap.demo.logic.bsn import draw_bsns
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.caseload import draw_caseload
from opstap.demo.logic.chance import days_after, stream
from opstap.demo.logic.circumstances import draw_exemptions, draw_programmes, draw_traits, say_barriers, say_traits
from opstap.demo.logic.ladder_walk import walk
from opstap.demo.logic.other_scales import say_development, say_groups
from opstap.demo.logic.outlines import LEFT_PER_FOLLOWED, Outline, Terms, draw_outlines
from opstap.demo.logic.people import draw_person, say_address
from opstap.demo.logic.placing import ASSESSED_TWICE, Setting, say_placements, say_second_assessment
from opstap.demo.logic.statements import Life
from opstap.demo.logic.stories import Story, read_stories, story_life

FIRST_NUMBER = 20_001


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """A household, its first day, and its members: places in the list of lives with their roles."""

    kind: str
    starts_on: date
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Town:
    """Everything that is to be recorded."""

    span: Span
    lives: list[Life]
    households: list[HouseholdPlan]


def draw_town(*, clients: int, seed: int, until: date, pension_day: Callable[[date], date | None]) -> Town:
    """The town of a seed: so many clients in follow-up on the last day, and as it goes those who left before."""
    span = Span(until)
    terms = Terms(seed, span, pension_day)
    stories = read_stories()
    followed = max(0, clients - sum(story.is_followed for story in stories))
    outlines = draw_outlines(terms, followed, round(followed * LEFT_PER_FOLLOWED))
    bsns = iter(draw_bsns(stream(seed, "bsn"), len(outlines) + len(stories)))
    named = [(story_life(story, span, next(bsns)), story) for story in stories]
    drawn = [(_life(terms, outline, next(bsns)), outline) for outline in outlines]
    _number([life for life, _ in drawn])
    ordered = [*named, *sorted(drawn, key=lambda pair: pair[0].number)]
    return Town(span, [life for life, _ in ordered], list(_households(ordered)))


def _number(lives: list[Life]) -> None:
    """Client numbers in the order of coming."""
    arrived = sorted(range(len(lives)), key=lambda place: (lives[place].known_from, place))
    for rank, place in enumerate(arrived):
        lives[place].number = str(FIRST_NUMBER + rank)


def _households(ordered: list[tuple[Life, Story | Outline]]) -> Iterator[HouseholdPlan]:
    members: dict[object, list[tuple[int, Outline]]] = defaultdict(list)
    for place, (life, source) in enumerate(ordered):
        if isinstance(source, Story):
            yield HouseholdPlan(source.household, life.known_from, ((place, "interested_party"),))
        elif source.followed:
            members[source.household].append((place, source))
    for together in members.values():
        first = together[0][1]
        starts_on = min(stay.starts_on for stay in first.followed)
        kind = first.household_kind
        yield HouseholdPlan(kind, starts_on, tuple((place, outline.role) for place, outline in together))


def _life(terms: Terms, outline: Outline, bsn: str) -> Life:
    rng = stream(terms.seed, "person", outline.place)
    life = Life("")
    span = terms.span
    if outline.fate == "applied":
        reported_on = days_after(rng, span.start, 1, (span.until - span.start).days)
        life.say(draw_person(rng, outline.born, bsn), reported_on)
        say_address(rng, life, reported_on, span)
        say_application_without_inflow(rng, life, reported_on, span)
        return life
    first_on = min(stay.starts_on for stay in outline.followed)
    person = draw_person(rng, outline.born, bsn)
    life.say(person, first_on)
    _say_death(life, outline)
    say_address(rng, life, first_on, span)
    _say_stays(terms, outline, life)
    return life


def _say_death(life: Life, outline: Outline) -> None:
    last = outline.followed[-1]
    person = life.statements[0].row
    if last.exit_reason == "deceased" and last.ends_on is not None:
        life.say(_with_death(person, last.ends_on), last.ends_on, 0)


def _say_stays(terms: Terms, outline: Outline, life: Life) -> None:
    """Each stay with what belongs to it, each subject with draws of its own."""

    def draws(subject: str) -> Random:
        return stream(terms.seed, subject, outline.place)

    traits = draw_traits(draws("traits"), outline.followed, terms.span)
    say_traits(draws("traits learnt"), life, traits)
    prospects = draws("prospects").random()
    for number, stay in enumerate(outline.followed):
        _say_stay(terms, outline, life, stay, number)
