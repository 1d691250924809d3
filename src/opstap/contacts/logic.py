"""Rows as operations take them, what is refused, and what a contact does to the one that was agreed. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from opstap.contacts.enums import AgreedState, Looked, Outcome

BACKDATED_DAYS, AHEAD_DAYS = 366, 3 * 366


@dataclass(frozen=True, slots=True)
class Note:
    """What was said, and what each side will do until the next contact. Stored encrypted, as one."""

    text: str = ""
    client_does: str = ""
    municipality_does: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing to keep."""
        return not (self.text or self.client_does or self.municipality_does)


NOTHING_NOTED = Note()


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact to be recorded. The note in the clear: the operation encrypts it."""

    client_id: int
    held_on: date
    kind: str
    outcome: str = Outcome.HELD
    looked: str = ""
    worker_id: int | None = None
    note: Note = NOTHING_NOTED
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class NextContactRow:
    """A contact that is agreed for a day."""

    client_id: int
    planned_on: date
    kind: str
    planned_time: time | None = None
    place: str = ""
    agreed: bool = True
    worker_id: int | None = None
    state: str = AgreedState.OPEN
    why: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused: its place in the rows given, and a code."""

    row: int
    code: str


class ContactsRefused(Exception):
    """Contacts that can't be recorded; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"row {fault.row}: {fault.code}" for fault in self.faults[:10]))


def contact_faults(rows: Sequence[ContactRow], today: date) -> list[Fault]:
    """Refused: a day to come, an outcome that does not exist, a look at the placement without a conversation."""
    faults = []
    for number, row in enumerate(rows):
        if row.held_on > today:
            faults.append(Fault(number, "held_in_future"))
        if row.outcome not in set(Outcome):
            faults.append(Fault(number, "outcome_unknown"))
        if row.looked and (row.outcome != Outcome.HELD or row.looked not in set(Looked)):
            faults.append(Fault(number, "looked_without_conversation"))
    return faults


def next_faults(rows: Sequence[NextContactRow]) -> list[Fault]:
    """Refused: two that wait for one client, and a state that does not exist."""
    faults = []
    waiting: set[int] = set()
    for number, row in enumerate(rows):
        if row.state not in set(AgreedState):
            faults.append(Fault(number, "state_unknown"))
        if row.state == AgreedState.OPEN and row.client_id in waiting:
            faults.append(Fault(number, "planned_twice"))
        if row.state == AgreedState.OPEN:
            waiting.add(row.client_id)
    return faults


def became_of(outcome: str) -> AgreedState:
    """What an agreed contact comes to by the contact that settles it."""
    return {Outcome.HELD.value: AgreedState.HELD, Outcome.NOT_APPEARED.value: AgreedState.MISSED}.get(
        outcome, AgreedState.CANCELLED
    )


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)
