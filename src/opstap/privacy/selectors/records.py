"""The one record that a client wants put right: found by its address, and who may correct it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from opstap.audit.models import FactQuerySet
from opstap.clients.models import Client
from opstap.clients.selectors.asked import AskedBeside
from opstap.clients.selectors.held import PARTS, told_of
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.contacts.selectors import history_of
from opstap.dossier.tables.parts import SLUG_OF, SLUGS
from opstap.foundation.references import keyed_reference
from opstap.ladder.selectors.measurements import versions_of
from opstap.privacy.enums import RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.selectors.requests import opened_texts

PLACEMENT, CONTACT = "measurement", "contact"
BESIDE = {"plaatsing": PLACEMENT, "gesprek": CONTACT, **SLUGS}
STAYS = frozenset({"", RequestOutcome.PARTLY.value, RequestOutcome.REFUSED.value})
_PERMISSIONS = {PLACEMENT: "record_placements", CONTACT: "record_contacts"}


@dataclass(frozen=True, slots=True)
class RecordFound:
    """A record: what kind, its newest version, and its day."""

    about: str
    row: int
    on: date
    detail: str = ""


def permission_to_correct(about: str) -> str:
    """What whoever corrects such a record holds."""
    return _PERMISSIONS.get(about) or (PARTS[about].permission if about in PARTS else "answer_requests")


def record_at(client_ids: Collection[int], slug: str, reference: str) -> RecordFound | None:
    """The record at an address; None where the client has no such."""
    about = BESIDE.get(slug, "")
    if about == PLACEMENT:
        placed = versions_of(reference, *client_ids)
        return RecordFound(about, placed[0].pk, placed[0].measured_on, placed[0].level.code) if placed else None
    if about == CONTACT:
        spoken = history_of(reference, *client_ids)
        return RecordFound(about, spoken[0].pk, spoken[0].held_on) if spoken else None
    for fact in told_of(about, client_ids) if about else ():
        if _reference_of(about, fact.pk) == reference:
            return RecordFound(about, fact.pk, fact.starts_on)
    return None


def rows_beside() -> FactQuerySet[RightsRequest]:
    """Requests that stand beside a record: open, or not wholly done."""
    return RightsRequest.objects.current().filter(outcome__in=STAYS).exclude(about="")


def asked_beside_records(client: Client) -> list[AskedBeside]:
    """What the client wants put right, and what they say where that was refused."""
    found = []
    for one in rows_beside().filter(in_dossiers_of([client.pk])).order_by("-received_on", "-pk"):
        if one.about_row is not None:
            texts = opened_texts(one)
            url = url_of(client, one.about, one.about_row)
            found.append(
                AskedBeside(
                    about=one.about,
                    row=one.about_row,
                    reference=one.reference,
                    record=texts.record,
                    url=url,
                    received_on=one.received_on,
                    words=texts.words,
                    is_open=not one.outcome,
                    reason=texts.reason,
                    permission=permission_to_correct(one.about),
                )
            )
    return found


def url_of(client: Client, about: str, row: int) -> str:
    """The page on which the record stands with its history."""
    if about == PLACEMENT:
        return reverse("ladder:history", args=[client.reference, _reference_of(about, row)])
    if about == CONTACT:
        return reverse("contacts:history", args=[client.reference, _reference_of(about, row)])
    return reverse("dossier:part", args=[client.reference, SLUG_OF[about]])


def _reference_of(about: str, row: int) -> str:
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), about, row)
