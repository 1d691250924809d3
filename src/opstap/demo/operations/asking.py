"""What clients of the town asked about their own data: one answered, one waiting, one that is late."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import override

from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import answer_request, note_request
from opstap.privacy.tables.words import record_words

ASKED = (
    (RequestKind.ACCESS, 47, "Ik wil weten wat jullie allemaal over mij hebben.", True),
    (RequestKind.CORRECTION, 38, "Mijn telefoonnummer klopt al jaren niet.", False),
    (RequestKind.ACCESS, 9, "Wie heeft er in mijn dossier gekeken? Mijn buurvrouw werkt bij de gemeente.", False),
    (RequestKind.OBJECTION, 4, "Ik wil niet dat mijn gegevens in een lijst voor een werkgever komen.", False),
)


BESIDE = (
    ("Er staat dat ik niet alleen kan werken. Ik doe al een jaar de administratie van het buurthuis.", 6, ""),
    (
        "Ik zat toen niet in een traject, ik was ziek.",
        40,
        "Het traject liep door en de trede is met de vragen bepaald. De ziekte staat in het verslag van dat gesprek.",
    ),
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
    _ask_beside(by, municipality, until)


def _ask_beside(by: Actor, municipality: Municipality, until: date) -> None:
    """Of two placements the client says that they are wrong: one waits, one was refused with the reason."""
    placed = Measurement.objects.current().filter(client__municipality=municipality, measured_on__lt=until)
    latest = list(placed.select_related("client", "level").order_by("-measured_on", "client__number")[3:20:11])
    for one, (words, days, refused) in zip(latest, BESIDE, strict=False):
        with override("nl"):
            record = record_words("measurement", one.measured_on, one.level.code)
        reference = note_request(
            by=by,
            client=one.client,
            kind=RequestKind.CORRECTION,
            received_on=until - timedelta(days=days),
            words=words,
            about="measurement",
            about_row=one.pk,
            record=record,
        )
        if refused:
            answer_request(
                by=by,
                request=RightsRequest.objects.current().get(reference=reference),
                outcome=RequestOutcome.REFUSED,
                settled_on=until - timedelta(days=days - 20),
                reason=refused,
            )
