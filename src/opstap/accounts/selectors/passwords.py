"""Reads: how long a password that somebody was given may still be used for the first time."""

from __future__ import annotations

from datetime import timedelta

from opstap.accounts.models import User
from opstap.audit.selectors import last_done
from opstap.foundation import dates

GIVEN_FOR = timedelta(days=14)


def one_time_is_over(user: User) -> bool:
    """Whether a password for one time was given too long ago. One's own has no end."""
    if not user.must_change_password:
        return False
    given = last_done("set_password", user.reference)
    return given is not None and dates.now() - given.at > GIVEN_FOR
