"""Reads for the form of a placement: the person, the traits of the day, and the choices it starts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.clients.models import Client, Exemption, Person, Trait
from opstap.ladder.selectors.circumstances import STANDARD, Circumstances, circumstances_of
from opstap.municipality.logic import OWN_TRAIT
from opstap.municipality.selectors import OwnTrait, Words, labels_on, own_traits, setting_on, words_on

LISTS = ("income_situation", "integration_status", "placement_reason")


@dataclass(frozen=True)
class Placeable:
    """Who is to be placed, as the form shows them."""

    client: Client
    name: str
    birth_date: date | None
    traits: dict[str, Trait]
    exemption: Exemption | None
    known: Circumstances


def placeable(client: Client, day: date) -> Placeable:
    """A client with the traits that hold on the day."""
    person = Person.objects.current().filter(client=client).first()
    known = circumstances_of([client.pk])[client.pk]
    asked = {kind: trait for kind, trait in known.on(day).items() if kind in STANDARD or kind.startswith(OWN_TRAIT)}
    return Placeable(
        client=client,
        name=person.list_name if person else client.number,
        birth_date=person.birth_date if person else None,
        traits=asked,
        exemption=known.exemption_on(day),
        known=known,
    )


def lists_on(day: date, language: str) -> dict[str, dict[str, str]]:
    """The code lists of the form, to read what was recorded."""
    return labels_on(LISTS, day, language)


def words_of_lists(day: date, language: str) -> tuple[Words, Words]:
    """The same lists to read, and as far as they can be chosen on the day; one query."""
    return words_on(LISTS, day, language)


def choosable_on(day: date, language: str) -> Words:
    """What can be chosen from each list on a day, in words."""
    labels, choosable = words_of_lists(day, language)
    return {
        key: {code: words for code, words in listed.items() if code in choosable[key]} for key, listed in labels.items()
    }


def default_scale_key(client: Client, day: date) -> str:
    """The ladder of the municipality."""
    return str(setting_on(client.municipality_id, "default_scale", day))


def asked_traits(client: Client, day: date) -> list[OwnTrait]:
    """The municipality's own traits that are asked when placing."""
    return asked_of_municipality(client.municipality_id, day)


def asked_of_municipality(municipality_id: int, day: date) -> list[OwnTrait]:
    """The same of a municipality, where nobody is placed yet."""
    return [trait for trait in own_traits(municipality_id, day) if trait.on_placement]
