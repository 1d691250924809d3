"""Composed indicators in words: what each is a share of, and of what one can be composed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.logic import (
    AGAIN,
    BECAME,
    ENDED,
    GOT,
    GROWTH,
    GROWTH_ANSWERS,
    JUDGED,
    LEVEL,
    NO_LEVEL,
    Composition,
    Condition,
)
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.selectors.composed import Material, terms_of
from opstap.reporting.selectors.groups import GroupWords, dimension_label
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.movement.words import outcome_of

Boxes = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Naming:
    """The words of dimensions, groups and levels: of a question, or of what can be chosen."""

    words: GroupWords
    dimension: Callable[[str], str]
    scale: ScaleOnDay | None

    @classmethod
    def of_question(cls, question: Question) -> Naming:
        """Those on the reference date."""
        return cls(question.words, question.dimension_name, question.scale)

    @classmethod
    def of_material(cls, material: Material) -> Naming:
        """Those that hold today."""
        language = get_language() or "nl"
        own = {trait.code: trait.name(language) for trait in material.own}
        return cls(material.words, lambda key: own.get(key) or dimension_label(key), material.scale)

    def level(self, code: str) -> str:
        """A level with its code."""
        if code == NO_LEVEL:
            return _("not placed, or not determined")
        found = next((one for one in self.scale.levels if one.code == code), None) if self.scale else None
        return f"{code} {found.name(get_language() or 'nl')}" if found else code

    def group(self, about: str, public: str) -> str:
        """A group of a dimension; its code where the list holds it no longer."""
        groups = self.words.get(about, {}).values()
        return next((one.label for one in groups if one.public == public), public)


def base_words(terms: Composition, naming: Naming) -> str:
    """Of whom it is a share."""
    whom = (
        _("people in follow-up on the reference date")
        if terms.about == "day"
        else _("people who were in follow-up and placed on a level on the earlier day")
    )
    if terms.counted.about == AGAIN:
        whom = _("{people}, and who are still in follow-up").format(people=whom)
    if not terms.base:
        return whom
    said = "; ".join(condition_words(one, naming) for one in terms.base)
    return _("{people}, with {conditions}").format(people=whom, conditions=said)


def counted_words(terms: Composition, naming: Naming) -> str:
    """Who of them counts."""
    one = terms.counted
    if one.about == GOT:
        return _("who got an instrument after the earlier day")
    if one.about == AGAIN:
        became = _either([became_words(key) for key in one.groups])
        return _("who by the later day {became}; known of who was placed again").format(became=became)
    if one.about == BECAME:
        became = _either([became_words(key) for key in one.groups])
        if 0 < len(set(one.groups) & set(JUDGED)) < len(JUDGED) and "not_measured_again" not in one.groups:
            text = _("who by the later day {became}; known of who left or was placed again")
            return text.format(became=became)
        return _("who by the later day {became}").format(became=became)
    return _("with {conditions}").format(conditions=condition_words(one, naming))


def condition_words(one: Condition, naming: Naming) -> str:
    """What holds, as "type of household: single parent or couple"."""
    if one.about == LEVEL:
        return _("level: {levels}").format(levels=_either([naming.level(code) for code in one.groups]))
    if one.about == GROWTH:
        return _("growth potential: {answers}").format(answers=_either([growth_words(key) for key in one.groups]))
    groups = _either([naming.group(one.about, public) for public in one.groups])
    return f"{naming.dimension(one.about)}: {groups}"


def became_words(key: str) -> str:
    """What became of somebody."""
    return {
        "risen": pgettext("people", "rose"),
        "level": pgettext("people", "stayed on the same level"),
        "fallen": pgettext("people", "fell"),
        "not_measured_again": pgettext("people", "were not placed again"),
        "left": pgettext("people", "left follow-up"),
    }[key]


def growth_words(key: str) -> str:
    """An answer on growth potential."""
    return {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}[key]


def base_boxes(material: Material) -> Boxes:
    """What can be ticked of whom it is about: level and growth potential first, then each dimension."""
    naming = Naming.of_material(material)
    boxes: Boxes = []
    if material.scale is not None:
        codes = [*(one.code for one in material.scale.whole_levels), NO_LEVEL]
        title = _("level of “{scale}”").format(scale=material.scale.name(get_language() or "nl"))
        boxes.append((title, [(f"{LEVEL}={code}", naming.level(code)) for code in codes]))
    boxes.append((_("growth potential"), [(f"{GROWTH}={key}", growth_words(key)) for key in GROWTH_ANSWERS]))
    for key, groups in material.words.items():
        boxes.append((naming.dimension(key), [(f"{key}={one.public}", one.label) for one in groups.values()]))
    return boxes


def counted_boxes(material: Material, *, followed: bool) -> Boxes:
    """What can be ticked of who counts."""
    if not followed:
        return base_boxes(material)
    became = [(f"{BECAME}={key}", outcome_of(key).label) for key in (*JUDGED, *ENDED)]
    again = [(f"{AGAIN}={key}", outcome_of(key).label) for key in JUDGED]
    boxes = [(_("what became of them"), became), (_("the same, of those placed again"), again)]
    if material.has_instruments:
        boxes.append((_("instruments"), [(f"{GOT}=yes", _("got an instrument after the earlier day"))]))
    return boxes


@dataclass(frozen=True)
class ComposedLine:
    """One of them in the list, or one row of its history."""

    reference: str
    name: str
    key: str
    about: str
    among: str
    counted: str
    meaning: str
    withdrawn: bool
    at: datetime
    by: str


def composed_line(row: ComposedIndicator, material: Material) -> ComposedLine:
    """A row in words."""
    terms, naming = terms_of(row), Naming.of_material(material)
    return ComposedLine(
        reference=row.reference,
        name=row.name,
        key=row.key,
        about=_("between two days") if row.about == "two_days" else _("on one day"),
        among=base_words(terms, naming),
        counted=counted_words(terms, naming),
        meaning=row.meaning,
        withdrawn=row.withdrawn,
        at=row.recording.at,
        by=row.recording.actor_name,
    )


def fault_words(code: str) -> tuple[str, str]:
    """At which field a refusal stands, and what it says."""
    return {
        "words_missing": ("name", _("Fill in a name and what it says.")),
        "nothing_counted": ("counted", _("Tick who counts.")),
        "other_kind": ("counted", _("This can't be counted in an indicator of this kind.")),
        "counted_in_base": (
            "counted",
            _("Who counts is chosen by the same trait as of whom it is. Choose another trait."),
        ),
        "no_such_group": ("base", _("One of these groups is there no longer. Look at what is ticked.")),
        "name_taken": ("name", _("Another indicator has this name. Choose another one.")),
        "not_recorded": (
            "name",
            _("These words name something that Opstap doesn't record about people."),
        ),
    }.get(code, ("name", _("This indicator can't be composed so.")))


def _either(words: Sequence[str]) -> str:
    """One, or one of several."""
    if len(words) < 2:
        return "".join(words)
    return _("{others} or {last}").format(others=", ".join(words[:-1]), last=words[-1])
