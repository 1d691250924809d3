"""Days in Amsterdam, moments in UTC, ages to the day, and a clock that can be set."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.foundation.dates import (
    age_on,
    clock_at,
    end_of_day,
    now,
    parse_day,
    parse_moment,
    today,
    years_before,
)

birth_dates = st.dates(date(1930, 1, 1), date(2010, 12, 31))
days = st.dates(date(2011, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_amsterdam_winter_and_summer(moment: datetime, day: date) -> None:
    with clock_at(moment):
        assert today() == day


def test_the_clock_is_set_for_as_long_as_asked_and_speaks_utc() -> None:
    moment = datetime(2020, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    with clock_at(moment):
        assert now() == moment
        assert now().utcoffset() == timedelta(0)
        with clock_at(datetime(2021, 1, 1, tzinfo=UTC)):
            assert today() == date(2021, 1, 1)
        assert now() == moment
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_clock_is_given_back_after_a_failure() -> None:
    with pytest.raises(RuntimeError), clock_at(datetime(2020, 5, 1, tzinfo=UTC)):
        raise RuntimeError
    assert now().year > 2020


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2010-09-15", datetime(2010, 9, 15, 21, 59, 59, 999999, tzinfo=UTC)),
        ("2026-01-15 ", datetime(2026, 1, 15, 22, 59, 59, 999999, tzinfo=UTC)),
        ("2026-03-29", datetime(2026, 3, 29, 21, 59, 59, 999999, tzinfo=UTC)),
        ("2026-01-15T12:00", datetime(2026, 1, 15, 11, 0, tzinfo=UTC)),
        ("2026-07-15 12:00:30", datetime(2026, 7, 15, 10, 0, 30, tzinfo=UTC)),
        ("2026-07-15T12:00+00:00", datetime(2026, 7, 15, 12, 0, tzinfo=UTC)),
    ],
)
def test_a_date_as_a_moment_is_its_last_in_amsterdam(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(("text", "day"), [("2010-09-15", date(2010, 9, 15)), (" 15-09-2010 ", date(2010, 9, 15))])
def test_days_are_read_both_ways(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["", "31-02-2020", "2020-02-31", "15/09/2010", "gisteren", "09-2010"])
def test_what_is_no_day_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        parse_day(text)


@given(days)
def test_a_day_ends_where_the_next_begins(day: date) -> None:
    with clock_at(end_of_day(day)):
        assert today() == day + timedelta(days=1)
    with clock_at(end_of_day(day) - timedelta(microseconds=1)):
        assert today() == day


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 6, 15), date(2026, 6, 14), 25),
        (date(2000, 6, 15), date(2026, 6, 15), 26),
    ],
)
def test_age_changes_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(birth_dates, st.one_of(days, st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2023, 3, 1)])))
def test_who_was_born_after_the_day_so_many_years_before_is_younger(born: date, day: date) -> None:
    for years in (1, 27, 45, 67):
        assert (born > years_before(day, years)) == (age_on(born, day) < years)


def test_on_a_leap_day_who_was_born_on_the_first_of_march_has_yet_to_have_a_birthday() -> None:
    born = date(1997, 3, 1)
    assert age_on(born, date(2024, 2, 29)) == 26
    assert born > years_before(date(2024, 2, 29), 27)
