"""Percentages: half-up from exact counts, empty on nothing, and the option that adds up to 100."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.shares import largest_remainder, share

PUBLISHED = [
    (107, 1166, 9), (436, 1166, 37), (285, 1166, 24), (125, 1166, 11), (183, 1166, 16), (26, 1166, 2), (4, 1166, 0),
    (48, 107, 45), (59, 107, 55), (186, 436, 43), (250, 436, 57), (86, 285, 30), (199, 285, 70), (49, 125, 39),
    (76, 125, 61), (68, 183, 37), (115, 183, 63), (437, 1136, 38), (699, 1136, 62),
]  # fmt: skip


@pytest.mark.parametrize(("part", "whole", "percent"), PUBLISHED)
def test_the_published_table_of_sneek(part: int, whole: int, percent: int) -> None:
    assert share(part, whole, 0) == percent


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "text"),
    [(1, 8, 0, "13"), (1, 8, 1, "12.5"), (1, 16, 1, "6.3"), (0, 7, 1, "0.0"), (7, 7, 2, "100.00"), (1, 3, 3, "33.333")],
)
def test_half_goes_up_and_decimals_are_kept(part: int, whole: int, decimals: int, text: str) -> None:
    assert str(share(part, whole, decimals)) == text


def test_nothing_observed_is_not_nought() -> None:
    assert share(0, 0) is None
    assert largest_remainder([0, 0]) == (None, None)
    assert largest_remainder([]) == ()


@pytest.mark.parametrize("numbers", [(-1, 5, 1), (1, -5, 1), (1, 5, -1)])
def test_negative_numbers_are_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="from 0 upwards"):
        share(*numbers)


def test_negative_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 upwards"):
        largest_remainder([3, -1])


def test_left_over_goes_to_the_largest_remainder_then_the_larger_then_the_earlier() -> None:
    assert largest_remainder([1, 1, 1]) == (Decimal("33.4"), Decimal("33.3"), Decimal("33.3"))
    assert largest_remainder([1, 2, 3, 0], 0) == tuple(map(Decimal, (17, 33, 50, 0)))
    assert largest_remainder([1, 3, 4], 0) == tuple(map(Decimal, (12, 38, 50)))


@given(st.integers(0, 10**30), st.integers(1, 10**30), st.integers(0, 4))
def test_share_is_the_nearest(part: int, whole: int, decimals: int) -> None:
    shown = share(part, whole, decimals)
    assert shown is not None
    error = Fraction(shown) - Fraction(100 * part, whole)
    half = Fraction(1, 2 * 10**decimals)
    assert -half < error <= half


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12).filter(any), st.integers(0, 3))
def test_largest_remainder_adds_up(parts: list[int], decimals: int) -> None:
    shown = largest_remainder(parts, decimals)
    assert sum(value for value in shown if value is not None) == 100
    for part, value in zip(parts, shown, strict=True):
        assert value is not None
        assert abs(Fraction(value) - Fraction(100 * part, sum(parts))) < Fraction(1, 10**decimals)
