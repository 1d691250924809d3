"""What is unusual about looks: each reason, and planted misuse among many ordinary looks."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from opstap.foundation.dates import AMSTERDAM
from opstap.privacy.enums import Reason
from opstap.privacy.logic.unusual import Around, Finding, Known, Look, unusual

MONDAY = datetime(2031, 5, 5, 10, tzinfo=AMSTERDAM)
ANNA, BERT, KIM = b"a" * 16, b"b" * 16, b"k" * 16
USERS = {"jo": Known("visser", "jo visser"), "kim": Known("smit", "kim smit")}
CLIENTS = {ANNA: Known("bakker", "anna bakker"), BERT: Known("visser", "bert visser"), KIM: Known("smit", "kim smit")}


def look(user: str, subject: bytes, *, at: datetime = MONDAY, allowed: bool = True, position: int = 1) -> Look:
    return Look(at, user, subject, allowed, "chain", position)


def found(*looks: Look, theirs: set[tuple[str, bytes]] | None = None, most: int = 40) -> list[Finding]:
    whose = {("jo", ANNA), ("jo", BERT), ("jo", KIM)} if theirs is None else theirs
    return unusual(looks, Around(USERS, CLIENTS, whose, {"boss"}, most))


def reasons(*looks: Look, theirs: set[tuple[str, bytes]] | None = None) -> list[tuple[Reason, ...]]:
    return [one.reasons for one in found(*looks, theirs=theirs)]


def test_an_ordinary_look_is_nothing() -> None:
    assert found(look("jo", ANNA)) == []


def test_the_same_surname() -> None:
    assert reasons(look("jo", BERT)) == [(Reason.SAME_NAME,)]


def test_a_client_with_the_name_of_a_colleague() -> None:
    assert reasons(look("jo", KIM)) == [(Reason.COLLEAGUE,)]


def test_never_in_the_caseload_but_not_for_who_reaches_everybody() -> None:
    assert reasons(look("jo", ANNA), theirs=set()) == [(Reason.NOT_THEIRS,)]
    assert reasons(look("boss", ANNA), theirs=set()) == []


def test_asked_for_somebody_out_of_reach() -> None:
    assert reasons(look("jo", ANNA, allowed=False)) == [(Reason.NOT_ALLOWED,)]
    assert reasons(look("jo", b"x" * 16, allowed=False)) == []  # nobody at all


@pytest.mark.parametrize(("hour", "is_night"), [(21, False), (22, True), (3, True), (5, True), (6, False)])
def test_at_night_on_the_clock_of_amsterdam(hour: int, is_night: bool) -> None:
    assert reasons(look("jo", ANNA, at=MONDAY.replace(hour=hour))) == ([(Reason.NIGHT,)] if is_night else [])


def test_many_within_an_hour_is_one_finding_of_the_busiest_hour() -> None:
    looks = [look("boss", bytes([number]) * 16, at=MONDAY + timedelta(minutes=number)) for number in range(1, 42)]
    (one,) = found(*looks, most=40)
    assert (one.reasons, one.looks, one.subject, one.first) == ((Reason.MANY,), 41, b"", looks[0])
    assert found(*looks, most=41) == []
    spread = [look("boss", bytes([number]) * 16, at=MONDAY + timedelta(minutes=2 * number)) for number in range(1, 42)]
    assert found(*spread, most=31) == []


def test_the_same_client_again_is_one_finding_with_all_reasons() -> None:
    at_night = MONDAY.replace(hour=23)
    (one,) = found(look("jo", BERT), look("jo", BERT, at=at_night, position=2), theirs=set())
    assert one.reasons == (Reason.SAME_NAME, Reason.NOT_THEIRS, Reason.NIGHT)
    assert (one.looks, one.weight) == (2, 4 + 3 + 2)


PLANTED = 20
WORKERS, CASELOAD = 40, 60


class Town:
    """Forty workers with sixty clients each; a look in a hundred is at somebody of the same surname, by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        surnames = [f"naam{number}" for number in range(400)]
        self.users = {f"u{number}": Known(surnames[number], f"jo {surnames[number]}") for number in range(WORKERS)}
        self.clients: dict[bytes, Known] = {}
        self.own: dict[str, list[bytes]] = {}
        for user in self.users:
            self.own[user] = [self._client(chance.choice(surnames)) for _ in range(CASELOAD)]
        self.theirs = {(user, subject) for user, subjects in self.own.items() for subject in subjects}

    def _client(self, surname: str) -> bytes:
        subject = self.chance.randbytes(16)
        self.clients[subject] = Known(surname, f"client{len(self.clients)} {surname}")
        return subject

    def ordinary(self, count: int) -> list[Look]:
        start = datetime(2031, 5, 1, 8, tzinfo=AMSTERDAM)
        looks = []
        for number in range(count):
            user = self.chance.choice(list(self.users))
            at = start + timedelta(days=self.chance.randrange(28), minutes=self.chance.randrange(9 * 60))
            looks.append(Look(at, user, self.chance.choice(self.own[user]), allowed=True, chain="c", position=number))
        return looks

    def planted(self) -> list[Look]:
        """Five of each: a colleague, a namesake not one's own, somebody out of reach at night, and many at once."""
        looks, users = [], self.chance.sample(list(self.users), PLANTED)
        for number, user in enumerate(users):
            at = datetime(2031, 5, 7, 14, tzinfo=AMSTERDAM) + timedelta(days=number)
            other = self.chance.choice([subject for subject in self.clients if (user, subject) not in self.theirs])
            if number % 4 == 0:
                self.clients[other] = self.users[users[number - 1]]
            elif number % 4 == 1:
                self.clients[other] = Known(self.users[user].surname, f"other{number}")
            elif number % 4 == 2:
                at = at.replace(hour=23)
            if number % 4 == 3:
                hurried = self.own[user][:50]
                looks += [
                    Look(at + timedelta(seconds=50 * step), user, one, True, "planted", 100 * number + step)
                    for step, one in enumerate(hurried)
                ]
            else:
                looks.append(Look(at, user, other, number % 4 != 2, "planted", 100 * number))
        return looks


@pytest.mark.parametrize("seed", range(5))
def test_twenty_planted_misuses_among_ten_thousand_looks_stand_in_the_first_fifty(seed: int) -> None:
    town = Town(random.Random(seed))  # noqa: S311 - chance that comes back
    planted = town.planted()
    looks = [*town.ordinary(10_000), *planted]
    first = unusual(looks, Around(town.users, town.clients, town.theirs, set(), 40))[:50]
    told = {(one.user, one.day, reason) for one in first for reason in one.reasons}
    wanted = [Reason.COLLEAGUE, Reason.SAME_NAME, Reason.NOT_ALLOWED, Reason.MANY]
    misuse = {(one.user, one.at.date(), wanted[one.position // 100 % 4]) for one in planted}
    assert len(misuse) == PLANTED
    assert misuse <= told
