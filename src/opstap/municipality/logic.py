"""The settings a municipality can change, and the state pension age by birth date: pure values and functions."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SettingDefinition:
    """One setting: its key, default and meaning."""

    key: str
    default: int | str
    meaning: str


SETTINGS: dict[str, SettingDefinition] = {
    definition.key: definition
    for definition in (
        SettingDefinition("default_scale", "vng", "Scale that reports and imports take when none is named."),
        SettingDefinition("benefit_gap_days", 30, "Gap in days over which the duration on benefit continues (C-04)."),
        SettingDefinition("large_change_share", 10, "Import halts when more than this share of clients changes (%)."),
        SettingDefinition("large_change_clients", 25, "Import halts only from this number of changed clients on."),
        SettingDefinition("staging_days", 30, "Days after which staged import rows are emptied."),
    )
}


@dataclass(frozen=True)
class PensionAge:
    """State pension age for people born in a half-open range of days (None: open)."""

    born_from: date | None
    born_until: date | None
    years: int
    months: int


def pension_day(born: date, table: Sequence[PensionAge]) -> date | None:
    """The day someone reaches state pension age, or None when the table does not cover the birth date."""
    for row in table:
        if (row.born_from is None or born >= row.born_from) and (row.born_until is None or born < row.born_until):
            return _plus_months(born, row.years * 12 + row.months)
    return None


def _plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day > monthrange(year, month + 1)[1]:  # a day the month does not have is reached on the first of the next
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
    return date(year, month + 1, day.day)
