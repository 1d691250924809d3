"""Days as people type them within other words: `12-4-1988`, `12 apr 1988`, `12.04.88`, `1988-04-12`."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?!\d)")
_EIGHT_FIGURES = re.compile(r"[0-9]{8}")
_FIRST_YEAR = 1900
_WITH_NAME = re.compile(r"(?<!\d)(\d{1,2})[-/. ]*([^\W\d_]{3,9})\.?[-/. ]*(\d{4}|\d{2})(?!\d)", re.IGNORECASE)


def take_day(text: str, today: date) -> tuple[date | None, str]:
    """The first day in a text and the text without it; two figures for a year mean one that has been."""
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_WITH_NAME, "dmy"), (_DAY_FIRST, "dmy")):
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            day = _day(parts["y"], parts["m"], parts["d"], today)
            if day is not None:
                return day, f"{text[: found.start()]} {text[found.end() :]}".strip()
    return None, text


def day_in_figures(text: str, today: date) -> date | None:
    """The day that eight figures say: `12041988` or `19880412`; None when they say none that has been."""
    if not _EIGHT_FIGURES.fullmatch(text):
        return None
    for year, month, day in ((text[4:], text[2:4], text[:2]), (text[:4], text[4:6], text[6:])):
        found = _day(year, month, day, today) if int(year) >= _FIRST_YEAR else None
        if found is not None and found <= today:
            return found
    return None


def _day(year: str, month: str, day: str, today: date) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    full_year = int(year) if len(year) == 4 else _recent(int(year), today)
    try:
        return date(full_year, number, int(day))
    except ValueError:
        return None


def _recent(short: int, today: date) -> int:
    century = today.year - today.year % 100
    return century + short if century + short <= today.year else century - 100 + short
