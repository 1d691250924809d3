"""What this room holds about one client: the marks that workers put, the notes in the clear."""

from __future__ import annotations

from collections.abc import Mapping

from opstap.audit.personal_data import HeldRow, held_rows
from opstap.clients.models import Client
from opstap.selections.models import ClientMark
from opstap.selections.selectors import note_cipher


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every mark on the client, whoever put it."""
    return held_rows(ClientMark.objects.filter(client=client), opened=_note)


def _note(mark: ClientMark) -> Mapping[str, str | None]:
    sealed = mark.note_encrypted
    return {"note": None if sealed is None else note_cipher().decrypt(bytes(sealed))}
