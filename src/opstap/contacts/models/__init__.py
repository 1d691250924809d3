"""Models of the contacts room."""

from opstap.contacts.models.contacts import Contact
from opstap.contacts.models.next_contacts import NextContact

__all__ = ["Contact", "NextContact"]
