"""What this room holds about one client: placements."""

from __future__ import annotations

from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.clients.models import Client
from opstap.ladder.models import Measurement


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every placement of the client on any scale, corrected and withdrawn ones and second assessments too."""
    return held_rows(Measurement.objects.filter(client=client))


def erase(client: Client, erasing: Erasing) -> None:
    """Every placement of the client."""
    erasing.erase(Measurement.objects.filter(client=client))
