"""The term of finer kinds of barriers, which is shorter than that of the dossier they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from opstap.audit.operations import erasing, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import FinerBarrier
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.merged import merged_dossiers
from opstap.foundation.dates import AMSTERDAM
from opstap.municipality.logic import FINER_MONTHS
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on
from opstap.privacy.logic.requests import months_after
from opstap.privacy.models import LegalHold


def erase_old_finer_barriers(*, by: Actor, today: date) -> int:
    """Erase what was first recorded longer ago than its term, with every correction; returns how many rows.

    Nothing of who is held back by a legal hold, in whichever of their dossiers it stands. The barriers
    stay, in their broad kinds.
    """
    by.require("destroy_dossiers")
    count = 0
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        due = _due_in(municipality_id, today)
        if not due:
            continue
        require_reach(by, set(due.values()))
        with (
            writing(by=by, verb="erase_finer_barriers", count=len(due)) as recording,
            erasing(
                recording=recording, municipality_id=municipality_id, client_ids=set(due.values()), references=()
            ) as going_on,
        ):
            rows = list(due)
            for start in range(0, len(rows), 500):
                going_on.erase(FinerBarrier.objects.filter(pk__in=rows[start : start + 500]))
        count += len(due)
    return count


def _due_in(municipality_id: int, today: date) -> Mapping[int, int]:
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
