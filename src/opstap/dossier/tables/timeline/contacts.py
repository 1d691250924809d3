"""What the contacts room tells: every contact with its note, and the one that is agreed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from opstap.contacts.enums import Outcome
from opstap.contacts.selectors import ContactFound, Planned
from opstap.contacts.tables.contacts import PlannedView, looked_words, outcome_words, planned_view
from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.timeline.entries import Entry

LONGEST = 280


def entries_of(story: Story) -> list[Entry]:
    """The contacts that were held or missed, and the next one."""
    told = story.contacts
    waiting = [] if told.waiting is None else [_waiting(story, told.waiting)]
    return waiting + [_entry(story, contact) for contact in told.contacts]


def next_contact_of(story: Story) -> PlannedView | None:
    """The agreed contact for the head of the dossier."""
    waiting = story.contacts.waiting
    if waiting is None:
        return None
    return planned_view(waiting, {waiting.kind: story.label("contact_kind", waiting.kind)}, story.today)


def _entry(story: Story, contact: ContactFound) -> Entry:
    held = contact.outcome == Outcome.HELD
    return Entry(
        on=contact.held_on,
        kind=EntryKind.CONTACT,
        title=_("Contact: %(kind)s") % {"kind": story.label("contact_kind", contact.kind)},
        detail=_detail(contact),
        by=contact.held_by,
        url=_url(story, "contacts:correct", contact.reference),
        tag="" if held else outcome_words(contact.outcome),
        recording=contact.recording,
        history=_url(story, "contacts:history", contact.reference),
    )


def _detail(contact: ContactFound) -> str:
    note = contact.note
    parts = [Truncator(note.text).chars(LONGEST)] if note.text else []
    if note.client_does:
        parts.append(_("client: %(what)s") % {"what": note.client_does})
    if note.municipality_does:
        parts.append(_("municipality: %(what)s") % {"what": note.municipality_does})
    if contact.looked:
        parts.append(looked_words(contact.looked))
    return "; ".join(part.rstrip(".") for part in parts)


def _waiting(story: Story, planned: Planned) -> Entry:
    where = [story.label("contact_kind", planned.kind), planned.place]
    where += [f"{planned.planned_time:%H:%M}"] if planned.planned_time else []
    return Entry(
        on=planned.planned_on,
        kind=EntryKind.CONTACT,
        title=_("Next contact"),
        detail=", ".join(part for part in where if part),
        url=_url(story, "contacts:plan"),
        tag=_("day passed") if planned.is_overdue(story.today) else _("still to come"),
    )


def _url(story: Story, name: str, *further: str) -> str:
    return reverse(name, args=[story.client.reference, *further]) if story.actor.may("record_contacts") else ""
