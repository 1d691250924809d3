"""What this room holds about one client: trajectories, activities and instruments."""

from __future__ import annotations

from opstap.audit.models import FactQuerySet
from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.clients.models import Client
from opstap.plans.models import Activity, Instrument, Trajectory


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every row about the client, corrected and withdrawn ones too."""
    found = held_rows(Trajectory.objects.filter(client=client))
    for model in (Activity, Instrument):
        found += held_rows(FactQuerySet(model).filter(client=client))
    return found


def erase(client: Client, erasing: Erasing) -> None:
    """Every trajectory, activity and instrument."""
    erasing.erase(Trajectory.objects.filter(client=client))
    erasing.erase(FactQuerySet(Activity).filter(client=client))
    erasing.erase(FactQuerySet(Instrument).filter(client=client))
