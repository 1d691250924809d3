"""What the operations on periods share: the permission, the check of the period, the recording, the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from opstap.audit.models import Fact
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import About, Period, RowsRefused, period_faults
from opstap.clients.permissions import PART, require_reach


def append_periods(*, by: Actor, model: type[Fact], verb: str, rows: Sequence[Period], why: str = "") -> None:
    """Record facts that hold for a period, all or none; a correction says why."""
    require_recording_clients(by)
    faults = period_faults(rows)
    if faults:
        raise RowsRefused(faults)
    if not rows:
        return
    require_reach_of(by, rows)
    with writing(by=by, verb=verb, count=len(rows)) as recording:
        append_facts(model, explained(rows, why), recording=recording)


def require_recording_clients(by: Actor) -> None:
    """Recording by hand or by import."""
    if not by.may("import_clients"):
        by.require("record_clients")


def require_reach_of(by: Actor, rows: Sequence[About]) -> None:
    """Nobody writes about a client they can't see. Of an import, whose clients its own municipality gave, a sample."""
    imports = by.may("import_clients")
    require_reach(by, {row.client_id for row in (rows[:PART] if imports else rows)}, guarding=imports)


def explained(rows: Sequence[Any], why: str) -> Sequence[Any]:
    """Rows with the reason beside them; as they are when there is none."""
    if not why:
        return rows
    return [SimpleNamespace(why=why, **{field.name: getattr(row, field.name) for field in fields(row)}) for row in rows]
