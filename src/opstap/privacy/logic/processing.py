"""The processing activities, as the file gives them, and which of them an action of the log is."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "processing.toml"
OUTSIDE = "outside"
WORDS = ("name", "purpose", "ground", "people", "categories", "special", "recipients")


@dataclass(frozen=True)
class Activity:
    """What is done with data of people: to which end, on which ground, of whom, what, and who gets it."""

    key: str
    version: int
    actions: tuple[str, ...]
    said: Mapping[str, Mapping[str, str]]

    @property
    def identifier(self) -> str:
        """Its key with the version of its words: what a line of the log points at."""
        return f"{self.key}-{self.version}"

    def words(self, name: str, language: str) -> str:
        """One of `WORDS` in a language."""
        return self.said[name]["en" if language == "en" else "nl"]

    @property
    def digest(self) -> str:
        """Of its words: when they change, the version must."""
        return hashlib.sha256(json.dumps(self.said, sort_keys=True).encode()).hexdigest()[:16]


@cache
def activities() -> dict[str, Activity]:
    """Every activity by its key, in the order of the file."""
    return {key: _activity(key, entry) for key, entry in _file().items() if key != OUTSIDE}


def activity_of(action: str) -> Activity | None:
    """The activity of which this action is a part; None for what stands outside, or nowhere."""
    return activities().get(_places().get(_longest(action), ""))


def is_placed(action: str) -> bool:
    """Whether the file says of an action what it is."""
    return bool(_longest(action))


@cache
def _longest(action: str) -> str:
    fitting = (begin for begin in _places() if begin == action or (begin.endswith(":") and action.startswith(begin)))
    return max(fitting, key=len, default="")


@cache
def _places() -> dict[str, str]:
    return {begin: key for key, entry in _file().items() for begin in entry["actions"]}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _activity(key: str, entry: Mapping[str, Any]) -> Activity:
    return Activity(key, int(entry["version"]), tuple(entry["actions"]), {name: entry[name] for name in WORDS})
