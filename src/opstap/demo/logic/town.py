"""The whole town: every life with its household, the stories among them, numbered in the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from opstap.demo.logic.bsn import draw_bsns
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import stream
from opstap.demo.logic.diary import fill_diary
from opstap.demo.logic.lives import draw_life
from opstap.demo.logic.outlines import LEFT_PER_FOLLOWED, Outline, Terms, draw_outlines
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
    told = sum(story.is_followed for story in stories)
    left = round(clients * LEFT_PER_FOLLOWED) - (len(stories) - told)
    outlines = draw_outlines(terms, clients - told, left)
    bsns = iter(draw_bsns(stream(seed, "bsn"), len(outlines) + len(stories)))
    named = [(story_life(story, span, next(bsns)), story) for story in stories]
    drawn = [(draw_life(terms, outline, next(bsns)), outline) for outline in outlines]
    _number([life for life, _ in drawn])
    fill_diary(stream(seed, "diary"), [life for life, _ in drawn], span)
    ordered: list[tuple[Life, Story | Outline]] = [*named, *sorted(drawn, key=lambda pair: pair[0].number)]
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
