"""Names and streets from the readable file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

SOURCE = Path(__file__).resolve().parent.parent / "names.toml"


@dataclass(frozen=True)
class Surname:
    """A surname with its prefix."""

    name: str
    prefix: str


@dataclass(frozen=True)
class Names:
    """What names are drawn from."""

    surnames: tuple[Surname, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]
    streets: tuple[str, ...]

    def given(self, rng: Random, sex: str) -> str:
        """A given name; of either list where the sex does not say."""
        lists = {"female": self.female, "male": self.male}
        return rng.choice(lists.get(sex) or self.female + self.male)


@cache
def names() -> Names:
    """The lists of the file."""
    found = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return Names(
        surnames=tuple(_surname(word) for word in found["surnames"].split()),
        female=tuple(found["female"].split()),
        male=tuple(found["male"].split()),
        streets=tuple(word.replace("_", " ") for word in found["streets"].split()),
    )


def _surname(word: str) -> Surname:
    name, _, prefix = word.partition("|")
    return Surname(name[0].upper() + name[1:], prefix.replace("_", " "))
