"""Reads of the contacts room."""

from opstap.contacts.selectors.contacts import (
    ContactFound,
    LastContact,
    contact_count,
    contacts_of,
    history_of,
    last_contact_by_client,
)
from opstap.contacts.selectors.next_contacts import (
    Planned,
    agreed_with,
    last_agreed,
    next_contact_by_client,
    next_contact_of,
    what_waits,
)

__all__ = [
    "ContactFound",
    "LastContact",
    "Planned",
    "agreed_with",
    "contact_count",
    "contacts_of",
    "history_of",
    "last_agreed",
    "last_contact_by_client",
    "next_contact_by_client",
    "next_contact_of",
    "what_waits",
]
