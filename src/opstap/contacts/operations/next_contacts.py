"""Agreeing the next contact, and what becomes of it. A client has one that waits at most: a later one replaces it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from opstap.audit.operations import append_facts, require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import PART, require_reach
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.contacts.enums import AgreedState
from opstap.contacts.logic import ContactsRefused, NextContactRow, next_faults
from opstap.contacts.models import NextContact
from opstap.contacts.selectors import next_contact_of, what_waits


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the agreed contact of a client."""

    client_id: int
    state: str
    why: str = ""


def record_next_contacts(*, by: Actor, rows: Sequence[NextContactRow], opened_on: str | None = None) -> None:
    """Record agreed contacts, or what became of them, all or none. ContactsRefused names row and reason.

    Where one is agreed, the one that still waits is replaced; a row that says what it `replaces` corrects that itself.
    `opened_on` is what waited when a form about one client was opened: ReplacedMeanwhile when something else does.
    """
    by.require("record_contacts")
    faults = next_faults(rows)
    if faults:
        raise ContactsRefused(faults)
    if not rows:
        return
    require_reach(by, {row.client_id for row in rows})
    corrected = {row.replaces_id for row in rows}
    agreed = {row.client_id for row in rows if row.state == AgreedState.OPEN}
    with writing(by=by, verb="record_next_contacts", count=len(rows)) as recording:
        _require_waiting(agreed, opened_on)
        replaced = [_ended(row, AgreedState.REPLACED) for row, _ in _waiting(agreed) if row.pk not in corrected]
        append_facts(NextContact, [*rows, *replaced], recording=recording)


def settle_next_contacts(*, by: Actor, rows: Sequence[Settled], opened_on: str | None = None) -> int:
    """Say what became of the agreed contacts of these clients: held, missed or cancelled; returns how many waited.

    `opened_on` as where one is agreed.
    """
    by.require("record_contacts")
    if not rows:
        return 0
    became = {row.client_id: row for row in rows}
    require_reach(by, became.keys())
    with writing(by=by, verb="settle_next_contacts", count=len(rows)) as recording:
        _require_waiting(became.keys(), opened_on)
        ended = [
            _ended(row, became[client_id].state, became[client_id].why) for row, client_id in _waiting(became.keys())
        ]
        append_facts(NextContact, ended, recording=recording)
    return len(ended)


def cancel_next_contacts(*, by: Actor, client: Client, why: str, opened_on: str | None = None) -> int:
    """The agreed contact of a client will not take place: moved away, died, closed; returns how many waited."""
    return settle_next_contacts(by=by, rows=[Settled(client.pk, AgreedState.CANCELLED, why)], opened_on=opened_on)


def reopened(row: NextContact) -> NextContactRow:
    """The same contact, waiting again."""
    return replace(_ended(row, AgreedState.OPEN), why="")


def _require_waiting(client_ids: Collection[int], opened_on: str | None) -> None:
    for client_id in client_ids if opened_on is not None else ():
        require_unchanged("next_contact", what_waits(next_contact_of(client_id)), opened_on)


def _waiting(client_ids: Collection[int]) -> Iterator[tuple[NextContact, int]]:
    """What waits with these clients, in any of their dossiers, and with which of them."""
    wanted = set(client_ids)
    ids = list(wanted)
    for start in range(0, len(ids), PART):
        rows = NextContact.objects.waiting().filter(in_dossiers_of(ids[start : start + PART]))
        for row in rows.annotate(whose=kept_client()).order_by("pk"):
            yield row, row.client_id if row.client_id in wanted else whose(row)


def _ended(row: NextContact, state: str, why: str = "") -> NextContactRow:
    given = {field.name: getattr(row, field.name) for field in fields(NextContactRow)}
    return replace(NextContactRow(**given), state=state, why=why, replaces_id=row.pk)
