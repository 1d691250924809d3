"""Working days: weekends and the public holidays of the Netherlands don't count."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.foundation.dates.working import easter_of, is_working_day, working_days_after


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2000, 4, 23)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_of(year) == date(year, month, day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 5), date(2026, 5, 14),
        date(2026, 5, 25), date(2026, 12, 25), date(2025, 4, 26), date(2026, 6, 13), date(2026, 6, 14),
    ],
)  # fmt: skip
def test_no_working_day(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 6, 10), date(2026, 6, 17)),
        (date(2026, 4, 2), date(2026, 4, 13)),
        (date(2026, 12, 24), date(2027, 1, 4)),
        (date(2026, 6, 13), date(2026, 6, 19)),
    ],
)
def test_five_working_days(day: date, after: date) -> None:
    assert working_days_after(day, 5) == after
