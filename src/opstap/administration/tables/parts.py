"""The parts of a municipality in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import pgettext

from opstap.administration.tables.settings import PeriodLine, held_value, period_lines
from opstap.foundation.ui.conflicts import Conflict, Line, Opened, Saved, saved_by
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
    version: str  # on which its switch is opened

    @property
    def later(self) -> str:
        """The day on which the other state begins, in words; empty when none is planned."""
        starts = [line.starts_on for line in self.lines if line.starts_on and line.is_later]
        return day(min(starts)) if starts else ""


@dataclass(frozen=True)
class Switch:
    """A part on or off from a day on, as it was asked."""

    part: str
    state: str
    since: date


def switch_met(asked: Switch, periods: Sequence[SettingPeriod], version: str, language: str) -> Opened:
    """A switch that met another one, which somebody saved meanwhile; settled where both asked the same."""
    last = max(periods, key=lambda period: period.recorded_at, default=None)
    theirs = None if last is None else Switch(asked.part, str(last.value), last.starts_on)
    stands = _state_words("on") if theirs is None else _in_words(theirs)
    line = Line(PARTS[asked.part].name(language), "", stands, _in_words(asked), touched=True)
    saved = saved_by(None) if last is None else Saved(last.recorded_by, last.recorded_at)
    return Opened(version, Conflict(saved, (line,)), is_settled=theirs == asked)


def _in_words(switch: Switch) -> str:
    return f"{_state_words(switch.state)}, {day(switch.since)}"


def _state_words(state: str) -> str:
    return pgettext("a part", "off") if state == "off" else pgettext("a part", "on")


def part_lines(
    periods: Mapping[str, Sequence[SettingPeriod]], versions: Mapping[str, str], today: date, language: str
) -> list[PartLine]:
    """Every part."""
    lines = []
    for key, part in PARTS.items():
        known = periods[PART_PREFIX + key]
        is_on = held_value(known, today) != "off"
        held = [line for line in period_lines(PART_PREFIX + key, known, {}, today) if line.holds]
        lines.append(PartLine(key, part.name(language), part.meaning(language), is_on, tuple(held), versions[key]))
    return lines
