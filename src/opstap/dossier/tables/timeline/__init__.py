"""The timeline of a client: one module a room, each with `entries_of(story)`; here they are put in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.timeline import clients, contacts, ladder, plans
from opstap.dossier.tables.timeline.entries import Entry

ROOMS: tuple[Callable[[Story], list[Entry]], ...] = (
    clients.entries_of,
    ladder.entries_of,
    plans.entries_of,
    contacts.entries_of,
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind to choose, with how many there are."""

    code: str
    label: str
    count: int
    current: bool


def timeline_of(story: Story) -> list[Entry]:
    """Everything that happened, the newest first; what is yet to come (an agreed end) on top."""
    entries = [entry for room in ROOMS for entry in room(story)]
    return sorted(entries, key=lambda entry: (entry.on, entry.recording), reverse=True)


def tabs_of(entries: list[Entry], chosen: str) -> list[Tab]:
    """All, and each kind that has something in it."""
    labels = {
        EntryKind.CONTACT: _("Contact"),
        EntryKind.PLACEMENT: _("Placement"),
        EntryKind.HELP: _("Help"),
        EntryKind.DETAILS: _("Details"),
    }
    counts = Counter(entry.kind for entry in entries)
    tabs = [Tab("", _("Everything"), len(entries), chosen == "")]
    return tabs + [Tab(kind.value, labels[kind], counts[kind], chosen == kind) for kind in EntryKind]
