"""What each address and command is, in words, as the file gives them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "actions.toml"
WAYS = ("page", "search", "file", "paper", "draft", "command", "log")
BY_ITSELF = ("draft", "log")  # what nobody asked for


@dataclass(frozen=True)
class Action:
    """The words of an action, and by which way it is done."""

    nl: str
    en: str
    way: str

    def words(self, language: str) -> str:
        """In a language."""
        return self.en if language == "en" else self.nl


@cache
def actions() -> dict[str, Action]:
    """Every action by the name that the log has."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Action(entry["nl"], entry["en"], entry.get("way", "page")) for name, entry in found.items()}


def by_way(*ways: str) -> list[str]:
    """The names of the actions that are done in one of these ways."""
    return [name for name, action in actions().items() if action.way in ways]
