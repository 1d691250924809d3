"""What the pages of this room need besides contacts: who it is, where they stand, and the words of lists and levels."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from opstap.audit.selectors import latest_recording, remembered
from opstap.clients.models import Client, Person
from opstap.clients.selectors.reach import Unreachable, unreachable_on
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import standing_by_client
from opstap.ladder.selectors.scales import ScaleOnDay, scale_on
from opstap.municipality.selectors import setting_on
from opstap.municipality.selectors import words_on as words_of_lists

KINDS = "contact_kind"


@dataclass(frozen=True)
class Words:
    """The kinds of contact, to read and to choose from, and the ladder of the municipality, as of a day."""

    kinds: dict[str, str]
    choices: dict[str, str]
    scale: ScaleOnDay


@dataclass(frozen=True)
class Spoken:
    """With whom one speaks, and where they stand on the ladder of the municipality."""

    client: Client
    name: str
    birth_date: date | None
    phone: str
    held: Measurement | None
    unreachable: Unreachable | None


def words_on(municipality_id: int, day: date, language: str) -> Words:
    """Read once and remembered until something is written."""
    return _words(latest_recording(), municipality_id, day, language)


def choices_on(day: date, language: str) -> dict[str, str]:
    """The kinds of contact that could be chosen on a day."""
    return words_of_lists([KINDS], day, language)[1][KINDS]


@remembered
def _words(_recording: int, municipality_id: int, day: date, language: str) -> Words:
    key = str(setting_on(municipality_id, "default_scale", day))
    scale = scale_on(key, day)
    if scale is None:
        message = f"the ladder of the municipality, {key}, is not there"
        raise LookupError(message)
    labels, choices = words_of_lists([KINDS], day, language)
    return Words(labels[KINDS], choices[KINDS], scale)


def spoken_with(clients: Collection[Client], scale_id: int, day: date) -> dict[int, Spoken]:
    """These clients with name, telephone number, where they stand, and whether they can be reached; three queries."""
    ids = [client.pk for client in clients]
    persons = {person.client_id: person for person in Person.objects.current().filter(client__in=ids)}
    held = standing_by_client(ids, scale_id)
    away = unreachable_on(day, ids)
    return {
        client.pk: _spoken(client, persons.get(client.pk), held.get(client.pk), away.get(client.pk))
        for client in clients
    }


def _spoken(client: Client, person: Person | None, held: Measurement | None, unreachable: Unreachable | None) -> Spoken:
    return Spoken(
        client=client,
        name=person.list_name if person else client.number,
        birth_date=person.birth_date if person else None,
        phone=person.phone if person else "",
        held=held,
        unreachable=unreachable,
    )
