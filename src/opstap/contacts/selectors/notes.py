"""Notes as stored: the three texts together, encrypted with a key of their own. Read only for one client at a time."""

from __future__ import annotations

import json
from functools import cache

from django.conf import settings

from opstap.contacts.logic import NOTHING_NOTED, Note
from opstap.foundation.crypto import Cipher


@cache
def note_cipher() -> Cipher:
    """Encrypts notes, bound to that use."""
    return Cipher(settings.OPSTAP_KEYS.of("notes"), "contact note")


def sealed_note(note: Note) -> bytes | None:
    """The note as stored; None when there is nothing to keep."""
    if note.is_empty:
        return None
    return note_cipher().encrypt(json.dumps([note.text, note.client_does, note.municipality_does]))


def opened_note(stored: bytes | memoryview | None) -> Note:
    """The note in the clear."""
    if stored is None:
        return NOTHING_NOTED
    return Note(*json.loads(note_cipher().decrypt(bytes(stored))))
