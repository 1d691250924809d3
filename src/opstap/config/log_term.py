"""How many years the access log and the processing log are kept, as an installation says it."""

from __future__ import annotations

DEFAULT_YEARS, LEAST, MOST = 5, 1, 50


class NoTermOfLog(ValueError):
    """It can't be read as a number of years."""


def years_of_log(given: str) -> int:
    """Five years when it is empty. NoTermOfLog when it is no whole number from 1 to 50."""
    if not given.strip():
        return DEFAULT_YEARS
    if not (given.strip().isdecimal() and LEAST <= int(given) <= MOST):
        message = f"OPSTAP_LOG_YEARS can't be read: write a whole number of years from {LEAST} to {MOST}"
        raise NoTermOfLog(message)
    return int(given)
