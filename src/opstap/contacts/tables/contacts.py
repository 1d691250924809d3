"""Contacts in words: as a list of one client shows them, and what is told when something can't be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from opstap.clients.selectors.reach import Unreachable
from opstap.contacts.enums import AgreedState, Looked, Outcome
from opstap.contacts.logic import Note
from opstap.contacts.models import NextContact
from opstap.contacts.selectors import ContactFound, Planned
from opstap.foundation.ui.templatetags.ui_format import day as day_words


@dataclass(frozen=True)
class ContactView:
    """A contact as a list shows it."""

    reference: str
    held_on: date
    kind: str
    outcome: str
    is_held: bool
    looked: str
    worker: str
    note: Note
    why: str
    withdrawn: bool
    corrects: bool
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class PlannedView:
    """An agreed contact in words."""

    planned_on: date
    when: str
    kind: str
    place: str
    agreed: bool
    is_overdue: bool

    @property
    def where(self) -> str:
        """Kind and place together: `kantoor, kamer 2`."""
        return ", ".join(part for part in (self.kind, self.place) if part)


@dataclass(frozen=True)
class AgreedView:
    """A contact that was agreed, and what became of it."""

    planned: PlannedView
    state: str
    why: str
    worker: str
    recorded_at: datetime


def contact_view(found: ContactFound, kinds: Mapping[str, str]) -> ContactView:
    """A contact in words."""
    return ContactView(
        reference=found.reference,
        held_on=found.held_on,
        kind=kinds.get(found.kind, found.kind),
        outcome=outcome_words(found.outcome),
        is_held=found.outcome == Outcome.HELD,
        looked=looked_words(found.looked),
        worker=found.held_by or "–",
        note=found.note,
        why=found.why,
        withdrawn=found.withdrawn,
        corrects=found.corrects,
        recorded_at=found.recorded_at,
        recorded_by=found.recorded_by,
    )


def planned_view(planned: Planned | NextContact, kinds: Mapping[str, str], today: date) -> PlannedView:
    """An agreed contact in words."""
    return PlannedView(
        planned_on=planned.planned_on,
        when=day_and_time(planned.planned_on, planned.planned_time),
        kind=kinds.get(planned.kind, planned.kind),
        place=planned.place,
        agreed=planned.agreed,
        is_overdue=planned.planned_on < today,
    )


def agreed_view(row: NextContact, kinds: Mapping[str, str], today: date) -> AgreedView:
    """What was agreed, with what became of it."""
    worker = row.worker.name if row.worker else "–"
    return AgreedView(planned_view(row, kinds, today), state_words(row.state), row.why, worker, row.recording.at)


def away_words(unreachable: Unreachable | None) -> str:
    """That somebody can't be reached, and until when; empty when they can."""
    if unreachable is None:
        return ""
    if unreachable.until is None:
        return _("not reachable, until when is not known")
    return _("not reachable until %(day)s") % {"day": day_words(unreachable.until)}


def day_and_time(day: date, at: time | None) -> str:
    """`wo 12 dec 2026, 10:30`."""
    written = f"{date_format(day, 'D')} {day_words(day)}"
    return f"{written}, {time_format(at, 'H:i')}" if at else written


def outcome_words(outcome: str) -> str:
    """What came of a contact."""
    return {
        Outcome.HELD.value: _("held"),
        Outcome.NOT_APPEARED.value: _("not appeared"),
        Outcome.CANCELLED_BY_CLIENT.value: _("cancelled by the client"),
        Outcome.CANCELLED_BY_US.value: _("cancelled by us"),
    }.get(outcome, outcome)


def looked_words(looked: str) -> str:
    """What was done with the placement."""
    return {
        Looked.CONFIRMED.value: _("level confirmed"),
        Looked.ANEW.value: _("went on to placing"),
        Looked.NOT_DISCUSSED.value: _("level not discussed"),
    }.get(looked, "")


def state_words(state: str) -> str:
    """What became of what was agreed."""
    return {
        AgreedState.OPEN.value: _("agreed"),
        AgreedState.HELD.value: _("held"),
        AgreedState.MISSED.value: _("not appeared"),
        AgreedState.REPLACED.value: _("moved"),
        AgreedState.CANCELLED.value: _("cancelled"),
    }.get(state, state)


def fault_words(code: str) -> str:
    """Why it can't be saved, and the way out."""
    return {
        "never_placed": _("There is no placement yet that could be confirmed. Save and place this person."),
        "placed_later": _(
            "There is a placement of a later day than this contact, so it can't be confirmed as of then. Save with "
            "'level not discussed', or check the day."
        ),
        "held_in_future": _("This day is still to come. Agree it below as the next contact."),
    }.get(code, code)
