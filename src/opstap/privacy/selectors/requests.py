"""Reads of what clients asked: the register, and one request with its words in the clear."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache

from django.conf import settings
from django.db.models import Q

from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import reachable_clients
from opstap.clients.selectors.merged import in_dossiers_with
from opstap.foundation.crypto import Cipher
from opstap.privacy.logic.requests import RequestRow, RequestTexts
from opstap.privacy.models import RightsRequest


@cache
def request_cipher() -> Cipher:
    """Encrypts what was asked and answered, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("notes"), "rights request")


def sealed_texts(texts: RequestTexts) -> bytes:
    """The texts as stored."""
    return request_cipher().encrypt(json.dumps([texts.words, texts.reason, texts.extension, texts.record]))


def opened_texts(request: RightsRequest) -> RequestTexts:
    """The texts in the clear."""
    if request.texts_encrypted is None:
        return RequestTexts()
    return RequestTexts(*json.loads(request_cipher().decrypt(bytes(request.texts_encrypted))))


def request_row(request: RightsRequest) -> RequestRow:
    """A request as it stands, to write it anew with something changed."""
    return RequestRow(**{field.name: getattr(request, field.name) for field in fields(RequestRow)})


def register_of(actor: Actor) -> list[RightsRequest]:
    """Every request of the clients within reach: what waits first, by the day it is due, then the latest answers."""
    own = RightsRequest.objects.current().filter(client__in=reachable_clients(actor).values("pk"))
    rows = list(own.select_related("client", "worker", "recording"))
    waiting = sorted((row for row in rows if not row.outcome), key=lambda row: (row.due_on, row.pk))
    answered = sorted((row for row in rows if row.outcome), key=lambda row: row.settled_on or row.due_on, reverse=True)
    return [*waiting, *answered]


def request_at(actor: Actor, reference: str) -> RightsRequest | None:
    """The request at a reference, of a client within reach."""
    own = RightsRequest.objects.current().filter(reference=reference)
    return own.filter(client__in=reachable_clients(actor).values("pk")).select_related("client", "worker").first()


def versions_of_request(request: RightsRequest) -> list[RightsRequest]:
    """A request as it stands, and before that as it stood, the newest first."""
    own = RightsRequest.objects.filter(reference=request.reference, client=request.client_id)
    return list(own.select_related("client", "worker", "recording").order_by("-pk"))


def requests_of(client: Client, *, about: str = "", about_row: int | None = None) -> list[RightsRequest]:
    """What was asked by somebody, in any of their dossiers, the latest first; perhaps beside one record."""
    wanted = Q(about=about, about_row=about_row) if about else Q()
    own = RightsRequest.objects.current().filter(in_dossiers_with(client.pk), wanted)
    return list(own.select_related("worker").order_by("-received_on", "-pk"))
