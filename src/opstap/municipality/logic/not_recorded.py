"""What is not recorded about a person, by the words that name it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from opstap.foundation.folding import fold

_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def kinds_not_recorded(*texts: str) -> list[str]:
    """Which kinds of what is not recorded about a person these words name, by `not_recorded.toml`."""
    spaced = [text.replace("_", " ") for text in texts]
    apart = [_BETWEEN_WORDS.sub(" ", text) for text in spaced]  # RiskScore, as a table or a heading may be called
    folded = [f" {fold(text)} " for text in (*spaced, *apart)]
    return [kind for kind, words in _not_recorded().items() if any(words.search(text) for text in folded)]


@cache
def _not_recorded() -> Mapping[str, re.Pattern[str]]:
    read = tomllib.loads((Path(__file__).resolve().parents[1] / "not_recorded.toml").read_text(encoding="utf-8"))
    return {kind: re.compile("|".join(map(_as_pattern, words))) for kind, words in read.items()}


def _as_pattern(word: str) -> str:
    return f" {re.escape(fold(word))}" + ("" if word.endswith("…") else " ")
