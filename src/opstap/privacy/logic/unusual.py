"""What is unusual about who looked at whom: reasons in words, weighed so that what asks a question comes first.

A reason is a question to ask, never a verdict: no estimate of anybody is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from opstap.privacy.enums import Reason
from opstap.privacy.logic.looks import COMMAND, FILE, PAPER, Around, Look

WEIGHTS = {
    Reason.COLLEAGUE: 6,
    Reason.MANY: 5,
    Reason.SEARCHES: 5,
    Reason.SAME_NAME: 4,
    Reason.NOT_ALLOWED: 4,
    Reason.WIDE: 4,
    Reason.NOT_THEIRS: 3,
    Reason.COMMAND: 3,
    Reason.NIGHT: 2,
    Reason.OWN_NAMESAKE: 1,
}
HOUR = timedelta(hours=1)
EVENING, MORNING = 22, 6


@dataclass(frozen=True)
class Finding:
    """What stands out on a day: a user who looked at one client, or (without one) at many or at a list of people."""

    user: str
    subject: bytes
    day: date
    first: Look
    last: Look
    looks: int
    reasons: tuple[Reason, ...]
    people: int = 0

    @property
    def weight(self) -> int:
        """The higher, the sooner it is looked into."""
        return sum(WEIGHTS[reason] for reason in self.reasons)


@dataclass(frozen=True)
class Review:
    """What stands out, and among how many looks."""

    findings: list[Finding]
    looks: int


def unusual(looks: Iterable[Look], around: Around) -> Review:
    """What stands out among looks that come by user and then by time; the weightiest first, then the latest.

    No more is held of them than those of one user on one day.
    """
    colleagues = frozenset(known.whole for known in around.users.values() if known.whole)
    found: list[Finding] = []
    count = 0
    for (_user, day), group in groupby(looks, key=lambda look: (look.user, look.at.date())):
        of_a_day = list(group)
        count += len(of_a_day)
        found += _by_client(of_a_day, day, around, colleagues)
        found += _many(of_a_day, day, around.most_an_hour)
        found += _lists(of_a_day, day, around)
    return Review(sorted(found, key=lambda one: (-one.weight, -one.first.at.timestamp(), one.user, one.subject)), count)


def _by_client(looks: list[Look], day: date, around: Around, colleagues: Collection[str]) -> Iterator[Finding]:
    of_one: dict[bytes, list[Look]] = defaultdict(list)
    for look in looks:
        if look.subject:
            of_one[look.subject].append(look)
    for subject, group in of_one.items():
        known = subject in around.clients  # a reference of nobody says nothing of anybody
        reasons = _reasons(group, day, around, colleagues) if known else _elsewhere(group, around)
        if reasons:
            yield Finding(group[0].user, subject, day, group[0], group[-1], len(group), reasons)


def _elsewhere(group: list[Look], around: Around) -> tuple[Reason, ...]:
    """Of a client of another municipality no more is told than that somebody tried."""
    tried = group[0].subject in around.elsewhere and not all(look.allowed for look in group)
    return (Reason.NOT_ALLOWED,) if tried else ()


def _reasons(group: list[Look], day: date, around: Around, colleagues: Collection[str]) -> tuple[Reason, ...]:
    user, subject = group[0].user, group[0].subject
    who, whom = around.users.get(user), around.clients[subject]
    own = around.is_theirs(user, subject, day)
    namesake = who is not None and not who.surnames.isdisjoint(whom.surnames)
    opened = [look for look in group if not look.is_question]
    by_command = any(look.way == COMMAND for look in group)
    holds = {
        Reason.COLLEAGUE: whom.whole in colleagues,
        Reason.SAME_NAME: namesake and not own,
        Reason.OWN_NAMESAKE: namesake and own,
        Reason.NOT_ALLOWED: not all(look.allowed for look in group),
        Reason.NOT_THEIRS: bool(opened) and not by_command and not own and user not in around.reaches_all,
        Reason.COMMAND: by_command,
        Reason.NIGHT: any(_at_night(look.at) for look in group),
    }
    return tuple(reason for reason in Reason if holds.get(reason))


def _at_night(moment: datetime) -> bool:
    return moment.hour >= EVENING or moment.hour < MORNING


def _many(looks: list[Look], day: date, most: int) -> Iterator[Finding]:
    """Who opened more different dossiers within an hour than is usual, or searched more often: at the busiest hour."""
    opened = [look for look in looks if look.subject]
    searches = [look for look in looks if look.is_search]
    for reason, group, what in ((Reason.MANY, opened, _client), (Reason.SEARCHES, searches, _record)):
        count, first, last = _busiest_hour(group, what)
        if first is not None and last is not None and count > most:
            yield Finding(first.user, b"", day, first, last, count, (reason,))


def _client(look: Look) -> object:
    return look.subject


def _record(look: Look) -> object:
    return look.place


def _busiest_hour(looks: list[Look], what: Callable[[Look], object]) -> tuple[int, Look | None, Look | None]:
    """How many different ones in the hour in which there were most, and the first and last look of that hour."""
    within: dict[object, int] = defaultdict(int)
    most, start = 0, 0
    first: Look | None = None
    last: Look | None = None
    for look in looks:
        within[what(look)] += 1
        while look.at - looks[start].at > HOUR:
            gone = what(looks[start])
            within[gone] -= 1
            if not within[gone]:
                del within[gone]
            start += 1
        if len(within) > most:
            most, first, last = len(within), looks[start], look
    return most, first, last


def _lists(looks: list[Look], day: date, around: Around) -> Iterator[Finding]:
    """People together: at night on a list or in a search, or many of them, not one's own, in a file or on paper."""
    lists = [look for look in looks if not look.subject and look.way != COMMAND]
    at_night = [look for look in lists if _at_night(look.at)]
    taken = [look for look in lists if look.way in {FILE, PAPER} and look.people]
    wide = taken if _not_their_own(taken, day, around) > around.most_an_hour else []
    places = {look.place for look in (*at_night, *wide)}
    group = [look for look in lists if look.place in places]
    if group:
        reasons = tuple(reason for reason, held in ((Reason.WIDE, wide), (Reason.NIGHT, at_night)) if held)
        most = max(look.people for look in group)
        yield Finding(group[0].user, b"", day, group[0], group[-1], len(group), reasons, most)


def _not_their_own(taken: list[Look], day: date, around: Around) -> int:
    """How many people were in these files who were never of whoever took them; all of one that names nobody."""
    named = {one for look in taken for one in look.named}
    others = sum(1 for one in named if not around.is_theirs(taken[0].user, one, day))
    return others + sum(look.people for look in taken if not look.named)
