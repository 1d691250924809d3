"""A barrier recorded or corrected together with its finer kind, by who holds the right to see that."""

from __future__ import annotations

from opstap.audit.models import Recording
from opstap.audit.operations import append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import BarrierRow, Fault, RowsRefused
from opstap.clients.logic.finer import FINER_OF, FinerRow
from opstap.clients.models import Barrier, Client, FinerBarrier
from opstap.clients.operations.held import record_held_fact
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.finer import finer_kinds_of
from opstap.clients.selectors.sealing import kind_cipher, sealed_kind
from opstap.foundation import dates
from opstap.municipality.selectors import has_ground_for_finer_barriers


def record_barrier(*, by: Actor, row: BarrierRow, finer: str, why: str = "") -> None:
    """Add a barrier, or correct the one that the row replaces, as `record_held_fact` does; without `finer` as broad.

    RowsRefused while the municipality has no ground for finer kinds, or when it belongs with another broad kind.
    """
    by.require("see_finer_barriers")
    require_reach(by, {row.client_id})
    town = Client.objects.values_list("municipality_id", flat=True).get(pk=row.client_id)
    if not has_ground_for_finer_barriers(town, dates.today()):
        raise RowsRefused([Fault(0, "finer_is_off")])
    if finer and finer not in FINER_OF.get(row.kind, ()):
        raise RowsRefused([Fault(0, "finer_of_another_kind")])
    with writing(by=by, verb="record_finer_barrier") as recording:
        record_held_fact(by=by, what="barrier", row=row, why=why)
        # Of one kind one barrier holds at a time, so this recording made one such row.
        made = Barrier.objects.current().filter(client=row.client_id, kind=row.kind, recording=recording)
        _say(recording, made.latest("pk"), finer)


def _say(recording: Recording, barrier: Barrier, finer: str) -> None:
    """What differs from what stands."""
    standing = finer_kinds_of([barrier.client_id]).standing(barrier.pk)
    if finer == (standing.kind if standing else ""):
        return
    replaced = standing.pk if standing else None
    if finer:
        row = FinerRow(barrier.client_id, barrier.pk, sealed_kind(finer), kind_cipher().key_id, replaced)
        append_facts(FinerBarrier, [row], recording=recording)
    elif replaced is not None:
        withdraw_facts(FinerBarrier, [replaced], recording=recording)
