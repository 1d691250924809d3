"""Writing in the contacts room."""

from opstap.contacts.operations.contacts import record_contact, record_contacts, withdraw_contacts
from opstap.contacts.operations.next_contacts import (
    Settled,
    cancel_next_contacts,
    record_next_contacts,
    settle_next_contacts,
)

__all__ = [
    "Settled",
    "cancel_next_contacts",
    "record_contact",
    "record_contacts",
    "record_next_contacts",
    "settle_next_contacts",
    "withdraw_contacts",
]
