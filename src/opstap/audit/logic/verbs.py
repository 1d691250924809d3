"""Verbs of events: which of them leave alone what a process remembers of scales, lists, settings, teams and users."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def verbs_of_facts() -> tuple[str, ...]:
    """The verbs that change facts only. A verb that stands nowhere counts as one that may change anything."""
    text = (Path(__file__).resolve().parents[1] / "verbs.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["facts"])
