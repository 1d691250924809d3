"""How long a dossier is kept: the terms that ship with Opstap, and the day on which a term has passed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from opstap.privacy.logic.requests import months_after

CLOSED, DECIDED = "closed", "decided"
STARTS = (CLOSED, DECIDED)
GRANTED, GUIDED = "granted", "guided"
OBJECTION, OBJECTION_TAKEN_BACK = "objection", "objection_taken_back"
BESIDE = frozenset({OBJECTION, OBJECTION_TAKEN_BACK})  # of what comes beside whatever else came of a dossier
BACKUP_DAYS = 30  # so long a backup is kept, and with it who was erased since


@dataclass(frozen=True)
class Term:
    """How long a dossier of one outcome is kept, from when, and who says so."""

    outcome: str
    years: int
    starts_at: str
    source: str

    def ends_on(self, closed_on: date, decided_on: date | None) -> date:
        """The first day on which the dossier may go: never before it was closed."""
        start = decided_on if self.starts_at == DECIDED and decided_on else closed_on
        return max(months_after(start, 12 * self.years), closed_on)


@dataclass(frozen=True)
class OutcomeWords:
    """What an outcome is called."""

    nl: str
    en: str

    def words(self, language: str) -> str:
        """In a language; Dutch when it is not English."""
        return self.en if language == "en" else self.nl


@cache
def shipped_terms() -> dict[str, Term]:
    """The terms by outcome, as Opstap ships them."""
    return {key: Term(key, one["years"], one["starts_at"], one["source"]) for key, one in _read().items()}


@cache
def outcome_words() -> dict[str, OutcomeWords]:
    """What each outcome is called."""
    return {key: OutcomeWords(one["nl"], one["en"]) for key, one in _read().items()}


@cache
def categories_by_instrument() -> dict[str, tuple[str, ...]]:
    """The categories that an instrument puts a dossier in, each with its codes; any other is follow-up only."""
    return {key: tuple(one["instruments"]) for key, one in _read().items() if "instruments" in one}


@cache
def categories_by_benefit() -> dict[str, tuple[str, ...]]:
    """The same of kinds of benefit; any other is a benefit that was granted."""
    return {key: tuple(one["benefits"]) for key, one in _read().items() if "benefits" in one}


def category_of_benefit(kind: str) -> str:
    """What comes of a dossier in which a benefit of this kind was granted."""
    return next((key for key, kinds in categories_by_benefit().items() if kind in kinds), GRANTED)


@cache
def _read() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).resolve().parents[1] / "retention.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = tomllib.loads(text)
    return found
