"""A question for the form of a placement: whom, on which ladder, by which way, and what the form starts with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict

from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.ladder.enums import Growth
from opstap.ladder.forms import TRAITS, PlacementForm
from opstap.ladder.logic import text_as_answers
from opstap.ladder.models import Measurement, ScaleQuestion
from opstap.ladder.selectors.measurements import measurements_of, standing_on
from opstap.ladder.selectors.placing import Placeable, asked_traits, placeable, words_of_lists
from opstap.ladder.selectors.scales import ScaleOnDay, questions_on
from opstap.ladder.tables.placing import Asking, asking
from opstap.municipality.selectors import OwnTrait, Words

GROWTH_WORDS = {Growth.YES: "yes", Growth.NO: "no", Growth.UNKNOWN: "unknown"}
WAS = "was_"  # before the name of a trait: the value with which the form started, sent along with it
CAME_FOR = "came_for"  # beside what is filled in: what the address asked when the form was shown
HORIZON_DAYS_LEFT = 28  # a day that every month has


@dataclass(frozen=True)
class Asked:
    """A question for the form: whom, on which ladder, by which way, for which day, and what was filled in so far."""

    client: Client
    scale: ScaleOnDay
    language: str
    by_questions: bool
    given: Mapping[str, Sequence[str]]
    scales: tuple[ScaleOnDay, ...]
    on: date
    corrected: Measurement | None = None

    def answered(self, content: QueryDict | Mapping[str, Sequence[str]]) -> Asked:
        """The same with what was filled in; a pressed button answers a question or takes an answer back."""
        given = dict(content.lists()) if isinstance(content, QueryDict) else dict(content)
        for name in given.pop("forget", []):
            given.pop(name, None)
        return replace(self, given=given, by_questions=given.get("wijze", [""])[-1] == "vragen")

    def resumed(self, draft: Mapping[str, Sequence[str]], address: QueryDict) -> Asked:
        """The same with the draft that waited; what the address asks goes before it: the way, the reason, the day.

        Unless it was kept while one came for the same: then the reason and the day may have been changed since.
        """
        given = dict(draft)
        for_the_same = given.get(CAME_FOR, [""])[-1] == came_for(address)
        if address.get("op") and not for_the_same:  # at a contact of that day
            given = {name: values for name, values in given.items() if name not in {"measured_on", "reason"}}
        if "wijze" in address:
            given["wijze"] = [str(address["wijze"])]
        return self.answered(given if for_the_same else {**given, **self.given})

    @cached_property
    def person(self) -> Placeable:
        """Who it is about, as of the day that the form starts with."""
        return placeable(self.client, self.on)

    @property
    def traits(self) -> dict[str, str]:
        """What the form starts with beside the level: of that day, or as the placement says that is corrected."""
        shown = {kind: trait.value for kind, trait in self.person.traits.items()}
        if self.corrected is not None:
            shown |= {name: getattr(self.corrected, name) for name in TRAITS}
        return shown

    def started_with(self, name: str) -> str:
        """What a trait was when the form was first shown: as the form or its draft says, else as it holds now."""
        said = self.given.get(WAS + name)
        return said[-1] if said else self.traits.get(name, "")

    @cached_property
    def standing(self) -> list[Measurement]:
        """Their placements, the newest first."""
        return measurements_of(self.client.pk)

    @property
    def held(self) -> Measurement | None:
        """Where they stand on this ladder."""
        own = (one for one in self.standing if one.scale_id == self.scale.id and not one.second_assessment)
        return next(own, None)

    def taken_on(self, day: date) -> Measurement | None:
        """Another placement that holds on that very day; a second assessment stands in no one's way."""
        if self.corrected is None:
            return standing_on(self.client.pk, self.scale.id, day)
        if self.corrected.second_assessment:
            return None
        return standing_on(self.client.pk, self.scale.id, day, but=self.corrected.pk)

    @cached_property
    def _words(self) -> tuple[Words, Words]:
        return words_of_lists(dates.today(), self.language)

    @property
    def lists(self) -> Words:
        """The code lists of today, to read what was recorded."""
        return self._words[0]

    @property
    def day(self) -> date:
        """The day that the form is about: as filled in, else the one it starts with."""
        try:
            return min(dates.parse_day(self.value("measured_on")), dates.today())
        except ValueError:
            return self.on

    def choices(self) -> Words:
        """What could be chosen on the day of the form; what is held stays among it, also when its code has ended."""
        held = {trait.value for trait in self.person.traits.values()}
        if self.corrected is not None:
            held |= {str(getattr(self.corrected, name)) for name in ("reason", *TRAITS)}
        is_today = self.day == dates.today()
        labels, choosable = self._words if is_today else words_of_lists(self.day, self.language)
        return {
            key: {code: words for code, words in listed.items() if code in choosable[key] or code in held}
            for key, listed in labels.items()
        }

    @cached_property
    def own_traits(self) -> list[OwnTrait]:
        """What the municipality asks beside the standard set."""
        return asked_traits(self.client, dates.today())

    @property
    def trait_names(self) -> list[str]:
        """The fields of traits: those copied to the placement, and the municipality's own."""
        return [*TRAITS, *(trait.code for trait in self.own_traits)]

    @cached_property
    def questions(self) -> list[ScaleQuestion]:
        """The questions of the ladder, asked or not."""
        return questions_on(self.scale)

    def value(self, name: str) -> str:
        """What was filled in for a field; empty for nothing."""
        return (self.given.get(name) or [""])[-1]

    def asking(self) -> Asking | None:
        """How far the questions are, when they are asked and the ladder has any."""
        rows = self.questions if self.by_questions else []
        answers = {name: values[-1] == "yes" for name, values in self.given.items() if "-" in name and values}
        return asking(self.scale, rows, answers, self.language) if rows else None

    @cached_property
    def found(self) -> tuple[str, str]:
        """The level and the goal that the questions found, now or when it was placed; empty where they found none."""
        now = self.asking()
        if now is not None:
            return now.found, now.found_expected
        if self.corrected is None or self.corrected.found_level is None:
            return "", ""
        kept = text_as_answers(self.corrected.answers)
        answers = {name.replace(".", "-", 1): answer for name, answer in kept.items()}
        then, level = asking(self.scale, self.questions, answers, self.language), self.corrected.found_level.code
        return level, then.found_expected if then.found == level else ""

    def form(self, *, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> PlacementForm:
        """The form, with the lists of its day."""
        return PlacementForm(
            data,
            initial=dict(initial or {}),
            scale=self.scale,
            lists=self.choices(),
            corrects=self.corrected is not None,
            language=self.language,
            own_traits=self.own_traits,
            taken_on=self.taken_on,
            found=self.found,
        )


def came_for(address: QueryDict) -> str:
    """What the address asks of the day and the reason; empty when it asks nothing."""
    return " ".join((address.get("op", ""), address.get("reason", ""))).strip()


def start_of(asked: Asked, today: date) -> dict[str, Any]:
    """What the form starts with: what was filled in, else what the questions found, else what held before."""
    held = asked.corrected or asked.held
    start: dict[str, Any] = asked.traits | {
        "measured_on": asked.on,
        "expected_by": months_on(today, asked.scale.horizon_months),
        "reason": "at_contact" if held else "intake",
        "growth": "unknown",
        "expected": "",
    }
    if asked.corrected is not None:
        start |= _as_filled_in(asked.corrected)
    start |= {name: values[-1] for name, values in asked.given.items() if values}
    found = asked.asking()
    if found is not None and found.found and asked.scale.whole_of(asked.value("level")) != found.found:
        start["level"] = found.found
    if found is not None and found.found_expected:
        start["expected"] = found.found_expected
        start["growth"] = "yes" if found.found_expected != found.found else "no"
    return start


def _as_filled_in(held: Measurement) -> dict[str, Any]:
    return {
        "level": held.level.code,
        "growth": GROWTH_WORDS[Growth(held.growth)],
        "expected": held.expected_level.code if held.expected_level else "",
        "expected_by": held.expected_by,
        "measured_on": held.measured_on,
        "reason": held.reason,
        "override_reason": held.override_reason,
        "with_support": held.with_support,
        "with_aftercare": held.with_aftercare,
        "client_level": held.client_level.code if held.client_level else "",
        "client_view": held.client_view,
    }


def months_on(day: date, months: int) -> date:
    """So many months later; a day that the month does not have becomes its last common day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, HORIZON_DAYS_LEFT))
