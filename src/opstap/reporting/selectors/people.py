"""The people behind a figure as a list: only those whom the viewer may see today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.caseloads import caseloads_on
from opstap.facts.selectors.cache import facts_of
from opstap.foundation import dates
from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.models import Level, Measurement
from opstap.reporting.selectors.questions import Question


@dataclass(frozen=True)
class ListedPerson:
    """A row of the list, as known to the question; `earlier` is the level on the day that is compared with."""

    client_id: int
    reference: str
    number: str
    name: str
    birth_date: date | None
    worker: str
    level: str | None
    recorded: str | None
    measured_on: date | None
    growth: int | None
    expected: str | None
    earlier: str | None = None


@dataclass(frozen=True)
class Unlisted:
    """How many of the people behind a figure no list shows: who left from the viewer's reach, and others."""

    left: int
    others: int


class PeopleList(Sequence[ListedPerson]):
    """The people in order of name; a page of them is read when it is asked for."""

    def __init__(self, order: list[int], question: Question) -> None:
        self._order = order
        self._question = question

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> ListedPerson: ...

    @overload
    def __getitem__(self, index: slice) -> list[ListedPerson]: ...

    def __getitem__(self, index: int | slice) -> ListedPerson | list[ListedPerson]:
        if isinstance(index, slice):
            return _read(self._order[index], self._question)
        return _read([self._order[index]], self._question)[0]


def listed_people(actor: Actor, ids: Collection[int], question: Question) -> PeopleList:
    """Those of the ids that pass today's gate, by name. One query whatever their number."""
    wanted = set(ids)
    rows = (
        Person.objects.current()
        .filter(client__in=visible_clients(actor))
        .order_by("surname", "given_names", "client_id")
    )
    return PeopleList([pk for pk in rows.values_list("client_id", flat=True) if pk in wanted], question)


def unlisted_of(ids: Collection[int], listed: PeopleList, question: Question) -> Unlisted:
    """Whom the list of these ids leaves out."""
    gone = question.choice.gone
    left = 0 if gone is None else len(set(ids) & set(gone))
    return Unlisted(left, len(set(ids)) - len(listed) - left)


def _read(ids: list[int], question: Question) -> list[ListedPerson]:
    persons = {p.client_id: p for p in Person.objects.current().filter(client_id__in=ids).select_related("client")}
    note_listed(person.client.reference for person in persons.values())
    held_by = caseloads_on(dates.today(), ids)
    workers = {pk: held.worker.name for pk, held in held_by.items() if held.worker}
    placed = _placements(ids, question, question.on)
    before = _placements(ids, question, question.compared_with) if question.compared_with else {}
    listed = []
    for pk in ids:
        person = persons[pk]
        held, was = placed.get(pk), before.get(pk)
        listed.append(
            ListedPerson(
                client_id=pk,
                reference=person.client.reference,
                number=person.client.number,
                name=person.list_name,
                birth_date=person.birth_date,
                worker=workers.get(pk, ""),
                level=_as_read(held.level, question) if held else None,
                recorded=held.level.code if held else None,
                measured_on=held.measured_on if held else None,
                growth=held.growth if held else None,
                expected=_as_read(held.expected_level, question) if held and held.expected_level else None,
                earlier=_as_read(was.level, question) if was else None,
            )
        )
    return listed


def _as_read(level: Level, question: Question) -> str:
    """The code of a level, or of its counterpart where the question reads through a crosswalk."""
    if question.crosswalk is None:
        return level.code
    counterpart = question.crosswalk.ids.get(level.pk)
    return next((one.code for one in question.scale.levels if one.id == counterpart), NO_COUNTERPART)


def _placements(ids: list[int], question: Question, day: date) -> dict[int, Measurement]:
    names = facts_of(question.municipality_id, recording=question.recording).names()
    wanted = set(ids)
    rows = (
        Measurement.objects.filter(
            client_id__in=[*ids, *(merged for merged, kept in names.items() if kept in wanted)],
            scale_id=question.reading.scale_id,
            measured_on__lte=day,
            recording__lte=question.recording,
        )
        .select_related("level", "expected_level")
        .order_by("measured_on", "recording", "pk")
    )
    known = list(rows)
    replaced = set(
        Measurement.objects.filter(
            replaces__in=[row.pk for row in known], recording__lte=question.recording
        ).values_list("replaces", flat=True)
    )
    return {
        names.get(row.client_id, row.client_id): row
        for row in known
        if row.pk not in replaced and not row.withdrawn and not row.second_assessment
    }
