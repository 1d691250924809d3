"""What the operations on periods share: the permission, the check of the period, the recording, the rows."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.audit.models import Fact
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import About, Period, RowsRefused, period_faults
from opstap.clients.permissions import PART, require_reach


def append_periods(*, by: Actor, model: type[Fact], verb: str, rows: Sequence[Period]) -> None:
    """Record facts that hold for a period, all or none."""
    require_recording_clients(by)
    faults = period_faults(rows)
    if faults:
        raise RowsRefused(faults)
    if not rows:
        return
    require_reach_of(by, rows)
    with writing(by=by, verb=verb, count=len(rows)) as recording:
        append_facts(model, rows, recording=recording)


def require_recording_clients(by: Actor) -> None:
    """Recording by hand or by import."""
    if not by.may("import_clients"):
        by.require("record_clients")


def require_reach_of(by: Actor, rows: Sequence[About]) -> None:
    """Nobody writes about a client they can't see. Of an import, whose clients its own municipality gave, a sample."""
    require_reach(by, {row.client_id for row in (rows[:PART] if by.may("import_clients") else rows)})
