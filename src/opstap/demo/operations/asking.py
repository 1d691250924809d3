"""What clients of the town asked about their own data: one answered, one waiting, one that is late."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.municipality.models import Municipality
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import answer_request, note_request

ASKED = (
    (RequestKind.ACCESS, 47, "Ik wil weten wat jullie allemaal over mij hebben.", True),
    (RequestKind.CORRECTION, 38, "Mijn telefoonnummer klopt al jaren niet.", False),
    (RequestKind.ACCESS, 9, "Wie heeft er in mijn dossier gekeken? Mijn buurvrouw werkt bij de gemeente.", False),
    (RequestKind.OBJECTION, 4, "Ik wil niet dat mijn gegevens in een lijst voor een werkgever komen.", False),
)


def ask_rights(by: Actor, municipality: Municipality, until: date) -> None:
    """Of every tenth client, by client number."""
    clients = list(Client.objects.filter(municipality=municipality).order_by("number")[: len(ASKED) * 10 : 10])
    for client, (kind, days, words, answered) in zip(clients, ASKED, strict=False):
        received_on = until - timedelta(days=days)
        reference = note_request(by=by, client=client, kind=kind, received_on=received_on, words=words)
        if answered:
            answer_request(
                by=by,
                request=RightsRequest.objects.current().get(reference=reference),
                outcome=RequestOutcome.GRANTED,
                settled_on=received_on + timedelta(days=12),
                reason="Het hele dossier is aan de balie meegegeven en samen doorgenomen.",
            )
