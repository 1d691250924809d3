"""Days as people type them, alone and within other words."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.foundation.dates.typed import take_day

TODAY = date(2026, 6, 30)
BORN = date(1988, 4, 12)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("12-4-1988", BORN, ""),
        ("12-04-1988", BORN, ""),
        ("12/4/88", BORN, ""),
        ("12.04.1988", BORN, ""),
        ("12 4 1988", BORN, ""),
        ("1988-04-12", BORN, ""),
        ("12 apr 1988", BORN, ""),
        ("12 april 1988", BORN, ""),
        ("12apr88", BORN, ""),
        ("bakker 12-4-1988 anna", BORN, "bakker   anna"),
        ("3 mei 05", date(2005, 5, 3), ""),
        ("31-2-1988", None, "31-2-1988"),
        ("40213", None, "40213"),
        ("12 bakker 1988", None, "12 bakker 1988"),
        ("", None, ""),
    ],
)
def test_a_day_is_taken_out_of_what_was_typed(text: str, day: date | None, rest: str) -> None:
    assert take_day(text, TODAY) == (day, rest)
