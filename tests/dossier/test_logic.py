"""The time on benefit."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.dossier.logic import Period, months_between, on_benefit_since

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("spells", "since"),
    [
        ([], None),
        ([(date(2020, 1, 1), None)], date(2020, 1, 1)),
        ([(date(2020, 1, 1), date(2021, 1, 1))], None),
        ([(date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 1, 31), None)], date(2020, 1, 1)),
        ([(date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 2, 1), None)], date(2021, 2, 1)),
        ([(date(2020, 1, 1), None), (date(2022, 1, 1), date(2023, 1, 1))], date(2020, 1, 1)),
        ([(date(2027, 1, 1), None)], None),
        ([(date(2020, 1, 1), TODAY)], None),
    ],
)
def test_a_gap_of_thirty_days_is_passed_over(spells: list[Period], since: date | None) -> None:
    assert on_benefit_since(spells, TODAY, 30) == since


def test_months_are_whole() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert months_between(date(2023, 9, 25), TODAY) == 38
