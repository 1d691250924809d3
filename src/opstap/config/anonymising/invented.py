"""Whom people become: the same invented person wherever a row is about them, and nobody can tell from whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from opstap.demo.logic.chance import stream
from opstap.demo.logic.names import names
from opstap.foundation.crypto import Cipher, KeyRing, LookUp
from opstap.foundation.crypto.keys import Key
from opstap.foundation.folding import folded_name
from opstap.foundation.references import keyed_reference
from opstap.ladder.logic import answers_as_text, text_as_answers
from opstap.municipality.logic import FINER_GROUND, PART_PREFIX, PRIVACY_DESK, SETTINGS, WORKS_COUNCIL_CONSENT

SYSTEM = ("command", "background", "demo", "setup", "import")  # actors that are no person
MOST_DAYS = 60
BANNER = (
    "Testkopie met verzonnen namen, nummers en adressen. Het verloop van mensen is echt: "
    "geef haar niet buiten de gemeente."
)
CITY = "Voorbeeldstad"
FREE_SETTINGS = (PRIVACY_DESK, "case_system_url", FINER_GROUND, WORKS_COUNCIL_CONSENT)  # anything may be typed there
CONSENT = "Testkopie"

Row = Mapping[str, Any]


def kept_answers(text: str, questions: Collection[str]) -> str:
    """The answers of a placement to questions that are known; whatever else stands there is left out."""
    return answers_as_text([(key, answer) for key, answer in text_as_answers(text).items() if key in questions])


def _is_setting(key: str) -> bool:
    return key in SETTINGS or key.startswith(PART_PREFIX)


def kept_setting(key: str, value: Any) -> Any:
    """The value; of words of somebody's own only whether the works council agreed."""
    if key == WORKS_COUNCIL_CONSENT:
        return CONSENT if value else ""
    return value if _is_setting(key) and key not in FREE_SETTINGS else ""


@dataclass
class Inventing:
    """By rule, how a value comes about. `key` and `seed` are drawn for this copy and thrown away after it."""

    key: Key
    seed: int
    ring: KeyRing
    codes: Collection[str]
    questions: Collection[str]
    users: Mapping[str, int]  # of each reference of a user the key
    bsns: Mapping[bytes, str]  # of each digest the invented number
    postcodes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cipher = Cipher(self.ring.key("bsn"), "bsn")
        self._look_up = LookUp(self.ring.key("lookup"), "bsn")
        self._ways: dict[str, Callable[[Any, Row], Any]] = {
            "keep": lambda value, _row: value,
            "code": lambda value, _row: value if value in self.codes else "",
            "answers": lambda value, _row: kept_answers(value, self.questions),
            "setting_key": lambda value, _row: value if _is_setting(value) else "",
            "setting": lambda value, row: kept_setting(row["key"], value),
            "reference": lambda value, _row: self._reference(value),
            "actor": lambda value, _row: value if value in SYSTEM else self._reference(value),
            "actor_name": lambda _value, row: self._actor(row["actor_reference"]),
            "source": lambda value, _row: value if value in {"screen", "command", "background", "demo"} else "screen",
            "test": lambda _value, _row: "test",
            "banner": lambda _value, _row: BANNER,
            "no_password": lambda _value, row: f"!{self._reference(row['reference'])}",
            "sign_in_name": lambda _value, row: f"medewerker{row['id']}",
            "staff_code": lambda value, row: f"M{row['id']}" if value else "",
            "worker_name": lambda _value, row: self._worker(row["id"]),
            "team": lambda _value, row: f"Team {row['id']}",
            "client_number": lambda _value, row: f"T{row['id']:06d}",
            "case_number": lambda _value, row: f"Z{row['id']:06d}",
            "activity": lambda _value, row: f"Activiteit {row['id']}",
            "name_around": lambda _value, row: self._full_name(stream(self.seed, "around", row["id"]), ""),
            "surname": lambda _value, row: self._surname(row)[0],
            "name_prefix": lambda _value, row: self._surname(row)[1],
            "given_names": lambda value, row: self._given(row) if value else "",
            "folded_name": lambda _value, row: self._folded(row),
            "phone": lambda value, row: f"06-0000{self._of(row).randint(0, 9999):04d}" if value else "",
            "shifted": self._shifted,
            "bsn": lambda _value, row: self._cipher.encrypt(self._numbered(bytes(row["bsn_digest"] or b""))),
            "bsn_digest": lambda value, _row: self._look_up.digest(self._numbered(bytes(value))),
            "bsn_key": lambda value, _row: self._cipher.key_id if value else "",
            "street": lambda value, row: self._at(row).choice(names().streets) if value else "",
            "house_number": lambda value, row: str(self._at(row).randint(1, 180)) if value else "",
            "postcode": lambda value, row: self._postcode(row) if value else "",
            "city": lambda value, _row: CITY if value else "",
        }

    def value(self, rule: str, value: Any, row: Row, empty: Any) -> Any:
        """What becomes of a value; `empty` is what nothing looks like in this column."""
        if rule == "empty":
            return empty
        if value is None:
            return None
        return self._ways[rule](value, row)

    def _reference(self, value: str) -> str:
        return keyed_reference(self.key, "test copy", value) if value else ""

    def _actor(self, reference: str) -> str:
        if reference in self.users:
            return self._worker(self.users[reference])
        return "opstap" if reference in SYSTEM else "Medewerker"

    def _worker(self, user: int) -> str:
        return self._full_name(stream(self.seed, "worker", user), "")

    def _full_name(self, rng: Random, sex: str) -> str:
        surname = rng.choice(names().surnames)
        return " ".join(part for part in (names().given(rng, sex), surname.prefix, surname.name) if part)

    def _of(self, row: Row) -> Random:
        return stream(self.seed, "person", row["client_id"])

    def _at(self, row: Row) -> Random:
        return stream(self.seed, "address", row["id"])

    def _surname(self, row: Row) -> tuple[str, str]:
        found = self._of(row).choice(names().surnames)
        return found.name, found.prefix

    def _given(self, row: Row) -> str:
        return names().given(stream(self.seed, "given", row["client_id"]), str(row["sex"]))

    def _folded(self, row: Row) -> str:
        surname, prefix = self._surname(row)
        return folded_name(surname, self._given(row) if row["given_names"] else "", prefix)

    def _shifted(self, value: date, row: Row) -> date:
        """Some days earlier, as many for every day of this person."""
        return value - timedelta(days=stream(self.seed, "days", row["client_id"]).randint(1, MOST_DAYS))

    def _numbered(self, digest: bytes) -> str:
        """The invented number of a BSN; of one that nobody says any more, something that is none."""
        return self.bsns.get(digest) or self._reference(digest.hex())

    def _postcode(self, row: Row) -> str:
        rng = self._at(row)
        return rng.choice(self.postcodes) if self.postcodes else f"999{rng.randint(0, 9)} AA"
