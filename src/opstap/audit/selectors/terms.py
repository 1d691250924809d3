"""Reads for the term of the log: whether anything is past it, and whether the clock that says so can be believed."""

from __future__ import annotations

from datetime import datetime, timedelta

from opstap.audit.models import Access

MONTH = timedelta(days=31)


def has_records_before(moment: datetime) -> bool:
    """Whether anything is older."""
    return Access.objects.filter(at__lt=moment).exists()


def was_written_last_month(now: datetime) -> bool:
    """Whether anything was written between two months and one month ago.

    Nothing was when a clock jumped ahead; then it takes a month of records with the new time before this is so. What
    is written since the jump proves nothing: those records have the time of the same clock.
    """
    return Access.objects.filter(at__gte=now - 2 * MONTH, at__lt=now - MONTH).exists()
