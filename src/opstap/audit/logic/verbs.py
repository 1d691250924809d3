"""Verbs of events: which of them leave alone what a process remembers of scales, lists, settings, teams and users."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def verbs_of_facts() -> tuple[str, ...]:
    """The verbs that change facts only. A verb that stands nowhere counts as one that may change anything."""
    return tuple(_file()["facts"])


def verbs() -> frozenset[str]:
    """Every verb there is."""
    return frozenset(verb for listed in _file().values() for verb in listed)


@cache
def _file() -> dict[str, list[str]]:
    text = (Path(__file__).resolve().parents[1] / "verbs.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))
