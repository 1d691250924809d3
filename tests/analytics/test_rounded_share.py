"""The interval of a share of rounded numbers holds every count that is shown so; where one is hidden there is none."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from opstap.analytics.disclosure import Rules
from opstap.analytics.uncertainty import Rounded, rounded_share

RULES = Rules(10)


def cell(shown: int) -> Rounded:
    return Rounded(shown, *RULES.behind(shown))


cells = st.lists(st.integers(2, 9).map(lambda fives: cell(5 * fives)), min_size=1, max_size=2)


@given(cells, cells)
def test_whatever_the_counts_are_their_share_lies_in_the_interval(part: list[Rounded], rest: list[Rounded]) -> None:
    found = rounded_share(part, rest)
    assert found is not None
    truths = [
        sum(has) / (sum(has) + sum(others))
        for has in product(*({one.least, one.most} for one in part))
        for others in product(*({one.least, one.most} for one in rest))
    ]
    assert (found.low, found.high) == pytest.approx((min(truths), max(truths)))


@given(cells, cells)
def test_where_it_is_not_known_of_all_it_holds_the_interval_of_wilson_of_every_count(
    part: list[Rounded], rest: list[Rounded]
) -> None:
    found = rounded_share(part, rest, [cell(20)])
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    least, most = (
        [sum(getattr(one, end) for one in side) for side in (part, rest)] for end in ("least", "most")
    )  # fmt: skip
    for has, others in product((least[0], most[0]), (least[1], most[1])):
        low, high = proportion_confint(has, has + others, method="wilson")
        assert found.low <= low + 1e-12
        assert found.high >= high - 1e-12
    ends = proportion_confint(least[0], least[0] + most[1], method="wilson")
    assert found.low == pytest.approx(ends[0]), "and is no wider than that takes"


def test_by_hand_and_of_all() -> None:
    found = rounded_share([cell(40)], [cell(60)])
    assert found is not None
    assert found.share(0) == 40
    assert found.bounds(1) == (Decimal("38.0"), Decimal("42.0"))  # 38 of 38 + 62, and 42 of 42 + 58
    assert found.coverage(0) == 100
    partly = rounded_share([cell(40)], [cell(60)], [cell(25)])
    assert partly is not None
    assert partly.coverage(0) == 80
    assert partly.bounds() == (Decimal(29), Decimal(52))


def test_a_cell_at_the_threshold_holds_no_fewer_than_that() -> None:
    found = rounded_share([cell(10)], [cell(10)])
    assert found is not None
    assert found.bounds(1) == (Decimal("45.4"), Decimal("54.6"))  # 10 of 22, and 12 of 22


def test_of_what_is_hidden_no_share_follows_but_who_lacks_may_be_hidden() -> None:
    assert rounded_share([None], [cell(60)]) is None
    assert rounded_share([cell(40)], [cell(60), None]) is None
    found = rounded_share([cell(40)], [cell(60)], [None])
    assert found is not None
    assert found.bounds() == (Decimal(29), Decimal(52)), "somebody may lack"
    nobody = rounded_share([], [])
    assert nobody is not None
    assert nobody.share() is None
