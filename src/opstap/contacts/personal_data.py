"""What this room holds about one client: contacts with their notes, and agreed contacts."""

from __future__ import annotations

from collections.abc import Mapping

from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.sealed import SealedTable, sealed_by
from opstap.clients.models import Client
from opstap.contacts.models import Contact, NextContact
from opstap.contacts.selectors.notes import note_cipher, opened_note

SEALED = {
    "contacts.contact": SealedTable(Contact.objects.all, sealed_by(note_cipher, "note_encrypted", key="note_key"))
}


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every contact, corrected and withdrawn ones too, the notes in the clear; every contact that was agreed."""
    found = held_rows(Contact.objects.filter(client=client), opened=_note)
    return found + held_rows(NextContact.objects.filter(client=client))


def _note(contact: Contact) -> Mapping[str, str]:
    note = opened_note(contact.note_encrypted)
    return {
        "note": note.text,
        "client_does": note.client_does,
        "municipality_does": note.municipality_does,
    }


def erase(client: Client, erasing: Erasing) -> None:
    """Every contact and every contact that was agreed."""
    erasing.erase(Contact.objects.filter(client=client))
    erasing.erase(NextContact.objects.filter(client=client))
