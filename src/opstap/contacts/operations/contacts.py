"""Recording, correcting and withdrawing contacts, with what they do to the placement and the agreed contact."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from opstap.audit.operations import append_facts, require_standing, require_unchanged, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import require_noting, require_reach
from opstap.clients.selectors.merged import in_dossiers_with
from opstap.contacts.enums import AgreedState, Looked
from opstap.contacts.logic import (
    ContactRow,
    ContactsRefused,
    Fault,
    NextContactRow,
    became_of,
    contact_faults,
)
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.operations.next_contacts import Settled, record_next_contacts, reopened, settle_next_contacts
from opstap.contacts.selectors.notes import note_cipher, sealed_note
from opstap.foundation import dates
from opstap.ladder.logic import Remark
from opstap.ladder.operations import confirm_measurement
from opstap.ladder.selectors.measurements import standing_measurement, what_stands

AT_CONTACT = "at_contact"


@dataclass(frozen=True, slots=True)
class SealedContactRow:
    """A contact as stored. Made before the transaction, so that the lock is short."""

    client_id: int
    held_on: date
    kind: str
    outcome: str
    looked: str
    worker_id: int | None
    note_encrypted: bytes | None
    note_key: str
    why: str
    replaces_id: int | None


def record_contacts(*, by: Actor, rows: Sequence[ContactRow]) -> None:
    """Record contacts, or correct them, all or none. ContactsRefused names row and reason.

    ReplacedMeanwhile when somebody else corrected one since.
    """
    by.require("record_contacts")
    faults = contact_faults(rows, dates.today())
    if faults:
        raise ContactsRefused(faults)
    if not rows:
        return
    noted = {row.client_id for row in rows if row.replaces_id is None}
    require_noting(by, noted)
    require_reach(by, {row.client_id for row in rows} - noted)
    sealed = [_seal(row) for row in rows]
    with writing(by=by, verb="record_contacts", count=len(rows)) as recording:
        append_facts(Contact, sealed, recording=recording)


def record_contact(
    *,
    by: Actor,
    client: Client,
    row: ContactRow,
    scale_id: int,
    settles: bool = False,
    following: NextContactRow | None = None,
    opened_on: str | None = None,
    placement: str | None = None,
) -> list[Remark]:
    """Record one contact with all that goes with it, in one recording; returns the warnings about the placement.

    `settles`: this was the contact that was agreed. `following`: the one agreed now. Where the placement was looked at
    and is still so, it is confirmed as of the day of the contact (A-08, A-09). `opened_on` is what waited when the form
    was opened, `placement` where they stood then: ReplacedMeanwhile when it is about that, and something else waits or
    stands.
    """
    by.require("record_contacts")
    with writing(by=by, verb="record_contact"):
        record_contacts(by=by, rows=[row])
        if settles:
            became = Settled(client.pk, became_of(row.outcome), row.why)
            settle_next_contacts(by=by, rows=[became], opened_on=opened_on)
        if following is not None:
            record_next_contacts(by=by, rows=[following], opened_on=None if settles else opened_on)
        if row.looked == Looked.CONFIRMED:
            return _confirm(by, client, scale_id, row.held_on, placement)
    return []


def withdraw_contacts(*, by: Actor, contact_ids: Collection[int], why: str) -> int:
    """Withdraw contacts that should not have been there; returns how many.

    ReplacedMeanwhile when one was corrected or withdrawn since. A contact that was agreed and that they settled waits
    again, unless another was agreed since.
    """
    by.require("record_contacts")
    contacts = list(Contact.objects.filter(pk__in=contact_ids))
    require_reach(by, {contact.client_id for contact in contacts})
    with writing(by=by, verb="withdraw_contacts", count=len(contacts)) as recording:
        require_standing(Contact, contact_ids)
        again = [row for contact in contacts for row in _settled_by(contact)]
        append_facts(NextContact, [reopened(row) for row in again], recording=recording)
        return withdraw_facts(Contact, [contact.pk for contact in contacts], recording=recording, said={"why": why})


def _confirm(by: Actor, client: Client, scale_id: int, day: date, opened_on: str | None) -> list[Remark]:
    """Where they stand, as of the day; one of that very day needs no other."""
    by.require("confirm_placements")
    held = standing_measurement(client.pk, scale_id)
    require_unchanged("placement", what_stands(held), opened_on)
    if held is None:
        raise ContactsRefused([Fault(0, "never_placed")])
    if held.measured_on > day:
        raise ContactsRefused([Fault(0, "placed_later")])
    if held.measured_on == day:
        return []
    return confirm_measurement(by=by, client=client, scale_id=scale_id, on=day, reason=AT_CONTACT)


def _settled_by(contact: Contact) -> list[NextContact]:
    """What was agreed and settled in the recording in which the contact was first recorded."""
    if NextContact.objects.waiting().filter(in_dossiers_with(contact.client_id)).exists():
        return []
    first = contact
    while first.replaces_id is not None:
        first = Contact.objects.get(pk=first.replaces_id)
    settled = [AgreedState.HELD, AgreedState.MISSED, AgreedState.CANCELLED]
    own = NextContact.objects.current().filter(in_dossiers_with(contact.client_id), recording=first.recording_id)
    return list(own.filter(state__in=settled)[:1])


def _seal(row: ContactRow) -> SealedContactRow:
    note = sealed_note(row.note)
    return SealedContactRow(
        client_id=row.client_id,
        held_on=row.held_on,
        kind=row.kind,
        outcome=row.outcome,
        looked=row.looked,
        worker_id=row.worker_id,
        note_encrypted=note,
        note_key=note_cipher().key_id if note else "",
        why=row.why,
        replaces_id=row.replaces_id,
    )
