"""The parts of a municipality in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opstap.administration.tables.settings import PeriodLine, held_value, period_lines
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.municipality.logic import PART_PREFIX, PARTS
from opstap.municipality.selectors import SettingPeriod


@dataclass(frozen=True)
class PartLine:
    """A part with its state of today, and what is recorded of it."""

    key: str
    name: str
    meaning: str
    is_on: bool
    lines: tuple[PeriodLine, ...]

    @property
    def later(self) -> str:
        """The day on which the other state begins, in words; empty when none is planned."""
        starts = [line.starts_on for line in self.lines if line.starts_on and line.is_later]
        return day(min(starts)) if starts else ""


def part_lines(periods: Mapping[str, Sequence[SettingPeriod]], today: date, language: str) -> list[PartLine]:
    """Every part."""
    lines = []
    for key, part in PARTS.items():
        known = periods[PART_PREFIX + key]
        is_on = held_value(known, today) != "off"
        held = [line for line in period_lines(PART_PREFIX + key, known, {}, today) if line.holds]
        lines.append(PartLine(key, part.name(language), part.meaning(language), is_on, tuple(held)))
    return lines
