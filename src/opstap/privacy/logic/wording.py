"""The words of what is kept about a client, by model and field (`words.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FieldWords:
    """A field: its words, and the code list whose labels stand for its codes."""

    nl: str
    en: str
    code_list: str = ""

    def words(self, language: str) -> str:
        """In a language; Dutch when it is not English."""
        return self.en if language == "en" else self.nl


@dataclass(frozen=True)
class KindWords:
    """A kind of record, with its fields in their order."""

    words: FieldWords
    fields: dict[str, FieldWords]


@cache
def kinds() -> dict[str, KindWords]:
    """Every kind by the label of its model, in the order of the document."""
    return {key: _kind(entry) for key, entry in _read().items() if "." in key}


@cache
def hidden_fields() -> frozenset[str]:
    """Fields that say nothing to a reader."""
    return frozenset(_read()["hidden"]["fields"])


def code_lists() -> list[str]:
    """Every code list that a field is read with."""
    return sorted({field.code_list for kind in kinds().values() for field in kind.fields.values() if field.code_list})


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(
        (Path(__file__).resolve().parents[1] / "words.toml").read_text(encoding="utf-8")
    )
    return found


def _kind(entry: dict[str, Any]) -> KindWords:
    own = {name: _field(value) for name, value in entry.items() if isinstance(value, dict)}
    common = {name: _field(value) for name, value in _read()["common"].items() if name not in own}
    before = {name: common[name] for name in ("starts_on", "ends_on") if name in common}
    return KindWords(FieldWords(entry["nl"], entry["en"]), {**before, **own, **common})


def _field(entry: dict[str, str]) -> FieldWords:
    return FieldWords(entry["nl"], entry["en"], entry.get("list", ""))
