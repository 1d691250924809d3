"""What the pages of a placement share: reading the question, the form with its start, the row, and the context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.audit.permissions import Actor
from opstap.clients.enums import TraitKind
from opstap.clients.logic import TraitRow
from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.ladder.enums import Growth
from opstap.ladder.forms import SECOND, TRAITS, PlacementForm
from opstap.ladder.logic import MeasurementRow, Remark, answers_as_text
from opstap.ladder.models import Measurement, ScaleQuestion
from opstap.ladder.operations import record_measurement
from opstap.ladder.selectors.measurements import measurements_of, standing_on
from opstap.ladder.selectors.placing import Placeable, asked_traits, placeable, words_of_lists
from opstap.ladder.selectors.scales import LevelOnDay, ScaleOnDay, questions_on
from opstap.ladder.tables.placing import Asking, asking, placed_view, steps_of
from opstap.municipality.logic import OWN_TRAIT
from opstap.municipality.selectors import OwnTrait, Words

GROWTH_CODES = {"yes": Growth.YES, "no": Growth.NO}
GROWTH_WORDS = {Growth.YES: "yes", Growth.NO: "no", Growth.UNKNOWN: "unknown"}
HORIZON_DAYS_LEFT = 28  # a day that every month has


@dataclass(frozen=True)
class Asked:
    """A question for the form: whom, on which ladder, by which way, and what was filled in so far."""

    client: Client
    scale: ScaleOnDay
    language: str
    by_questions: bool
    given: Mapping[str, Sequence[str]]
    scales: tuple[ScaleOnDay, ...]
    corrected: Measurement | None = None

    def answered(self, content: QueryDict | Mapping[str, Sequence[str]]) -> Asked:
        """The same with what was filled in; a pressed button answers a question or takes an answer back."""
        given = dict(content.lists()) if isinstance(content, QueryDict) else dict(content)
        for name in given.pop("forget", []):
            given.pop(name, None)
        return replace(self, given=given, by_questions=given.get("wijze", [""])[-1] == "vragen")

    @cached_property
    def person(self) -> Placeable:
        """Who it is about, as of today."""
        return placeable(self.client, dates.today())

    @cached_property
    def standing(self) -> list[Measurement]:
        """Their placements, the newest first."""
        return measurements_of(self.client.pk)

    @property
    def held(self) -> Measurement | None:
        """Where they stand on this ladder."""
        own = (one for one in self.standing if one.scale_id == self.scale.id and not one.second_assessment)
        return next(own, None)

    @cached_property
    def _words(self) -> tuple[Words, Words]:
        return words_of_lists(dates.today(), self.language)

    @property
    def lists(self) -> Words:
        """The code lists of today, to read what was recorded."""
        return self._words[0]

    def choices(self) -> Words:
        """What can be chosen today; what is held stays among it, also when its code has ended."""
        held = {trait.value for trait in self.person.traits.values()}
        if self.corrected is not None:
            held |= {str(getattr(self.corrected, name)) for name in ("reason", *TRAITS)}
        labels, choosable = self._words
        return {
            key: {code: words for code, words in listed.items() if code in choosable[key] or code in held}
            for key, listed in labels.items()
        }

    @cached_property
    def own_traits(self) -> list[OwnTrait]:
        """What the municipality asks beside the standard set."""
        return asked_traits(self.client, dates.today())

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

    def form(self, *, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> PlacementForm:
        """The form, with the lists of today."""
        return PlacementForm(
            data,
            initial=dict(initial or {}),
            scale=self.scale,
            lists=self.choices(),
            corrects=self.corrected is not None,
            language=self.language,
            own_traits=self.own_traits,
        )


def start_of(asked: Asked, today: date) -> dict[str, Any]:
    """What the form starts with: what was filled in, else what the questions found, else what held before."""
    held = asked.corrected or asked.held
    start: dict[str, Any] = {kind: trait.value for kind, trait in asked.person.traits.items()}
    start |= {
        "exempt": "yes" if asked.person.exempt else "",
        "measured_on": today,
        "expected_by": months_on(today, asked.scale.horizon_months),
        "reason": "at_contact" if held else "intake",
        "growth": "unknown",
        "expected": "",
    }
    if asked.corrected is not None:
        start |= _as_filled_in(asked.corrected)
    start |= {name: values[-1] for name, values in asked.given.items() if values}
    found = asked.asking()
    if found is not None and found.found and asked.value("level")[:1] != found.found:
        start["level"] = found.found
    if found is not None and found.found_expected:
        start["expected"] = found.found_expected
        start["growth"] = "yes" if found.found_expected != found.found else "no"
    return start


def _as_filled_in(held: Measurement) -> dict[str, Any]:
    filled: dict[str, Any] = {name: getattr(held, name) for name in TRAITS}
    return filled | {
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


def save(actor: Actor, asked: Asked, given: Mapping[str, Any]) -> list[Remark]:
    """Record what the form holds, with the traits that changed; returns the warnings."""
    levels = {level.code: level for level in asked.scale.levels}
    row = _row(actor, asked, given, levels)
    return record_measurement(by=actor, row=row, traits=_changed_traits(asked.client, given))


def _row(actor: Actor, asked: Asked, given: Mapping[str, Any], levels: Mapping[str, LevelOnDay]) -> MeasurementRow:
    level, expected, own = levels[given["level"]], levels.get(given["expected"]), levels.get(given["client_level"])
    found = asked.asking()
    found_level = levels.get(found.found) if found else None
    day = given["measured_on"]
    replaced = asked.corrected.pk if asked.corrected else None
    if replaced is None and given["same_day"] and given["same_day"] != SECOND:
        replaced = standing_on(asked.client.pk, asked.scale.id, day)
    answers = [(answer.name.replace("-", "."), answer.answer == "yes") for answer in found.answered] if found else []
    kept = asked.corrected.answers if asked.corrected and not answers else answers_as_text(answers)
    return MeasurementRow(
        client_id=asked.client.pk,
        scale_id=asked.scale.id,
        measured_on=day,
        level_id=level.id,
        growth=(GROWTH_CODES.get(given["growth"], Growth.UNKNOWN) if level.records_growth else Growth.UNKNOWN),
        expected_level_id=expected.id if expected else None,
        expected_by=given["expected_by"] if expected else None,
        reason=given["reason"],
        worker_id=asked.corrected.worker_id if asked.corrected else actor.user_id,
        second_assessment=given["same_day"] == SECOND or bool(asked.corrected and asked.corrected.second_assessment),
        answers=kept,
        found_level_id=found_level.id if found_level else None,
        override_reason=given["override_reason"],
        client_level_id=own.id if own else None,
        client_view=given["client_view"],
        with_support=given["with_support"],
        with_aftercare=given["with_aftercare"],
        why=given["why"],
        replaces_id=replaced,
        **{name: given[name] for name in TRAITS},
    )


def _changed_traits(client: Client, given: Mapping[str, Any]) -> list[TraitRow]:
    """The trait of the client is the fact and the placement copies it: what was changed here holds from that day."""
    day: date = given["measured_on"]
    known = placeable(client, day).traits
    rows = []
    for kind in [*(standard.value for standard in TraitKind), *(name for name in given if name.startswith(OWN_TRAIT))]:
        value, held = as_trait_value(given.get(kind)), known.get(kind)
        if not value or (held is not None and held.value == value):
            continue
        if held is None:
            rows.append(TraitRow(client.pk, kind, value, day))
        elif held.starts_on == day:
            rows.append(TraitRow(client.pk, kind, value, day, held.ends_on, replaces_id=held.pk))
        else:
            rows.append(TraitRow(client.pk, kind, held.value, held.starts_on, day, replaces_id=held.pk))
            rows.append(TraitRow(client.pk, kind, value, day, held.ends_on))
    return rows


def as_trait_value(given: object) -> str:
    """As a trait is kept: a day by its ISO form, a number as its digits."""
    if given is None:
        return ""
    return given.isoformat() if isinstance(given, date) else str(given)


def page_of(request: HttpRequest, asked: Asked, form: PlacementForm) -> dict[str, Any]:
    """Everything the page shows."""
    today = dates.today()
    person, reasons = asked.person, asked.lists["placement_reason"]
    scales = {scale.id: scale for scale in asked.scales}
    standing = [placed_view(one, scales, reasons, asked.language) for one in asked.standing]
    own = [one for one in standing if one.scale == asked.scale.name(asked.language)]
    current = next((one for one in own if not one.is_second), None)
    steps, chosen = steps_of(asked.scale, asked.language), form["level"].value() or ""
    return {
        "person": person,
        "scale": asked.scale,
        "scale_name": asked.scale.name(asked.language),
        "scales": [(scale.key, scale.name(asked.language)) for scale in scales.values()],
        "steps": steps,
        "has_questions": bool(asked.questions),
        "by_questions": asked.by_questions,
        "asking": asked.asking(),
        "form": form,
        "chosen": chosen,
        "focus": "" if asked.by_questions else chosen or (current.level if current else steps[0].choices[0].code),
        "chosen_expected": form["expected"].value() or "",
        "expected_choices": form.offered["expected"],
        "own_traits": [form[trait.code] for trait in asked.own_traits],
        "allows_support": any(level.has_support for level in asked.scale.levels),
        "allows_aftercare": any(level.has_aftercare for level in asked.scale.levels),
        "asks_same_day": bool(form.errors and standing_on(asked.client.pk, asked.scale.id, form_day(form, today))),
        "previous": current,
        "placements": standing,
        "corrects": asked.corrected is not None,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "reason": asked.value("reason"),
        "today": today,
        "trail": trail_of(person),
    }


def form_day(form: PlacementForm, today: date) -> date:
    """The day in the form, or today where it can't be read."""
    found: date = getattr(form, "cleaned_data", {}).get("measured_on") or today
    return found


def trail_of(person: Placeable) -> list[dict[str, str]]:
    """The way to this page, by the dossier."""
    dossier = reverse("dossier:client", args=[person.client.reference])
    return [{"label": person.name, "url": dossier}, {"label": _("Place"), "url": ""}]
