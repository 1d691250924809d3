"""Reads: who comes first on a day, since when and why; in either dossier of who has two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypedDict

from opstap.clients.models import Priority
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.clients.selectors.sealing import opened_words, sealed_words, words_cipher
from opstap.foundation.prepared import MOST
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots


@dataclass(frozen=True, slots=True)
class Prioritised:
    """Why somebody comes first, and since when."""

    note: str
    since: date


class SealedNote(TypedDict):
    """The columns of why, as stored."""

    note_encrypted: bytes | None
    note_key: str


def sealed_note(text: str) -> SealedNote:
    """Why somebody comes first, sealed."""
    sealed = sealed_words(text)
    return SealedNote(note_encrypted=sealed, note_key=words_cipher().key_id if sealed else "")


def priority_ids_in(municipality_id: int, day: date) -> frozenset[int]:
    """Who comes first in a municipality. For a list that goes through the gate, never by itself."""
    slots = Slots()
    return frozenset(asked(_in_town(slots.one(municipality_id), day), slots.stands_for))


@lru_cache(maxsize=MOST)
def _in_town(municipality_id: int | None, day: date) -> Compiled[int]:
    """Composed and compiled once: every caseload page asks it."""
    held = Priority.objects.active_on(day).filter(client__municipality=municipality_id)
    return compiled(held.annotate(whose=kept_client()).values_list("whose", flat=True))


def priorities_of(client_ids: Collection[int], day: date) -> dict[int, Prioritised]:
    """Those of these clients who come first, with why; of two at once the last to begin. One query."""
    held = Priority.objects.active_on(day).filter(in_dossiers_of(client_ids)).annotate(whose=kept_client())
    return {
        whose(row): Prioritised(opened_words(row.note_encrypted), row.starts_on)
        for row in held.order_by("starts_on", "pk")
    }


def notes_of(client_ids: Collection[int]) -> dict[int, str]:
    """Why, of every row ever recorded of these dossiers, by the number of the row."""
    rows = Priority.objects.filter(client__in=client_ids)
    return {row.pk: opened_words(row.note_encrypted) for row in rows}
