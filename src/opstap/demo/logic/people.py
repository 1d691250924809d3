"""Who someone is and where they live: names, a BSN, a telephone that nobody answers, an address in no real street."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from opstap.clients.logic import AddressRow, PersonRow
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.names import names
from opstap.demo.logic.statements import NOBODY, Life

TOWN = "Voorbeeldstad"
SEXES = {"female": 0.52, "male": 0.475, "x": 0.003, "unknown": 0.002}
LANGUAGES = {"nl": 0.86, "en": 0.04, "ar": 0.03, "ti": 0.02, "tr": 0.02, "pl": 0.02, "uk": 0.01}
CHANNELS = {"": 0.35, "phone": 0.2, "email": 0.2, "letter": 0.12, "text_message": 0.1, "in_person": 0.03}
SHARE_MOVES = 0.08


def draw_person(rng: Random, born: date, bsn: str | None) -> PersonRow:
    """An invented person."""
    sex = weighted(rng, SEXES)
    surname = rng.choice(names().surnames)
    given = names().given(rng, sex)
    return PersonRow(
        NOBODY,
        surname=surname.name,
        name_prefix=surname.prefix,
        given_names=given,
        birth_date=born,
        sex=sex,
        bsn=bsn,
        phone=f"06-0000{rng.randint(0, 9999):04d}" if rng.random() < 0.9 else "",
        email=_email(rng, given, surname.name) if rng.random() < 0.7 else "",
        preferred_language=weighted(rng, LANGUAGES),
        preferred_channel=weighted(rng, CHANNELS),
    )


def draw_address(rng: Random, starts_on: date) -> AddressRow:
    """An address in a street that does not exist."""
    addition = rng.choice(("A", "B", "-2", "-3")) if rng.random() < 0.15 else ""
    letters = "".join(rng.choice("ABCDEGHJKLMNPRTVWXZ") for _ in range(2))
    return AddressRow(
        NOBODY,
        starts_on,
        street=rng.choice(names().streets),
        house_number=f"{rng.randint(1, 180)}{addition}",
        postcode=f"999{rng.randint(0, 9)} {letters}",
        city=TOWN,
    )


def say_address(rng: Random, life: Life, first_on: date, span: Span) -> None:
    """Where someone lives, and for some where they moved to within the town."""
    address = draw_address(rng, first_on)
    if rng.random() > SHARE_MOVES or (span.until - first_on).days < 400:
        life.say(address, first_on)
        return
    moved_on = days_after(rng, first_on, 300, (span.until - first_on).days - 60)
    life.say_period(replace(address, ends_on=moved_on), first_on, days_after(rng, moved_on, 0, 30))
    life.say(draw_address(rng, moved_on), days_after(rng, moved_on, 0, 30))


def _email(rng: Random, given: str, surname: str) -> str:
    return f"{given}.{surname}{rng.randint(1, 99)}@post.example".lower()
