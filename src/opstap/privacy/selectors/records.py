"""The one record that a client wants put right: found by its address, and who may correct it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.models import Address, Client
from opstap.clients.selectors.asked import AskedBeside
from opstap.clients.selectors.held import PARTS, told_of
from opstap.clients.selectors.merged import in_dossiers_of, in_dossiers_with
from opstap.contacts.models import Contact
from opstap.contacts.selectors import history_of
from opstap.dossier.tables.parts import SLUG_OF, SLUGS
from opstap.foundation.references import keyed_reference
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import versions_of
from opstap.privacy.enums import RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.selectors.requests import opened_texts

PLACEMENT, CONTACT, ADDRESS = "measurement", "contact", "address"
BESIDE = {"plaatsing": PLACEMENT, "gesprek": CONTACT, **SLUGS}
STAYS = frozenset({"", *RequestOutcome} - {RequestOutcome.TAKEN_BACK})
_MODELS: Mapping[str, type[Fact]] = {PLACEMENT: Measurement, CONTACT: Contact}
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


def permissions_to_decide(request: RightsRequest) -> frozenset[str]:
    """What whoever decides about it holds: they read the record, and may correct it."""
    needed = {"record_clients", permission_to_correct(request.about), permission_to_read(request)}
    return frozenset(needed - {""})


def permission_to_read(request: RightsRequest) -> str:
    """Of a record that not everybody who sees the dossier may read what takes; of an address that is or was secret."""
    if request.about == CONTACT:
        return "record_contacts"
    return "see_secret_addresses" if request.about == ADDRESS and _was_secret(request) else ""


def _was_secret(request: RightsRequest) -> bool:
    rows = Address.objects.filter(in_dossiers_with(request.client_id)).values_list("pk", "replaces", "is_secret")
    chain, found = {request.about_row}, -1
    while found < len(chain):  # what stood before it and what came after
        found = len(chain)
        chain |= {pk for pk, before, _ in rows if before in chain}
        chain |= {before for pk, before, _ in rows if pk in chain and before is not None}
    return any(secret for pk, _, secret in rows if pk in chain)


def rows_beside() -> FactQuerySet[RightsRequest]:
    """Requests that may stand beside a record: open, refused for a part or wholly, or still to be carried out."""
    return RightsRequest.objects.current().filter(outcome__in=STAYS).exclude(about="")


def asked_beside_records(client: Client) -> list[AskedBeside]:
    """What the client wants put right, and what they say where that was refused."""
    found = []
    for one in rows_beside().filter(in_dossiers_of([client.pk])).order_by("-received_on", "-pk"):
        to_correct = one.outcome == RequestOutcome.GRANTED
        if one.about_row is not None and not (to_correct and _is_corrected(one)):
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
                    permissions=permissions_to_decide(one),
                    read_with=permission_to_read(one),
                    to_correct=to_correct,
                )
            )
    return found


def _is_corrected(request: RightsRequest) -> bool:
    """Whether the record was corrected or withdrawn since the client spoke of it."""
    model = _MODELS[request.about] if request.about in _MODELS else PARTS[request.about].model
    rows: FactQuerySet[Any] = FactQuerySet(model)
    return rows.filter(replaces=request.about_row).exists()


def url_of(client: Client, about: str, row: int) -> str:
    """The page on which the record stands with its history."""
    if about == PLACEMENT:
        return reverse("ladder:history", args=[client.reference, _reference_of(about, row)])
    if about == CONTACT:
        return reverse("contacts:history", args=[client.reference, _reference_of(about, row)])
    return reverse("dossier:part", args=[client.reference, SLUG_OF[about]])


def _reference_of(about: str, row: int) -> str:
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), about, row)
