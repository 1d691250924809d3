"""What is unusual about looks: each reason, and planted misuse among many ordinary looks."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from opstap.foundation.dates import AMSTERDAM
from opstap.privacy.enums import Reason
from opstap.privacy.logic.looks import Around, Instead, Known, Look
from opstap.privacy.logic.names import surnames_of_client, surnames_of_worker
from opstap.privacy.logic.unusual import Finding, unusual

MONDAY = datetime(2031, 5, 5, 10, tzinfo=AMSTERDAM)
ANNA, BERT, KIM = b"a" * 16, b"b" * 16, b"k" * 16


def known(surname: str, whole: str) -> Known:
    return Known(frozenset({surname}), whole)


USERS = {"jo": known("visser", "jo visser"), "kim": known("smit", "kim smit")}
CLIENTS = {ANNA: known("bakker", "anna bakker"), BERT: known("visser", "bert visser"), KIM: known("smit", "kim smit")}
HELD = frozenset({("jo", ANNA), ("jo", BERT), ("jo", KIM)})
AROUND = Around(USERS, CLIENTS, HELD, {"boss"}, 40)
NOBODYS = replace(AROUND, held=frozenset())


def look(
    user: str,
    subject: bytes,
    *,
    at: datetime = MONDAY,
    allowed: bool = True,
    position: int = 1,
    is_question: bool = False,
    way: str = "page",
) -> Look:
    return Look(at, user, subject, allowed, "chain", position, way=way, is_question=is_question)


def in_order(looks: Iterable[Look]) -> list[Look]:
    return sorted(looks, key=lambda one: (one.user, one.at, one.position))


def found(*looks: Look, around: Around = AROUND) -> list[Finding]:
    return unusual(in_order(looks), around).findings


def reasons(*looks: Look, around: Around = AROUND) -> list[tuple[Reason, ...]]:
    return [one.reasons for one in found(*looks, around=around)]


def test_an_ordinary_look_is_nothing() -> None:
    assert found(look("jo", ANNA)) == []
    assert unusual([look("jo", ANNA)], AROUND).looks == 1


def test_the_same_surname_weighs_less_for_a_client_of_ones_own() -> None:
    assert reasons(look("jo", BERT)) == [(Reason.OWN_NAMESAKE,)]
    assert reasons(look("jo", BERT), around=NOBODYS) == [(Reason.SAME_NAME, Reason.NOT_THEIRS)]
    assert reasons(look("boss", BERT), around=replace(AROUND, users={"boss": USERS["jo"]})) == [(Reason.SAME_NAME,)]
    (own,), (other,) = found(look("jo", BERT)), found(look("jo", ANNA, at=MONDAY.replace(hour=23)))
    assert own.weight < other.weight


@pytest.mark.parametrize(
    ("worker", "surname"),
    [
        ("Jo Bakker", "Bakker"),
        ("Anne Marie Bakker", "Bakker"),
        ("J. M. Bakker", "Bakker"),
        ("Jo Bakker-Visser", "Bakker"),
        ("Jo Bakker-Visser", "Visser"),
        ("Jo Bakker-Visser", "Bakker-Visser"),
        ("Jo Bakker", "Bakker-Visser"),
        ("Jo Visser", "Bakker - Visser"),
        ("Anne-Marie van der Bakker", "Bakker"),
        ("Jo Visser-de Vries", "Vries"),
        ("Jo de Vries", "Visser-de Vries"),
        ("Yasmina El Amrani", "El Amrani"),
        ("Çelik", "Celik"),
    ],
)
def test_a_surname_is_the_same_whatever_stands_before_it_or_beside_it(worker: str, surname: str) -> None:
    assert surnames_of_worker(worker) & surnames_of_client(surname)


@pytest.mark.parametrize(
    ("worker", "surname"),
    [
        ("Jo Bakker", "Visser"),
        ("Bakker Jansen", "Bakker"),
        ("Anne-Marie Bakker", "Marie"),
        ("Anne-Marie Bakker", "Anne"),
        ("Jo de Vries", "De"),
        ("Jo Bakker", ""),
        ("", ""),
    ],
)
def test_another_surname_is_another(worker: str, surname: str) -> None:
    assert not surnames_of_worker(worker) & surnames_of_client(surname)


def test_a_client_with_the_name_of_a_colleague() -> None:
    assert reasons(look("jo", KIM)) == [(Reason.COLLEAGUE,)]


def test_never_in_the_caseload_but_not_for_who_reaches_everybody_or_led_the_team() -> None:
    assert reasons(look("jo", ANNA), around=NOBODYS) == [(Reason.NOT_THEIRS,)]
    assert reasons(look("boss", ANNA), around=NOBODYS) == []
    assert reasons(look("jo", ANNA), around=replace(NOBODYS, led={("jo", ANNA)})) == []


@pytest.mark.parametrize(("day", "is_theirs"), [(4, False), (5, True), (6, True), (7, False)])
def test_who_stands_in_or_goes_along_has_the_caseload_for_those_days(day: int, is_theirs: bool) -> None:
    around = replace(AROUND, instead={"kim": (Instead("jo", date(2031, 5, 5), date(2031, 5, 7)),)})
    told = reasons(look("kim", ANNA, at=MONDAY.replace(day=day)), around=around)
    assert told == ([] if is_theirs else [(Reason.NOT_THEIRS,)])
    lasting = replace(AROUND, instead={"kim": (Instead("jo", date(2031, 5, 5), None),)})
    assert (reasons(look("kim", ANNA, at=MONDAY.replace(day=day)), around=lasting) == []) == (day >= 5)


def test_asking_whether_somebody_is_known_opens_no_dossier() -> None:
    asked = look("desk", ANNA, is_question=True)
    assert reasons(asked) == []
    assert reasons(asked, look("desk", ANNA, position=2)) == [(Reason.NOT_THEIRS,)]
    assert reasons(look("kim", KIM, is_question=True)) == [(Reason.COLLEAGUE, Reason.SAME_NAME)]


def test_asked_for_somebody_out_of_reach() -> None:
    assert reasons(look("jo", ANNA, allowed=False)) == [(Reason.NOT_ALLOWED,)]
    assert reasons(look("jo", b"x" * 16, allowed=False)) == []  # nobody at all


def test_of_another_municipality_only_that_somebody_tried() -> None:
    around = replace(AROUND, elsewhere={b"x" * 16})
    assert reasons(look("jo", b"x" * 16, allowed=False, at=MONDAY.replace(hour=23)), around=around) == [
        (Reason.NOT_ALLOWED,)
    ]
    assert reasons(look("jo", b"x" * 16), around=around) == []


def test_a_dossier_given_out_by_a_command() -> None:
    assert reasons(look("command", ANNA, way="command")) == [(Reason.COMMAND,)]


@pytest.mark.parametrize(("hour", "is_night"), [(21, False), (22, True), (3, True), (5, True), (6, False)])
def test_at_night_on_the_clock_of_amsterdam(hour: int, is_night: bool) -> None:
    at = MONDAY.replace(hour=hour)
    assert reasons(look("jo", ANNA, at=at)) == ([(Reason.NIGHT,)] if is_night else [])
    a_list = replace(look("jo", b"", at=at), people=30)
    assert reasons(a_list) == ([(Reason.NIGHT,)] if is_night else [])
    assert reasons(replace(a_list, way="command")) == []  # those run at night


def test_many_within_an_hour_is_one_finding_of_the_busiest_hour() -> None:
    looks = [look("boss", bytes([number]) * 16, at=MONDAY + timedelta(minutes=number)) for number in range(1, 42)]
    (one,) = found(*looks)
    assert (one.reasons, one.looks, one.subject) == ((Reason.MANY,), 41, b"")
    assert (one.first, one.last) == (looks[0], looks[-1])
    assert found(*looks, around=replace(AROUND, most_an_hour=41)) == []
    spread = [look("boss", bytes([number]) * 16, at=MONDAY + timedelta(minutes=2 * number)) for number in range(1, 42)]
    assert found(*spread, around=replace(AROUND, most_an_hour=31)) == []


def test_many_searches_within_an_hour() -> None:
    searches = [
        replace(look("boss", b"", at=MONDAY + timedelta(minutes=number), position=number, way="search"), is_search=True)
        for number in range(1, 42)
    ]
    (one,) = found(*searches)
    assert (one.reasons, one.looks, one.subject) == ((Reason.SEARCHES,), 41, b"")
    assert found(*searches[1:]) == []


def test_a_file_of_many_people_who_are_not_ones_own() -> None:
    everybody = tuple(bytes([number]) * 16 for number in range(41))
    taken = replace(look("jo", b"", way="file"), people=41, named=everybody)
    (one,) = found(taken)
    assert (one.reasons, one.people, one.looks) == ((Reason.WIDE,), 41, 1)
    assert found(replace(taken, people=40, named=everybody[:40])) == []
    half, rest = replace(taken, people=20, named=everybody[:20]), replace(taken, people=21, named=everybody[20:])
    assert found(half) == []
    assert reasons(half, replace(rest, position=2)) == [(Reason.WIDE,)]
    assert found(taken, around=replace(AROUND, held={("jo", one) for one in everybody})) == []
    assert reasons(replace(taken, people=12_000, named=())) == [(Reason.WIDE,)]
    assert found(replace(taken, way="page")) == []


def test_the_same_client_again_is_one_finding_with_all_reasons() -> None:
    at_night = look("jo", BERT, at=MONDAY.replace(hour=23), position=2)
    (one,) = found(look("jo", BERT), at_night, around=NOBODYS)
    assert one.reasons == (Reason.SAME_NAME, Reason.NOT_THEIRS, Reason.NIGHT)
    assert (one.looks, one.weight, one.last) == (2, 4 + 3 + 2, at_night)


KINDS = (Reason.SAME_NAME, Reason.COLLEAGUE, Reason.MANY, Reason.NOT_THEIRS, Reason.NIGHT)
PLANTED = 20
WORKERS, CASELOAD, DAYS = 40, 60, 28
START = datetime(2031, 5, 1, 8, tzinfo=AMSTERDAM)


class Town:
    """Forty workers with sixty clients each, four coordinators, two at the desk, one who stands in and an intern. One
    client in four hundred has the surname of whoever looks, by chance.
    """

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.position = chance, 0
        surnames = [f"naam{number}" for number in range(400)]
        names = [f"u{number}" for number in range(WORKERS)] + ["b0", "b1", "b2", "b3", "desk0", "desk1", "intern"]
        self.workers, self.bosses = names[:WORKERS], names[WORKERS : WORKERS + 4]
        self.users = {one: known(surname, f"jo {surname}") for one, surname in zip(names, surnames, strict=False)}
        self.clients: dict[bytes, Known] = {}
        self.own: dict[str, list[bytes]] = {}
        for user in self.workers:
            self.own[user] = [self._client(chance.choice(surnames)) for _ in range(CASELOAD)]
        self.held = {(user, subject) for user, subjects in self.own.items() for subject in subjects}

    @property
    def around(self) -> Around:
        instead = {
            "u0": (Instead("u1", date(2031, 5, 1), date(2031, 6, 1)),),
            "intern": (Instead("u2", date(2031, 5, 1), None),),
        }
        return Around(self.users, self.clients, self.held, set(self.bosses), 40, instead=instead)

    def _client(self, surname: str) -> bytes:
        subject = self.chance.randbytes(16)
        self.clients[subject] = known(surname, f"client{len(self.clients)} {surname}")
        return subject

    def _look(self, user: str, subject: bytes, at: datetime, *, is_question: bool = False) -> Look:
        self.position += 1
        return look(user, subject, at=at, position=self.position, is_question=is_question)

    def _daytime(self) -> datetime:
        return START + timedelta(days=self.chance.randrange(DAYS), minutes=self.chance.randrange(9 * 60))

    def ordinary(self, count: int) -> list[Look]:
        """One's own clients; and what belongs to other work: calls at the desk, standing in, going along, coordinating,
        three late evenings, and each month the own caseload in a file.
        """
        everybody = list(self.clients)
        looks = [
            self._look(
                f"desk{call % 2}",
                self.chance.choice(everybody),
                START + timedelta(days=day, minutes=9 * call),
                is_question=True,
            )
            for day in range(DAYS)
            for call in range(60)
        ]
        for user, subjects, times in (("u0", self.own["u1"], 200), ("intern", self.own["u2"], 200)):
            looks += [self._look(user, self.chance.choice(subjects), self._daytime()) for _ in range(times)]
        looks += [
            self._look(self.chance.choice(self.bosses), self.chance.choice(everybody), self._daytime())
            for _ in range(100)
        ]
        for user in self.workers:
            taken = replace(
                self._look(user, b"", self._daytime()), way="file", people=CASELOAD, named=tuple(self.own[user])
            )
            looks.append(taken)
        looks += [
            self._look(user, self.chance.choice(self.own[user]), self._daytime().replace(hour=22))
            for user in self.chance.sample(self.workers, 3)
        ]
        while len(looks) < count:
            user = self.chance.choice(self.workers)
            looks.append(self._look(user, self.chance.choice(self.own[user]), self._daytime()))
        return looks

    def planted(self) -> dict[tuple[str, date, Reason], list[Look]]:
        """Four of each kind that the review knows, each for that reason alone."""
        users = self.chance.sample(self.workers[3:], PLANTED)
        found = {}
        for number, user in enumerate(users):
            kind, at = KINDS[number % len(KINDS)], datetime(2031, 5, 7, 14, tzinfo=AMSTERDAM) + timedelta(days=number)
            who = self.bosses[number // len(KINDS)] if kind is Reason.SAME_NAME else user
            found[who, at.date(), kind] = self._misuse(kind, who, at)
        return found

    def _misuse(self, kind: Reason, user: str, at: datetime) -> list[Look]:
        mine = self.own.get(user, [])
        if kind is Reason.MANY:
            return [self._look(user, one, at + timedelta(seconds=50 * step)) for step, one in enumerate(mine[:50])]
        if kind is Reason.SAME_NAME:
            return [self._look(user, self._client(*self.users[user].surnames), at)]
        if kind is Reason.COLLEAGUE:
            namesake = mine[0]
            self.clients[namesake] = self.users[next(one for one in self.workers if one != user)]
            return [self._look(user, namesake, at)]
        if kind is Reason.NOT_THEIRS:
            return [self._look(user, self._client("niemand"), at)]
        other = next(one for one in mine if self.clients[one].surnames != self.users[user].surnames)
        return [self._look(user, other, at.replace(hour=23))]


@pytest.mark.parametrize("seed", range(5))
def test_twenty_planted_misuses_among_ten_thousand_looks_stand_in_the_first_fifty(seed: int) -> None:
    town = Town(random.Random(seed))  # noqa: S311 - chance that comes back
    ordinary = town.ordinary(10_000)
    planted = town.planted()
    assert len(planted) == PLANTED
    looks = in_order([*ordinary, *(one for misuse in planted.values() for one in misuse)])
    first = unusual(looks, town.around).findings[:50]
    told = {(one.user, one.day, one.reasons[0]) for one in first if len(one.reasons) == 1}
    assert planted.keys() <= told
