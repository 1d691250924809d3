"""The term of finer kinds of barriers, which is shorter than that of the dossier they stand in."""

from __future__ import annotations

from datetime import date

from opstap.audit.operations import erasing, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import FinerBarrier
from opstap.clients.permissions import require_reach
from opstap.municipality.models import Municipality
from opstap.privacy.operations.traces import write_anew_later
from opstap.privacy.selectors.finer import finer_due_in


def erase_old_finer_barriers(*, by: Actor, today: date) -> int:
    """Erase what was first recorded longer ago than its term, with every correction; returns how many rows.

    Nothing of who is held back by a legal hold, in whichever of their dossiers it stands. The barriers
    stay, in their broad kinds. The file of an embedded database is written anew.
    """
    by.require("destroy_dossiers")
    count = 0
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        due = finer_due_in(municipality_id, today)
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
    if count:
        write_anew_later()
    return count
