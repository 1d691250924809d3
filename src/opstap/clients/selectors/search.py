"""Finding clients by what somebody typed: names in any order, a number, a birth date, a BSN.

The caller gives the clients that may be seen; nothing outside them is found. Not here: keeping what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opstap.audit.models import FactQuerySet
from opstap.clients.logic import bsn_is_valid
from opstap.clients.models import Alias, BsnHolder, Client, Person
from opstap.clients.selectors.bsn import bsn_look_up
from opstap.clients.selectors.merged import in_dossiers_of, with_a_dossier_among
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.foundation.dates.typed import day_in_figures, take_day
from opstap.foundation.folding import fold

MOST = 50
PREFIXES = frozenset(
    "aan bij d da de del den der des di do du el het in la le op s t te ten ter tot v van vd von".split()
)
_BSN_SHAPE = re.compile(r"[\d. ]{8,12}")


@dataclass(frozen=True)
class Wanted:
    """What was typed, taken apart.

    Figures may be read in more than one way: a client number, a BSN (in `bsn`) and a birth date (in `days`, beside its
    number). Each of them counts.
    """

    words: tuple[str, ...]
    prefixes: tuple[str, ...]
    numbers: tuple[str, ...]
    days: tuple[date | None, ...]
    bsn: str
    born: date | None

    @property
    def by_name(self) -> bool:
        """Whether who somebody is was typed, beside or instead of a number."""
        return bool(self.words or self.prefixes or self.born)

    @property
    def is_empty(self) -> bool:
        """Nothing to look for."""
        return not (self.words or self.prefixes or self.numbers or self.bsn or self.born)


@dataclass(frozen=True)
class Found:
    """The first of those found, by name, and whether there are more than are shown."""

    client_ids: tuple[int, ...]
    has_more: bool


def wanted(text: str, today: date) -> Wanted:
    """Take apart what was typed. A BSN may stand with points, spaces or without its leading zero."""
    text = text.strip()[:200]
    digits = re.sub(r"\D", "", text)
    bsn = digits.zfill(9) if _BSN_SHAPE.fullmatch(text) and bsn_is_valid(digits.zfill(9)) else ""
    said, without = take_day(text, today)
    born, rest = (None, text) if bsn else (said, without)
    numbers = [part for part in re.split(r"[\s,;]+", rest) if any(sign.isdigit() for sign in part)]
    names = fold(" ".join(part for part in re.split(r"[\s,;]+", rest) if part not in numbers)).split()
    words = tuple(name for name in names if name not in PREFIXES)
    if bsn:
        numbers = [digits]
    return Wanted(
        words=words,
        prefixes=tuple(name for name in names if name in PREFIXES),
        numbers=tuple(numbers),
        days=tuple((said if bsn else None) or day_in_figures(number, today) for number in numbers),
        bsn=bsn,
        born=born,
    )


def matching(visible: QuerySet[Client], sought: Wanted) -> QuerySet[Client]:
    """Those who match all that was typed. A prefix counts only when nothing else of a name was typed."""
    if sought.is_empty:
        return visible.none()
    by_number = _by_number(visible, sought)
    return by_number.filter(with_a_dossier_among(_by_name(sought).values("client"))) if sought.by_name else by_number


def found_clients(visible: QuerySet[Client], sought: Wanted) -> Found:
    """At most fifty, by name; whose name also has the prefixes, or is the very word, stands first."""
    if sought.is_empty:
        return Found((), has_more=False)
    by_number = _by_number(visible, sought)
    named = _by_name(sought).filter(in_dossiers_of(by_number)).order_by("folded_name", "client")
    persons = list(named.annotate(whose=kept_client()).only("client_id", "folded_name")[: MOST + 1])
    rows = [(whose(person), person.folded_name) for person in persons]
    if not rows and not sought.by_name:  # known by a number only
        ids = tuple(by_number.order_by("number").values_list("pk", flat=True)[: MOST + 1])
        return Found(ids[:MOST], len(ids) > MOST)
    ranked = sorted(rows[:MOST], key=lambda row: _distance(row[1], sought))
    return Found(tuple(dict.fromkeys(pk for pk, _name in ranked)), len(rows) > MOST)


def _by_number(visible: QuerySet[Client], sought: Wanted) -> QuerySet[Client]:
    for number, day in zip(sought.numbers, sought.days, strict=True):
        merged = Alias.objects.current().filter(client__number__istartswith=number)
        by_number = Q(number__istartswith=number) | Q(pk__in=merged.values("kept"))
        if sought.bsn:
            holders = BsnHolder.objects.filter(digest__in=bsn_look_up().digests(sought.bsn))
            by_number |= with_a_dossier_among(holders.values("client"))
        if day is not None:
            by_number |= with_a_dossier_among(Person.objects.current().filter(birth_date=day).values("client"))
        visible = visible.filter(by_number)
    return visible


def _by_name(sought: Wanted) -> FactQuerySet[Person]:
    persons = Person.objects.current()
    for name in sought.words or sought.prefixes:
        persons = persons.filter(folded_name__contains=f" {name}")
    return persons.filter(birth_date=sought.born) if sought.born else persons


def _distance(name: str, sought: Wanted) -> tuple[int, int]:
    """How many prefixes are missing, and how many words are only a beginning."""
    return _missing(name.split(), sought.prefixes), _missing(name.split(), sought.words)


def _missing(parts: Sequence[str], words: Sequence[str]) -> int:
    return sum(word not in parts for word in words)
