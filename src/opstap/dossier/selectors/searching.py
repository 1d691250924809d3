"""What was typed in the search box, sealed for the session of who typed it, and who was found."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.urls import reverse

from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment, Client, Person
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.caseloads import caseloads_on, followed_on
from opstap.clients.selectors.search import Found, Wanted, found_clients, matching, wanted
from opstap.foundation.crypto import Cipher

ANY_REFERENCE = "any"


@dataclass(frozen=True)
class FoundClient:
    """Somebody who was found."""

    reference: str
    url: str
    name: str
    birth_date: date | None
    number: str
    worker: str
    team: str
    is_followed: bool


def sealed(text: str) -> str:
    """As it may lie in a session: encrypted."""
    return base64.b64encode(_cipher().encrypt(text)).decode()


def opened(kept: str) -> str | None:
    """What was typed; None when it can't be read any more."""
    try:
        return _cipher().decrypt(base64.b64decode(kept))
    except (InvalidTag, binascii.Error, ValueError):
        return None


def found_by(actor: Actor, text: str, today: date) -> Found:
    """Who matches, of those the actor may see."""
    return found_clients(visible_clients(actor), _sought(actor, text, today))


def _sought(actor: Actor, text: str, today: date) -> Wanted:
    """What was typed; a BSN is a number like any other for who may not find by it."""
    sought = wanted(text, today)
    return sought if actor.may("find_by_bsn") else replace(sought, bsn="")


def ids_matching(actor: Actor, text: str, today: date) -> frozenset[int]:
    """Everybody who matches, for a list that is narrowed by what was typed."""
    return frozenset(matching(visible_clients(actor), _sought(actor, text, today)).values_list("pk", flat=True))


def read_found(actor: Actor, found: Found, today: date) -> list[FoundClient]:
    """Those found, as a list shows them, in their order; through the gate once more."""
    ids = found.client_ids
    clients = visible_clients(actor).in_bulk(list(ids))
    note_listed(client.reference for client in clients.values())
    persons = {person.client_id: person for person in Person.objects.current().filter(client__in=ids)}
    followed, held = followed_on(today, ids), caseloads_on(today, ids)
    return [
        _found(clients[pk], persons.get(pk), held.get(pk), is_followed=pk in followed) for pk in ids if pk in clients
    ]


def _found(client: Client, person: Person | None, held: Assignment | None, *, is_followed: bool) -> FoundClient:
    return FoundClient(
        reference=client.reference,
        url=_address().replace(ANY_REFERENCE, client.reference),
        name=person.list_name if person else client.number,
        birth_date=person.birth_date if person else None,
        number=client.number,
        worker=held.worker.name if held and held.worker else "",
        team=held.team.name if held and held.team else "",
        is_followed=is_followed,
    )


@cache
def _address() -> str:
    """The address of a dossier, made once."""
    return reverse("dossier:client", args=[ANY_REFERENCE])


@cache
def _cipher() -> Cipher:
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "search")
