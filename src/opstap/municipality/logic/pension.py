"""The state pension age by birth date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


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


def last_birth_with_pension(day: date, table: Sequence[PensionAge]) -> date | None:
    """The last birth date of those who have reached state pension age by the day; None when nobody has."""
    reached = []
    for row in table:
        born = _minus_months(day, row.years * 12 + row.months)
        if row.born_until is not None:
            born = min(born, row.born_until - timedelta(days=1))
        if row.born_from is None or row.born_from <= born:
            reached.append(born)
    return max(reached, default=None)


def _minus_months(day: date, months: int) -> date:
    """The last birth date from which the months have passed on the day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day > monthrange(year, month + 1)[1]:  # a day the month does not have is reached on the first of the next
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
    return date(year, month + 1, day.day)
