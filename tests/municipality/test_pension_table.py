"""The shipped table of the state pension age: without a gap, as published, and a default after the last fixed year."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

ROOM: Final = Path(__file__).resolve().parents[2] / "src" / "opstap" / "municipality"
PENSION: Final[dict[str, Any]] = tomllib.loads((ROOM / "state_pension_age.toml").read_text(encoding="utf-8"))
PENSION_ROWS: Final[list[dict[str, Any]]] = PENSION["row"]
AGE_IN_YEAR: Final = {
    2013: (65, 1),
    2014: (65, 2),
    2015: (65, 3),
    2016: (65, 6),
    2017: (65, 9),
    2018: (66, 0),
    **dict.fromkeys(range(2019, 2022), (66, 4)),
    2022: (66, 7),
    2023: (66, 10),
    **dict.fromkeys(range(2024, 2028), (67, 0)),
    **dict.fromkeys(range(2028, 2032), (67, 3)),
}


def reached_on(born: date, row: dict[str, Any]) -> date:
    """The day of that age; the first of the next month where the day does not exist."""
    year, month = divmod(born.year * 12 + born.month - 1 + row["years"] * 12 + row["months"], 12)
    try:
        return date(year, month + 1, born.day)
    except ValueError:
        return date(year, month + 2, 1)


def row_of(born: date) -> dict[str, Any]:
    (row,) = [row for row in PENSION_ROWS if row.get("born_from", date.min) <= born < row.get("born_until", date.max)]
    return row


def test_the_table_says_that_it_is_a_default_and_where_it_comes_from() -> None:
    assert PENSION["is_default"] is True
    assert "Algemene Ouderdomswet" in PENSION["source"]
    for name in ("name", "description"):
        assert set(PENSION[name]) == {"nl", "en"}
        assert all(PENSION[name].values())


def test_ranges_of_birth_dates_leave_no_gap_and_are_open_at_both_ends() -> None:
    assert "born_from" not in PENSION_ROWS[0]
    assert "born_until" not in PENSION_ROWS[-1]
    for earlier, later in pairwise(PENSION_ROWS):
        assert earlier["born_until"] == later["born_from"]
    assert all(row["born_from"] < row["born_until"] for row in PENSION_ROWS[1:-1])


def test_the_age_never_falls() -> None:
    ages = [(row["years"], row["months"]) for row in PENSION_ROWS]
    assert ages == sorted(ages)
    assert all(0 <= months < 12 for _, months in ages)


def test_each_year_has_its_published_age_and_is_known_up_to_the_last_fixed_year() -> None:
    assert {row["reached_in"]: (row["years"], row["months"]) for row in PENSION_ROWS[1:-1]} == AGE_IN_YEAR
    assert max(AGE_IN_YEAR) == PENSION["fixed_until_year"]
    assert [row["fixed"] for row in PENSION_ROWS] == [True] * (len(PENSION_ROWS) - 1) + [False]


def test_everyone_reaches_the_age_in_the_year_it_holds_for() -> None:
    born = date(1947, 1, 1)
    while born < date(1964, 10, 1):
        row = row_of(born)
        year = reached_on(born, row).year
        assert year == row["reached_in"] if "reached_in" in row else year <= 2012, born
        born += timedelta(days=1)


def test_after_the_last_fixed_year_the_last_age_holds_for_the_time_being() -> None:
    row = row_of(date(1990, 5, 5))
    assert (row["years"], row["months"], row["fixed"]) == (67, 3, False)
    assert reached_on(date(1964, 10, 1), row) == date(2032, 1, 1)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(1947, 12, 31), (65, 0)),
        (date(1948, 1, 1), (65, 1)),
        (date(1953, 8, 31), (66, 4)),
        (date(1955, 9, 1), (66, 7)),
        (date(1956, 5, 31), (66, 7)),
        (date(1957, 2, 28), (66, 10)),
        (date(1957, 3, 1), (67, 0)),
        (date(1960, 12, 31), (67, 0)),
        (date(1961, 1, 1), (67, 3)),
    ],
)
def test_the_borders_fall_on_the_published_birth_dates(born: date, age: tuple[int, int]) -> None:
    row = row_of(born)
    assert (row["years"], row["months"]) == age
