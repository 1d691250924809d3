"""Pure functions on plain values of one client. Free of Django; the day of today is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

Period = tuple[date, date | None]


def on_benefit_since(spells: Iterable[Period], today: date, gap_days: int) -> date | None:
    """Since when someone is on benefit without a break; a gap of at most so many days is none (C-04).

    None when no spell holds today.
    """
    known = sorted((start, end or date.max) for start, end in spells if start <= today)
    since: date | None = None
    until = date.min
    for start, end in known:
        if since is None or start > _later(until, gap_days):
            since = start
        until = max(until, end)
    return since if since is not None and until > today else None


def _later(day: date, days: int) -> date:
    return date.max if date.max - day <= timedelta(days=days) else day + timedelta(days=days)


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def divided(clients: Sequence[int], among: int) -> list[list[int]]:
    """Dealt out one by one, so that the parts differ by one at most."""
    return [list(clients[place::among]) for place in range(among)]
