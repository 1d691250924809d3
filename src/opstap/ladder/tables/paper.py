"""The form of a placement on paper: the questions with where each answer leads, the levels, and the fields beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opstap.ladder.enums import UNDETERMINED, QuestionPart
from opstap.ladder.models import ScaleQuestion
from opstap.ladder.selectors.placing import Placeable
from opstap.ladder.selectors.scales import NOWHERE, ScaleOnDay
from opstap.ladder.tables.placing import PlacedView
from opstap.ladder.tables.scales import ScaleView
from opstap.municipality.logic import CHOICE, DAY, NUMBER
from opstap.municipality.selectors import OwnTrait


@dataclass(frozen=True)
class PaperQuestion:
    """A question by its number on the paper, with where each answer leads."""

    number: int
    text: str
    explanation: str
    yes: str
    no: str


@dataclass(frozen=True)
class PaperLevel:
    """A whole level, with a box for it and for each of its halves."""

    codes: tuple[str, ...]
    name: str
    definition: str


@dataclass(frozen=True)
class PaperField:
    """A field: boxes to tick, or room to write where there are none."""

    name: str
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class PaperForm:
    """Everything that stands on the form, in one language."""

    scale: ScaleView
    current: tuple[PaperQuestion, ...]
    growth: tuple[PaperQuestion, ...]
    levels: tuple[PaperLevel, ...]
    codes: tuple[str, ...]
    fields: tuple[PaperField, ...]
    reasons: tuple[str, ...]
    has_support: bool
    has_aftercare: bool
    day: date
    person: Placeable | None
    previous: PlacedView | None


def paper_form(
    scale: ScaleOnDay,
    *,
    questions: Sequence[ScaleQuestion],
    lists: Mapping[str, Mapping[str, str]],
    own_traits: Sequence[OwnTrait],
    language: str,
    day: date,
    person: Placeable | None = None,
    previous: PlacedView | None = None,
) -> PaperForm:
    """The form of a scale as it reads on a day; of somebody, or empty."""
    view = ScaleView.of(scale, language)
    current = _numbered(scale, questions, QuestionPart.CURRENT, language, first=1)
    return PaperForm(
        scale=view,
        current=current,
        growth=_numbered(scale, questions, QuestionPart.GROWTH, language, first=len(current) + 1),
        levels=_low_to_high(view),
        codes=tuple(level.code for level in scale.levels if level.code not in NOWHERE),
        fields=(*_standard_fields(lists), *(_own_field(trait, language) for trait in own_traits)),
        reasons=tuple(words for code, words in lists["placement_reason"].items() if code != "correction"),
        has_support=any(level.has_support for level in scale.levels),
        has_aftercare=any(level.has_aftercare for level in scale.levels),
        day=day,
        person=person,
        previous=previous,
    )


def _low_to_high(view: ScaleView) -> tuple[PaperLevel, ...]:
    """From low to high; code 0 stands at the foot."""
    levels = reversed(view.levels) if view.is_ladder else iter(view.levels)
    ordered = sorted(levels, key=lambda level: level.code == UNDETERMINED)
    return tuple(
        PaperLevel((*level.halves[:1], level.code, *level.halves[1:]), level.name, level.definition)
        for level in ordered
    )


def _numbered(
    scale: ScaleOnDay, rows: Sequence[ScaleQuestion], part: QuestionPart, language: str, *, first: int
) -> tuple[PaperQuestion, ...]:
    """The questions of one part; the second part counts on, so that a number names one question."""
    own = [row for row in rows if row.part == part.value]
    numbers = {row.key: number for number, row in enumerate(own, first)}

    def leads(outcome: str) -> str:
        if outcome in numbers:
            return _("go to question %(number)s") % {"number": numbers[outcome]}
        words = _("level %(code)s") if scale.is_ladder else _("group %(code)s")
        return words % {"code": outcome}

    return tuple(
        PaperQuestion(numbers[row.key], row.text(language), row.explanation(language), leads(row.yes), leads(row.no))
        for row in own
    )


def _standard_fields(lists: Mapping[str, Mapping[str, str]]) -> list[PaperField]:
    known = (_("yes"), _("no"), _("unknown"))
    return [
        PaperField(_("Income situation"), tuple(lists["income_situation"].values())),
        PaperField(_("Civic integration"), tuple(lists["integration_status"].values())),
        PaperField(_("Instrument in use"), known),
        PaperField(_("Low literacy"), known),
        PaperField(_("Basic qualification"), known),
        PaperField(_("Exempt from the duty to work"), known),
    ]


def _own_field(trait: OwnTrait, language: str) -> PaperField:
    if trait.kind in {NUMBER, DAY}:
        return PaperField(trait.name(language), ())
    boxes = trait.labels(language).values() if trait.kind == CHOICE else (_("yes"), _("no"), _("unknown"))
    return PaperField(trait.name(language), tuple(boxes))
