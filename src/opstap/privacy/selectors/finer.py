"""Reads for the term of finer kinds of barriers: which are past it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from opstap.clients.models import FinerBarrier
from opstap.clients.selectors.merged import merged_dossiers
from opstap.foundation.dates import AMSTERDAM
from opstap.municipality.logic import FINER_MONTHS
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on
from opstap.privacy.logic.requests import months_after
from opstap.privacy.models import LegalHold


def is_any_finer_due(today: date) -> bool:
    """Whether any is past its term, in whichever municipality."""
    return any(finer_due_in(pk, today) for pk in Municipality.objects.values_list("pk", flat=True))


def finer_due_in(municipality_id: int, today: date) -> Mapping[int, int]:
    """The rows whose term has passed, with whose they are: a correction goes when what it corrects goes."""
    months = int(setting_on(municipality_id, FINER_MONTHS, today))
    kept = merged_dossiers()
    held = {kept.get(pk, pk) for pk in LegalHold.objects.active_on(today).values_list("client_id", flat=True)}
    rows = FinerBarrier.objects.filter(client__municipality=municipality_id)
    due: dict[int, int] = {}
    stays: set[int] = set()
    for pk, client, replaced, at in rows.order_by("pk").values_list("pk", "client_id", "replaces_id", "recording__at"):
        if kept.get(client, client) in held:
            continue
        # What corrects a row that is gone has the term of its own day.
        ends_on = months_after(at.astimezone(AMSTERDAM).date(), months)
        if replaced in due or (replaced not in stays and ends_on <= today):
            due[pk] = client
        else:
            stays.add(pk)
    return due
