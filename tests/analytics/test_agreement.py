"""Weighted kappa: by hand, equal to statsmodels and to the plain formula, and silent where it would say too much."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from opstap.analytics.uncertainty import FEWEST_PAIRS, agreement

Pairs = list[tuple[int, int]]


def pairs_of(*rows: tuple[int, ...]) -> Pairs:
    """A square table of counts, the first placement down and the second across."""
    return [(first, second) for first, row in enumerate(rows) for second, count in enumerate(row) for _ in range(count)]


def plain_kappa(pairs: Pairs) -> Fraction:
    """One minus the distance there is over the distance that chance would give."""
    firsts, seconds, count = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs), len(pairs)
    distance = Fraction(sum(abs(a - b) for a, b in pairs), count)
    by_chance = Fraction(sum(abs(a - b) * n * m for a, n in firsts.items() for b, m in seconds.items()), count**2)
    return 1 - distance / by_chance


def test_three_levels_by_hand() -> None:
    # Four of twenty one level apart: 4/20. By chance 350/400: so 1 - (1/5) / (7/8).
    found = agreement(pairs_of((5, 1, 0), (1, 5, 1), (0, 1, 6)), 3)
    assert found.kappa == pytest.approx(27 / 35)
    assert (found.pairs, found.same, found.next_to, found.further) == (20, 16, 4, 0)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 27 / 35 < found.high


def test_as_often_as_chance_is_nought_and_less_often_is_below_it() -> None:
    by_chance = agreement(pairs_of((5, 5), (5, 5)), 2)
    assert by_chance.kappa == pytest.approx(0)
    assert agreement(pairs_of((1, 9), (9, 1)), 2).kappa == pytest.approx(-0.8)
    assert agreement(pairs_of((0, 7), (7, 0)), 2).kappa == pytest.approx(-1)


def test_a_level_in_between_where_nobody_stands_still_makes_the_distance() -> None:
    near, far = pairs_of((6, 2, 0), (2, 6, 0), (0, 0, 4)), pairs_of((6, 0, 2), (0, 4, 0), (2, 0, 6))
    assert plain_kappa(far) < plain_kappa(near)
    assert agreement(far, 3).kappa == pytest.approx(float(plain_kappa(far)))


places = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=FEWEST_PAIRS, max_size=60)


@given(places)
def test_it_is_that_of_statsmodels_and_of_the_plain_formula(pairs: Pairs) -> None:
    found = agreement(pairs, 6)
    assert found.same + found.next_to + found.further == found.pairs == len(pairs)
    if 1 in {len({first for first, _second in pairs}), len({second for _first, second in pairs})}:
        assert found.kappa is None
        return
    assert found.kappa == pytest.approx(float(plain_kappa(pairs)))
    if found.same == len(pairs):
        assert (found.kappa, found.error, found.low) == (1.0, None, None)
        return
    table = [[pairs.count((first, second)) for second in range(6)] for first in range(6)]
    others = cohens_kappa(table, wt="linear")
    assert (found.kappa, found.error) == pytest.approx((others.kappa, others.std_kappa))
    assert found.low == pytest.approx(max(-1.0, others.kappa_low))
    assert found.high == pytest.approx(min(1.0, others.kappa_upp))


def test_of_too_few_pairs_there_is_no_kappa_but_they_are_counted() -> None:
    few = agreement([(0, 1)] * (FEWEST_PAIRS - 1), 3)
    assert few.is_small
    assert (few.kappa, few.low, few.next_to) == (None, None, FEWEST_PAIRS - 1)
    assert not agreement([(0, 1)] * FEWEST_PAIRS, 3).is_small
    assert agreement([(0, 1)] * FEWEST_PAIRS, 3).kappa is None
    assert agreement([], 2).pairs == 0


def test_where_all_agree_it_is_one_without_an_interval_unless_all_stand_on_one_level() -> None:
    agreed = agreement(pairs_of((8, 0), (0, 8)), 2)
    assert (agreed.kappa, agreed.error, agreed.low, agreed.high) == (1.0, None, None, None)
    assert agreement([(1, 1)] * 20, 3).kappa is None


@pytest.mark.parametrize(("pairs", "levels"), [([(0, 3)], 3), ([(-1, 0)], 3), ([], 1)])
def test_what_is_not_on_the_scale_is_refused(pairs: Pairs, levels: int) -> None:
    with pytest.raises(ValueError, match=r"levels"):
        agreement(pairs, levels)
