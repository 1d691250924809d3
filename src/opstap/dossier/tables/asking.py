"""What of one client needs attention today, each with the page where that is put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.dossier.enums import Reason
from opstap.dossier.tables.attention import reason_words

PLACE, PLAN, BEGIN = (
    ("record_placements", "ladder:place"),
    ("record_contacts", "contacts:plan"),
    ("record_plans", "plans:begin"),
)
ANSWERS: Mapping[Reason, tuple[str, str]] = {
    Reason.NEVER_PLACED: PLACE,
    Reason.PLACED_LONG_AGO: PLACE,
    Reason.EXPECTED_PASSED: PLACE,
    Reason.GROWTH_UNUSED: BEGIN,
    Reason.NO_NEXT_CONTACT: PLAN,
    Reason.NEWLY_ASSIGNED: PLACE,
}


@dataclass(frozen=True)
class Asks:
    """A reason in words, and where it is answered; no address for who may not do that."""

    words: str
    url: str


def asks_of(actor: Actor, client: Client, reasons: Iterable[Reason], here: str, placement_months: int) -> list[Asks]:
    """Each reason with its way out, which leads back to the dossier."""
    found = list(reasons)
    said = reason_words(found, placement_months)
    return [Asks(words, _url(actor, client, one, here)) for one, words in zip(found, said, strict=True)]


def _url(actor: Actor, client: Client, reason: Reason, here: str) -> str:
    permission, page = ANSWERS[reason]
    if not actor.may(permission):
        return ""
    return f"{reverse(page, args=[client.reference])}?{urlencode({'next': here})}"
