"""Days in every notation that files hold, and why others are refused."""

from datetime import date, datetime

import pytest

from opstap.exchange.logic.cells import Cell
from opstap.exchange.logic.values.dates import read_date, read_last_day

MAY = date(2010, 5, 24)


@pytest.mark.parametrize(
    "cell",
    [
        "24-05-2010", "24-5-2010", "24/05/2010", "24.05.2010", "2010-05-24", "2010/5/24", "20100524", "24052010",
        "24 mei 2010",
        "24-mei-2010", "24-05-2010 00:00:00", "2010-05-24T00:00:00", "24-05-2010 0:00", "40322", 40322, 40322.0,
        40322.75, 20100524, MAY, datetime(2010, 5, 24, 13, 5),  # noqa: DTZ001 (a cell has no time zone)
    ],
)  # fmt: skip
def test_reads(cell: Cell) -> None:
    assert read_date(cell) == (MAY, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31-02-2010", "date_impossible"),
        ("30-02-1970", "date_impossible"),
        ("2010-02-29", "date_impossible"),
        ("24-05-10", "date_two_digit_year"),
        ("24/5/'10", "date_two_digit_year"),
        ("24-mei-10", "date_two_digit_year"),
        ("2010", "date_only_year"),
        (2010, "date_only_year"),
        (2010.0, "date_only_year"),
        ("00-00-1970", "date_incomplete"),
        ("00-05-1970", "date_incomplete"),
        ("05-24-2010", "date_month_first"),
        ("01-01-0209", "date_out_of_range"),
        ("01-01-2999", "date_out_of_range"),
        ("mei 2010", "date_unreadable"),
        ("24-xyz-2010", "date_unreadable"),
        ("24-05-201", "date_unreadable"),
        ("60", "date_unreadable"),
        (60, "date_unreadable"),
        (0, "date_unreadable"),
        (60001, "date_unreadable"),
        (-3, "date_unreadable"),
        (float("nan"), "date_unreadable"),
        (True, "date_unreadable"),
        ("٢٤-٠٥-٢٠١٠", "date_unreadable"),
        ("²-5-2010", "date_unreadable"),
    ],
)
def test_refuses(cell: Cell, code: str) -> None:
    value, faults = read_date(cell)
    assert value is None
    assert [fault.code for fault in faults] == [code]


@pytest.mark.parametrize(("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))])
def test_serials_around_the_day_that_never_was(serial: int, day: date) -> None:
    assert read_date(serial).value == day


def test_says_what_could_be_meant() -> None:
    assert read_date("05-24-2010").faults[0].params["suggestion"] == "24-05-2010"
    assert dict(read_date("01-02-10").faults[0].params) == {"earlier": "1910", "later": "2010"}


@pytest.mark.parametrize("cell", ["31-12-9999", "9999-12-31", "99991231", "31-12-2999", date(9999, 12, 31), 2958465])
def test_no_end_leaves_a_period_open(cell: Cell) -> None:
    assert read_last_day(cell) == (None, ())


def test_other_last_days_are_days() -> None:
    assert read_last_day("24-05-2010").value == MAY
    assert read_last_day("29051931").value == date(1931, 5, 29)
