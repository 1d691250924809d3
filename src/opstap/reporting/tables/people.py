"""The list of people behind a cell, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.tables import level_class
from opstap.reporting.selectors.people import ListedPerson
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.words import level_name


@dataclass(frozen=True)
class PersonRow:
    """A person as the page shows them."""

    name: str
    reference: str
    number: str
    birth_date: date | None
    worker: str
    level: str
    recorded: str
    level_name: str
    level_class: str
    measured_on: date | None
    growth: str
    expected: str
    expected_class: str
    earlier: str
    earlier_class: str


def people_table(people: Iterable[ListedPerson], question: Question, language: str) -> list[PersonRow]:
    """Rows for the page."""
    return [_row(person, question, language) for person in people]


def _row(person: ListedPerson, question: Question, language: str) -> PersonRow:
    growth = {1: _("yes"), 0: _("no"), -1: _("unknown"), None: "–"}[person.growth]
    return PersonRow(
        name=person.name,
        reference=person.reference,
        number=person.number,
        birth_date=person.birth_date,
        worker=person.worker or "–",
        level="–" if person.level in {None, NO_COUNTERPART} else str(person.level),
        recorded=person.recorded or "–",
        level_name=level_name(question, person.level, language),
        level_class=level_class(question.scale, person.level),
        measured_on=person.measured_on,
        growth=growth,
        expected=_expected(person, question, language),
        expected_class="" if person.expected == NO_COUNTERPART else level_class(question.scale, person.expected),
        earlier="–" if person.earlier in {None, NO_COUNTERPART} else str(person.earlier),
        earlier_class=level_class(question.scale, person.earlier),
    )


def _expected(person: ListedPerson, question: Question, language: str) -> str:
    if person.expected == NO_COUNTERPART:
        return level_name(question, person.expected, language)
    return person.expected or "–"
