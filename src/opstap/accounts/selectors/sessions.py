"""Reads: where somebody is signed in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from opstap.accounts.models import Session, User
from opstap.foundation import dates

SOON = timedelta(minutes=2)  # before its end a page says so


def is_over(began_at: datetime, used_at: datetime, now: datetime) -> bool:
    """Whether a session has lasted too long, or nothing was done with it for too long."""
    return time_left(began_at, used_at, now) <= timedelta(0)


def time_left(began_at: datetime, used_at: datetime, now: datetime) -> timedelta:
    """How long a session lasts when nothing more is done with it."""
    idle, length = settings.OPSTAP_IDLE_LIMIT, settings.OPSTAP_SESSION_LENGTH
    return min(used_at + idle, began_at + length) - now


def can_stay(began_at: datetime, used_at: datetime) -> bool:
    """Whether doing something makes a session last longer: not where it ends because of how long ago it began."""
    idle, length = settings.OPSTAP_IDLE_LIMIT, settings.OPSTAP_SESSION_LENGTH
    return bool(used_at + idle + SOON <= began_at + length)


def sessions_of(user: User) -> list[Session]:
    """The sessions of somebody that are not over, the last used first."""
    now = dates.now()
    found = Session.objects.filter(
        user=user, used_at__gt=now - settings.OPSTAP_IDLE_LIMIT, began_at__gt=now - settings.OPSTAP_SESSION_LENGTH
    )
    return list(found.order_by("-used_at", "-began_at"))
