"""Who a client is, as the head and the side of the dossier show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext as _

from opstap.clients.enums import ArrangementKind
from opstap.clients.selectors.held import HeldFact
from opstap.contacts.tables.contacts import away_words
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import kind_words, value_of
from opstap.dossier.tables.parts import SLUG_OF
from opstap.dossier.tables.standing import duration_words
from opstap.foundation.dates import age_on
from opstap.foundation.ui.templatetags.ui_format import day


@dataclass(frozen=True)
class Mate:
    """Somebody in the household of today."""

    name: str
    role: str
    reference: str
    may_open: bool


@dataclass(frozen=True)
class Held:
    """Something that holds today, in words."""

    value: str
    since: date
    until: date | None
    url: str = ""
    is_secret: bool = False


@dataclass(frozen=True)
class Block:
    """A block at the side: what holds today of one kind."""

    what: str
    title: str
    held: tuple[Held, ...]
    slug: str

    @property
    def in_head(self) -> bool:
        """Whether the head of the dossier says it already."""
        return self.what in {"benefit", "follow_up", "assignment", "arrangement", "priority"}


@dataclass(frozen=True)
class Head:
    """The head of the dossier."""

    name: str
    number: str
    birth_date: date | None
    age: int | None
    died_on: date | None
    worker: str
    team: str
    followed: bool
    benefit: str
    benefit_since: date | None
    benefit_time: str
    household: str
    mates: tuple[Mate, ...]
    phone: str
    email: str
    channel: str
    language: str
    away: str
    arrangements: tuple[str, ...]


NEAR = ("address", "around")  # where somebody lives, and who is addressed for them
SIDE = (
    "priority",
    "arrangement",
    "programme",
    "exemption",
    "barrier",
    "trait",
    "benefit",
    "application",
    "follow_up",
    "assignment",
)


def head_of(story: Story) -> Head:
    """Who this is, and how to reach them."""
    person, today = story.person, story.today
    born = person.birth_date if person else None
    assigned = story.assigned
    since = story.on_benefit_since
    spells = [one for one in story.now("benefit") if story.words.counts_as_benefit(one.texts[0])]
    household = next(iter(story.now("household")), None)
    return Head(
        name=story.name,
        number=story.client.number,
        birth_date=born,
        age=age_on(born, person.died_on or today) if person and born else None,
        died_on=person.died_on if person else None,
        worker=assigned.texts[1] if assigned else "",
        team=assigned.texts[0] if assigned else "",
        followed=bool(story.now("follow_up")),
        benefit=", ".join(value_of(story, one) for one in spells),
        benefit_since=since,
        benefit_time=duration_words(since, today) if since else "",
        household=value_of(story, household) if household else "",
        mates=_mates(story, household),
        phone=person.phone if person else "",
        email=person.email if person else "",
        channel=story.label("contact_channel", person.preferred_channel) if person and person.preferred_channel else "",
        language=_language(story),
        away=away_words(story.unreachable),
        arrangements=_arrangements(story),
    )


def _arrangements(story: Story) -> tuple[str, ...]:
    """What is to be known before somebody is called on."""
    others = [one for one in story.now("arrangement") if one.texts[0] != ArrangementKind.NOT_REACHABLE.value]
    words = [
        _("%(what)s until %(day)s") % {"what": value_of(story, one), "day": day(one.ends_on)}
        if one.ends_on
        else value_of(story, one)
        for one in others
    ]
    return tuple(part for part in (away_words(story.unreachable), *words) if part)


def _language(story: Story) -> str:
    """The language to speak, where it is another than Dutch."""
    code = story.person.preferred_language if story.person else ""
    return "" if code in {"", "nl"} else story.label("language", code)


def _mates(story: Story, household: HeldFact | None) -> tuple[Mate, ...]:
    if household is None:
        return ()
    mates = [
        mate
        for mate in story.housemates
        if mate.household == household.texts[0]
        and mate.starts_on <= story.today
        and (mate.ends_on is None or story.today < mate.ends_on)
    ]
    return tuple(
        Mate(mate.name, story.label("household_role", mate.role), mate.reference, mate.may_open) for mate in mates
    )


def side_of(story: Story) -> list[Block]:
    """The blocks beside the timeline, each with what holds today."""
    return [*_blocks(story, SIDE), case_numbers_of(story)]


def near_of(story: Story) -> list[Block]:
    """What stands with how to reach somebody."""
    return _blocks(story, NEAR)


def _blocks(story: Story, kinds: Iterable[str]) -> list[Block]:
    titles = kind_words() | {
        "programme": _("Programmes and target groups"),
        "exemption": _("Exemptions"),
        "barrier": _("Barriers"),
        "trait": _("Traits"),
        "around": _("To address"),
        "application": _("Applications that wait"),
    }
    return [Block(what, titles[what], _held(story, what), SLUG_OF[what]) for what in kinds]


def _held(story: Story, what: str) -> tuple[Held, ...]:
    return tuple(
        Held(value_of(story, fact), fact.starts_on, fact.ends_on, is_secret=what == "address" and fact.texts[4] != "")
        for fact in story.now(what)
    )


def case_numbers_of(story: Story) -> Block:
    """The case numbers, each with its address in the case system where the municipality has set one."""
    template = str(story.words.settings["case_system_url"])
    held = [
        Held(
            value_of(story, fact),
            fact.starts_on,
            fact.ends_on,
            url=template.replace("{number}", quote(fact.texts[0], safe="")) if template.startswith("https://") else "",
        )
        for fact in story.now("case_number")
    ]
    return Block("case_number", _("Case numbers"), tuple(held), SLUG_OF["case_number"])
