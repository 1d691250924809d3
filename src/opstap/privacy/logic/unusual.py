"""What is unusual about who looked at whom: reasons in words, weighed so that what asks a question comes first.

A reason is a question to ask, never a verdict: no estimate of anybody is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from opstap.privacy.enums import Reason

WEIGHTS = {
    Reason.COLLEAGUE: 6,
    Reason.MANY: 5,
    Reason.SAME_NAME: 4,
    Reason.NOT_ALLOWED: 4,
    Reason.NOT_THEIRS: 3,
    Reason.NIGHT: 2,
}
HOUR = timedelta(hours=1)
EVENING, MORNING = 22, 6


@dataclass(frozen=True, slots=True)
class Look:
    """One dossier asked for: when (in Amsterdam), by whom, of whom (a pseudonym), and whether it was shown."""

    at: datetime
    user: str
    subject: bytes
    allowed: bool
    chain: str
    position: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of a person: the folded surname and the folded whole name."""

    surname: str
    whole: str


@dataclass(frozen=True)
class Around:
    """Who people are: users, the clients by pseudonym, who is whose client, and who reaches everybody by their role."""

    users: Mapping[str, Known]
    clients: Mapping[bytes, Known]
    theirs: Collection[tuple[str, bytes]]
    reaches_all: Collection[str]
    most_an_hour: int


@dataclass(frozen=True)
class Finding:
    """What stands out: a user who looked at one client (or, with many at once, at no one in particular) on a day."""

    user: str
    subject: bytes
    day: date
    first: Look
    looks: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """The higher, the sooner it is looked into."""
        return sum(WEIGHTS[reason] for reason in self.reasons)


def unusual(looks: Iterable[Look], around: Around) -> list[Finding]:
    """What stands out among these looks, the weightiest first, then the latest."""
    ordered = sorted(looks, key=lambda look: (look.at, look.chain, look.position))
    colleagues = frozenset(known.whole for known in around.users.values() if known.whole)
    found = [*_by_client(ordered, around, colleagues), *_many(ordered, around.most_an_hour)]
    return sorted(found, key=lambda one: (-one.weight, -one.first.at.timestamp(), one.user, one.subject))


def _by_client(looks: list[Look], around: Around, colleagues: Collection[str]) -> Iterator[Finding]:
    of_a_day: dict[tuple[str, bytes, date], list[Look]] = defaultdict(list)
    for look in looks:
        if look.subject in around.clients:  # a reference of nobody says nothing of anybody
            of_a_day[look.user, look.subject, look.at.date()].append(look)
    for (user, subject, day), group in of_a_day.items():
        reasons = tuple(reason for reason in Reason if _holds(reason, group, around, colleagues))
        if reasons:
            yield Finding(user, subject, day, group[0], len(group), reasons)


def _holds(reason: Reason, group: list[Look], around: Around, colleagues: Collection[str]) -> bool:
    user, subject = group[0].user, group[0].subject
    who, whom = around.users.get(user), around.clients[subject]
    if reason is Reason.COLLEAGUE:
        return whom.whole in colleagues
    if reason is Reason.SAME_NAME:
        return who is not None and bool(who.surname) and who.surname == whom.surname
    if reason is Reason.NOT_ALLOWED:
        return not all(look.allowed for look in group)
    if reason is Reason.NOT_THEIRS:
        return user not in around.reaches_all and (user, subject) not in around.theirs
    if reason is Reason.NIGHT:
        return any(_at_night(look.at) for look in group)
    return False


def _at_night(moment: datetime) -> bool:
    return moment.hour >= EVENING or moment.hour < MORNING


def _many(looks: list[Look], most: int) -> Iterator[Finding]:
    """Users who opened more different dossiers within an hour than is usual: once a day, at the busiest hour."""
    of_a_day: dict[tuple[str, date], list[Look]] = defaultdict(list)
    for look in looks:
        of_a_day[look.user, look.at.date()].append(look)
    for (user, day), group in of_a_day.items():
        count, first = _busiest_hour(group)
        if count > most:
            yield Finding(user, b"", day, first, count, (Reason.MANY,))


def _busiest_hour(looks: list[Look]) -> tuple[int, Look]:
    """How many different clients in the hour in which there were most, and the first look of that hour."""
    within: dict[bytes, int] = defaultdict(int)
    most, first, start = 0, looks[0], 0
    for look in looks:
        within[look.subject] += 1
        while look.at - looks[start].at > HOUR:
            gone = looks[start].subject
            within[gone] -= 1
            if not within[gone]:
                del within[gone]
            start += 1
        if len(within) > most:
            most, first = len(within), looks[start]
    return most, first
