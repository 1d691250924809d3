"""Targets in words: of which indicator, for whom, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from opstap.reporting.models import IndicatorTarget
from opstap.reporting.selectors.released.attacked import AIMED_AT
from opstap.reporting.selectors.targets import aimed_at, names_of_composed
from opstap.reporting.tables.indicators.words import WORDS, target_words


@dataclass(frozen=True)
class TargetLine:
    """One of them in the list, or one row of its history."""

    reference: str
    indicator: str
    year: int
    whom: str
    percent: str
    withdrawn: bool
    at: datetime
    by: str


def target_line(row: IndicatorTarget, names: dict[str, str]) -> TargetLine:
    """A row in words."""
    return TargetLine(
        reference=row.reference,
        indicator=names.get(row.indicator, row.indicator),
        year=row.year,
        whom=row.team.name if row.team else _("the whole municipality"),
        percent=target_words(row.percent),
        withdrawn=row.withdrawn,
        at=row.recording.at,
        by=row.recording.actor_name,
    )


def names_of(municipality_id: int) -> dict[str, str]:
    """What each indicator is called, also one that was withdrawn."""
    return {**{key: str(words.name) for key, words in WORDS.items()}, **names_of_composed(municipality_id)}


def indicators_to_aim_at(municipality_id: int) -> list[tuple[str, str]]:
    """Those of which more or less is better, by key and name."""
    return [(key, own or str(WORDS[key].name)) for key, own in aimed_at(municipality_id).items()]


def published_names() -> list[str]:
    """Of which indicators a target of the whole municipality stands in publications."""
    return [str(WORDS[key].name) for key in AIMED_AT]


def target_fault_words(code: str) -> tuple[str, str]:
    """At which field a refusal stands, and what it says."""
    return {
        "set_already": ("indicator", _("There is a target for this year already. Open it in the list to correct it.")),
        "no_direction": ("indicator", _("Neither more nor less of it is better, so there is nothing to aim at.")),
        "no_such_team": ("team", _("Choose one.")),
        "year_too_far": ("year", _("Choose a year nearer to now.")),
    }.get(code, ("percent", _("Fill in a percentage from 0 to 100, with one decimal at most.")))  # fmt: skip
