"""Working days in the Netherlands: no weekend, and no day that the government counts as a public holiday."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6


def is_working_day(day: date) -> bool:
    """Whether offices work on the day."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The day on which so many working days have passed since."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year (Algemene termijnenwet, art. 3). King's Day moves to Saturday from a Sunday."""
    easter = easter_of(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == SUNDAY:
        kings_day -= timedelta(days=1)
    moving = (easter + timedelta(days=after) for after in (-2, 1, 39, 50))
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    return frozenset((*moving, *fixed))


def easter_of(year: int) -> date:
    """Easter Sunday by the Gregorian rule (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    later = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * later + 114, 31)
    return date(year, month, day + 1)
