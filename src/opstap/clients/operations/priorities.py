"""Putting clients first, many at once, and taking that back. One by one: `held`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from opstap.audit.operations import ReplacedMeanwhile, append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import Fault, PriorityRow, RowsRefused
from opstap.clients.models import Client, Priority
from opstap.clients.permissions import require_own_recording, require_reach
from opstap.clients.selectors.held import row_of
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.priorities import priorities_of, sealed_note

VERB = "mark_priorities"


@dataclass(frozen=True)
class Marked:
    """The recording in which it was done (None: nothing changed), how many were marked, and how many were already."""

    number: int | None
    clients: int
    left: int


def mark_priorities(*, by: Actor, client_ids: Collection[int], note: str, on: date) -> Marked:
    """Put these clients first from a day on, for one reason; who comes first already stays as they are.

    RowsRefused without a reason, PermissionDenied for a client out of reach. ReplacedMeanwhile when somebody marked or
    ended one of them at this very moment.
    """
    by.require("record_clients")
    ids = set(client_ids)
    require_reach(by, ids)
    if not note.strip():
        raise RowsRefused([Fault(0, "note_missing")])
    already = priorities_of(ids, on).keys()
    wanted = sorted(ids - already)
    if not wanted:
        return Marked(None, 0, len(ids))
    sealed = sealed_note(note)
    with writing(by=by, verb=VERB, count=len(wanted)) as recording:
        if priorities_of(ids, on).keys() != already:
            raise ReplacedMeanwhile(Priority._meta.label_lower)
        append_facts(Priority, [PriorityRow(pk, on, **sealed) for pk in wanted], recording=recording)
    return Marked(recording.number, len(wanted), len(ids) - len(wanted))


def end_priorities(*, by: Actor, client: Client, ends_on: date) -> None:
    """Nobody whose follow-up ends comes first any more: what holds ends on that day, what was to begin is withdrawn."""
    by.require("close_dossiers")
    require_reach(by, {client.pk})
    held = Priority.objects.current().filter(in_dossiers_of([client.pk])).order_by("pk")
    ending = [one for one in held if one.starts_on < ends_on and (one.ends_on is None or one.ends_on > ends_on)]
    never = [one.pk for one in held if one.starts_on >= ends_on]
    if not ending and not never:
        return
    rows = [replace(row_of("priority", one), ends_on=ends_on, replaces_id=one.pk) for one in ending]
    with writing(by=by, verb="end_priorities", about=client.reference, count=len(rows)) as recording:
        append_facts(Priority, rows, recording=recording)
        withdraw_facts(Priority, never, recording=recording)


def take_back_priorities(*, by: Actor, number: int) -> int:
    """Take one's own marking back, except of whom somebody changed it since; of how many it was taken back."""
    by.require("record_clients")
    require_own_recording(by, number, {VERB})
    rows = list(Priority.objects.current().filter(recording=number))
    require_reach(by, {row.client_id for row in rows})
    with writing(by=by, verb="take_back_priorities", count=len(rows)) as recording:
        return withdraw_facts(Priority, [row.pk for row in rows], recording=recording)
