"""Text that is broken or shortened to fit, and round numbers on an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.foundation.charts.axes import ticks
from opstap.foundation.charts.texts import fitted, width_of


def test_a_short_text_stays_whole() -> None:
    found = fitted("Onbetaald werk", 15, 200, 2)
    assert (found.lines, found.shortened) == (("Onbetaald werk",), False)


def test_a_longer_text_is_wrapped_and_not_shortened() -> None:
    found = fitted("Deelname aan georganiseerde activiteiten", 15, 200, 2)
    assert len(found.lines) == 2
    assert (" ".join(found.lines), found.shortened) == ("Deelname aan georganiseerde activiteiten", False)


def test_what_does_not_fit_ends_in_three_dots() -> None:
    found = fitted("een twee drie vier vijf zes zeven acht negen tien", 15, 90, 2)
    assert found.shortened
    assert found.lines[-1].endswith("…")
    assert fitted("Onafgebrokenheidsvoorziening", 15, 90, 2).lines[0].endswith("…")


def test_no_text_gives_no_line() -> None:
    assert (fitted("  ", 15, 90, 2).lines, fitted("", 15, 90, 2).shortened) == ((), False)


@given(text=st.text(max_size=120), room=st.integers(20, 400), most=st.integers(1, 3), bold=st.booleans())
def test_no_line_is_ever_wider_than_its_room(text: str, room: int, most: int, bold: bool) -> None:
    found = fitted(text, 15, room, most, bold=bold)
    assert len(found.lines) <= most
    assert all(width_of(line, 15, bold=bold) <= room for line in found.lines)
    assert found.shortened == (" ".join(found.lines) != " ".join(text.split()))


@pytest.mark.parametrize(
    ("largest", "whole", "expected"),
    [
        (436, True, [0, 100, 200, 300, 400]),
        (3, True, [0, 1, 2, 3]),
        (1, True, [0, 1]),
        (0, True, [0]),
        (12, True, [0, 2, 4, 6, 8, 10, 12]),
        (0.3, False, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
        (1_000_000, True, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
    ],
)
def test_ticks_are_round(largest: float, whole: bool, expected: list[float]) -> None:
    assert ticks(largest, whole=whole) == pytest.approx(expected)


@given(largest=st.floats(0.001, 1e9), whole=st.booleans())
def test_there_are_never_many_ticks_and_none_beyond(largest: float, whole: bool) -> None:
    found = ticks(largest, whole=whole)
    assert 1 <= len(found) <= 7
    assert found[-1] <= largest * (1 + 1e-6)
