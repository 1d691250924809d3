"""Days in Europe/Amsterdam, moments in UTC, and the clock that operations take their moment from."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)  # days that people mean; beyond them a typing mistake

_set_moment: ContextVar[datetime | None] = ContextVar("_set_moment", default=None)


def now() -> datetime:
    """The moment of now in UTC, or the moment the demo set."""
    return _set_moment.get() or datetime.now(UTC)


def today() -> date:
    """The day of now as people in Amsterdam see it."""
    return now().astimezone(AMSTERDAM).date()


def end_of_day(day: date) -> datetime:
    """The first moment after the day, in UTC: "known at" a date means the end of that day in Amsterdam."""
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM).astimezone(UTC)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Set the clock. Only `demo` and tests may: an architecture test holds this."""
    token = _set_moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_moment.reset(token)


def parse_moment(text: str) -> datetime:
    """Read a date (the last moment of that day in Amsterdam) or an ISO moment (Amsterdam when no zone is given)."""
    text = text.strip()
    if ":" not in text:
        return end_of_day(parse_day(text)) - timedelta(microseconds=1)
    moment = datetime.fromisoformat(text)
    _plausible(moment.date())
    return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)


def parse_day(text: str) -> date:
    """Read `2010-09-15` or `15-09-2010`. ValueError for anything else, and for days before 1900 or from 2200 on."""
    text = text.strip()
    if len(text) == len("2010-09-15") and text[2] == "-":
        return _plausible(datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=AMSTERDAM).date())
    return _plausible(date.fromisoformat(text))


def _plausible(day: date) -> date:
    if not FIRST_DAY <= day < LAST_DAY:
        message = f"{day} is not a day that people mean"
        raise ValueError(message)
    return day


def years_before(day: date, years: int) -> date:
    """The same day a number of years earlier; 29 February becomes 28 February.

    So whoever was born after it has not had that many birthdays yet, on a leap day too.
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def months_before(day: date, months: int) -> date:
    """The same day a number of months earlier, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
