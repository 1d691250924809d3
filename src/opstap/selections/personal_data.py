"""What this room holds about one client: the marks that workers put, the notes in the clear."""

from __future__ import annotations

from collections.abc import Mapping

from opstap.audit.operations import Erasing
from opstap.audit.personal_data import HeldRow, held_rows
from opstap.audit.selectors.sealed import SealedTable, sealed_by
from opstap.clients.models import Client
from opstap.selections.models import ClientMark
from opstap.selections.selectors import note_cipher

SEALED = {"selections.clientmark": SealedTable(ClientMark.objects.all, sealed_by(note_cipher, "note_encrypted"))}


def personal_data_of(client: Client) -> list[HeldRow]:
    """Every mark on the client, whoever put it."""
    return held_rows(ClientMark.objects.filter(client=client), opened=_note)


def _note(mark: ClientMark) -> Mapping[str, str | None]:
    sealed = mark.note_encrypted
    return {"note": None if sealed is None else note_cipher().decrypt(bytes(sealed))}


def erase(client: Client, erasing: Erasing) -> None:
    """Every mark on the client, whoever put it."""
    gone, _by_model = ClientMark.objects.filter(client=client).delete()
    erasing.gone["selections.clientmark"] = erasing.gone.get("selections.clientmark", 0) + gone
