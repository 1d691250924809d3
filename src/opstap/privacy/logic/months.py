"""The days of one person cut to their months, in so far as reports tell days of a month apart. Not here: which rows.

Reports at the ends of months ask of days within a month two things: whether something was before follow-up began or
ended or not, and whether somebody was back within so many days. The days that are said instead are the earliest of
which both are so, in the same months: they follow from these answers, and tell nothing else (decision 72).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

Spell = tuple[date, date]
OPEN = date.max  # the end of what has not ended
A_DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """The first day of the month: the ends of months tell no earlier day of it apart."""
    return day if day == OPEN else day.replace(day=1)


@dataclass(frozen=True)
class Months:
    """The days on which follow-up began or ended, in order, and what is said instead of each."""

    days: Sequence[date]
    said: Sequence[date]

    def cut(self, day: date) -> date:
        """The first day of its month, or what is said of the last day up to it, in that month, on which follow-up began
        or ended.
        """
        place = bisect_right(self.days, day) - 1
        is_after = place >= 0 and month_of(self.days[place]) == month_of(day)
        return self.said[place] if is_after else month_of(day)


def months_of(follow_ups: Collection[Spell], others: Collection[date], gap_days: int) -> Months:
    """Of half-open spells and the days of what else is asked to be before or after. Who is back within `gap_days` days
    went on.
    """
    days = sorted({day for spell in follow_ups for day in spell} - {OPEN})
    said = {day: month_of(day) for day in days}
    for day in days:
        if any(month_of(day) <= other < day for other in others):
            said[day] += A_DAY
    apart = [(day, later, A_DAY) for day, later in pairwise(days) if month_of(day) == month_of(later)]
    apart += _gaps(follow_ups, gap_days)
    moved = True
    while moved:  # never beyond the days themselves, which are as far apart as is asked
        moved = False
        for day, later, least in apart:
            if said[later] < said[day] + least:
                said[later], moved = said[day] + least, True
    return Months(days, [said[day] for day in days])


def _gaps(follow_ups: Collection[Spell], gap_days: int) -> list[tuple[date, date, timedelta]]:
    """How far the second day comes after the first at least; of who was back in time the end, less so many days."""
    found, reach = [], None
    for starts_on, ends_on in sorted(follow_ups):
        if reach is not None and starts_on > reach:
            if (starts_on - reach).days > gap_days:
                found.append((reach, starts_on, timedelta(days=gap_days + 1)))
            else:
                found.append((starts_on, reach, timedelta(days=-gap_days)))
        reach = ends_on if reach is None else max(reach, ends_on)
    return found
