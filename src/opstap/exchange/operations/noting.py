"""Telling the access log whose data an import wrote, or its undoing took back: everybody by name."""

from __future__ import annotations

from typing import Any

from opstap.audit.logic.seen import note_changed
from opstap.audit.models import FactQuerySet, Recording
from opstap.audit.operations import fact_models
from opstap.clients.models import Client

PART = 500
OWNER = "client"


def note_written_in(recording: Recording) -> None:
    """Every client of whom a fact was added in a recording; asked once the others no longer wait."""
    ids: set[int] = set()
    for model in fact_models():
        if any(field.name == OWNER for field in model._meta.concrete_fields):
            rows: FactQuerySet[Any] = FactQuerySet(model).filter(recording=recording)
            ids.update(rows.values_list("client_id", flat=True).distinct())
    known = sorted(ids)
    for start in range(0, len(known), PART):
        note_changed(Client.objects.filter(pk__in=known[start : start + PART]).values_list("reference", flat=True))
