"""What is known of a look, and of the people it may have been at: what `unusual` compares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

SEARCH, FILE, PAPER, COMMAND = "search", "file", "paper", "command"  # the ways that weigh; others are pages


@dataclass(frozen=True, slots=True)
class Look:
    """One record: when (in Amsterdam), by whom, of whom (a pseudonym, or empty for a list), and whether it was shown.

    `people` stood on a list; of a file or a paper `named` says who. A question only asks whether somebody is known, or
    who looked at them: no dossier was opened.
    """

    at: datetime
    user: str
    subject: bytes
    allowed: bool
    chain: str
    position: int
    way: str = "page"
    people: int = 0
    named: tuple[bytes, ...] = ()
    is_question: bool = False
    is_search: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """The chain of its record, and the place there."""
        return self.chain, self.position


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a person: every surname they may have, and the whole name; folded."""

    surnames: frozenset[str]
    whole: str


@dataclass(frozen=True, slots=True)
class Instead:
    """A worker whose caseload somebody reached for a time: standing in for them, or as their intern."""

    of: str
    first: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether that was so on a day."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Around:
    """Who people are: users, the clients by pseudonym, and whose client each ever was.

    `held` are clients of workers by name, `led` those of the team that somebody led, `instead` whose caseload somebody
    reached for a time, `elsewhere` the clients of other municipalities.
    """

    users: Mapping[str, Known]
    clients: Mapping[bytes, Known]
    held: Collection[tuple[str, bytes]]
    reaches_all: Collection[str]
    most_an_hour: int
    led: Collection[tuple[str, bytes]] = frozenset()
    instead: Mapping[str, tuple[Instead, ...]] | None = None
    elsewhere: Collection[bytes] = frozenset()

    def is_theirs(self, user: str, subject: bytes, day: date) -> bool:
        """Whether they ever had this client, or led their team, or on the day reached the caseload of who had them."""
        if (user, subject) in self.held or (user, subject) in self.led:
            return True
        taken = self.instead.get(user, ()) if self.instead else ()
        return any(one.holds_on(day) and (one.of, subject) in self.held for one in taken)
