"""The six years of the town: when things become known, and days counted back from the last one."""

from __future__ import annotations

from calendar import monthrange
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from opstap.foundation.dates import AMSTERDAM, clock_at, years_before

HISTORY_YEARS = 6
EARLIEST_UNTIL = date(2021, 1, 1)  # the Participatiewet, from which the codes are taken, is in force for six years


@dataclass(frozen=True)
class Span:
    """The years in which the town is recorded; what began earlier is taken over on the first day."""

    until: date

    @property
    def start(self) -> date:
        """The first day of recording."""
        return years_before(self.until, HISTORY_YEARS)

    def months_ago(self, months: int) -> date:
        """The day so many months before the last."""
        return plus_months(self.until, -months)


def plus_months(day: date, months: int) -> date:
    """The same day in another month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def recording_days(span: Span) -> list[date]:
    """The first day, the end of each month, and the last day: on each, what was learnt since is recorded."""
    days = [span.start]
    month_end = _month_end(span.start)
    while month_end < span.until:
        if month_end > span.start:
            days.append(month_end)
        month_end = _month_end(month_end + timedelta(days=1))
    return [*days, span.until]


def moment_of(day: date, span: Span) -> datetime:
    """When a recording day's recording is made: in the afternoon; on the last day just after midnight.

    So the town's last recording lies before whatever is recorded in it by hand that day.
    """
    hour = time(0, 1) if day == span.until else time(17)
    return datetime.combine(day, hour, AMSTERDAM).astimezone(UTC)


def before_history(span: Span) -> AbstractContextManager[None]:
    """The clock on the eve of the first day: for the code lists and scales, which must not be recorded after it."""
    return clock_at(datetime.combine(span.start, time(9), AMSTERDAM))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
