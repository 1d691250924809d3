"""Intervals equal those of others, are said to be exact only when they are, and promise no more than they hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from opstap.analytics.uncertainty import SMALL, Estimate, drawn, estimated


def one(part: int, known: int, whole: int) -> Estimate:
    (found,) = estimated([(part, known, whole)])
    return found


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500)), max_size=12))
def test_each_interval_is_that_of_scipy_and_of_statsmodels(given_counts: list[tuple[int, int, int]]) -> None:
    groups = [(part, part + others, part + others + lacking) for part, others, lacking in given_counts]
    for (part, known, _whole), found in zip(groups, estimated(groups), strict=True):
        if not known:
            assert found.low is None
            continue
        ends = binomtest(part, known).proportion_ci(confidence_level=0.95, method="wilson")
        assert (found.low, found.high) == pytest.approx((float(ends.low), float(ends.high)), abs=1e-12)
        others = proportion_confint(part, known, alpha=1 - 0.95, method="wilson")
        assert (found.low, found.high) == tuple(map(float, others)), "to the last digit"


def test_what_is_known_of_everybody_is_exact_and_carries_no_interval() -> None:
    found = one(59, 107, 107)
    assert found.is_exact
    assert found.bounds() is None
    assert found.share() == Decimal("55.1")
    assert found.coverage() == Decimal("100.0")


def test_the_ends_are_rounded_outward() -> None:
    found = one(45, 100, 140)
    assert found.low == pytest.approx(0.35614, abs=5e-5)
    assert found.bounds() == (Decimal(35), Decimal(55))
    assert found.bounds(1) == (Decimal("35.6"), Decimal("54.8"))
    assert found.coverage(0) == Decimal(71)


def test_nobody_and_everybody_of_a_few_reach_the_ends_and_no_further() -> None:
    assert one(0, 5, 9).bounds() == (Decimal(0), Decimal(44))
    assert one(5, 5, 9).bounds() == (Decimal(56), Decimal(100))
    assert one(0, 0, 9).bounds() is None
    assert one(0, 0, 9).share() is None
    assert not one(0, 0, 9).is_exact


def test_a_small_group_is_one_of_whom_little_is_known() -> None:
    assert one(3, SMALL - 1, 400).is_small
    assert not one(3, SMALL, 400).is_small


@pytest.mark.parametrize("counts", [(3, 2, 9), (-1, 2, 9), (1, 10, 9)])
def test_counts_that_are_no_share_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        one(*counts)


def test_a_complete_group_may_be_taken_for_a_draw() -> None:
    found = drawn(2, 4)
    assert (found.low, found.high) == pytest.approx((0.1500, 0.8500), abs=5e-5)
    assert found.is_exact
    assert (drawn(0, 0).low, drawn(0, 0).known) == (None, 0)
    with pytest.raises(ValueError, match="5 of 4 persons is no share"):
        drawn(5, 4)


@given(*(st.integers(0, 30) for _ in range(3)), st.integers(1, 30))
def test_with_others_it_lies_between_none_and_all_of_them(part: int, others: int, lacking: int, beyond: int) -> None:
    known, whole = part + others, part + others + lacking
    (found,) = estimated([(part, known, whole, beyond)])
    everybody = whole + beyond
    assert (found.whole, found.known, found.beyond, found.share()) == (everybody, known, beyond, None)
    alone = one(part, known, whole)
    likely = (part / known, part / known) if known and not lacking else (alone.low or 0.0, alone.high or 1.0)
    # Whatever the others are like, and however many of them have it.
    possible = [(share * whole + having) / everybody for share in likely for having in range(beyond + 1)]
    assert (found.low, found.high) == pytest.approx((min(possible), max(possible)), abs=1e-12)


def test_others_that_are_less_than_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="is no share"):
        estimated([(1, 2, 3, -1)])
