"""A difference and a change with their intervals: as statsmodels has them, exact where all is known, and honest."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep

from opstap.analytics.uncertainty import Answers, apart, change, difference, estimated

counts = st.integers(1, 200).flatmap(lambda known: st.tuples(st.integers(0, known), st.just(known)))


@settings(deadline=None, max_examples=60)
@given(counts, counts)
def test_of_two_groups_it_is_the_interval_of_newcombe(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = estimated([(*one, one[1] + 1), (*other, other[1] + 1)])
    found = difference(first, second)
    wanted = confint_proportions_2indep(second.part, second.known, first.part, first.known, method="newcomb")
    assert (found.low, found.high) == pytest.approx(wanted, abs=1e-9)


def test_between_two_complete_groups_there_is_nothing_to_estimate() -> None:
    found = difference(*estimated([(1, 4, 4), (1, 2, 2)]))
    assert (found.found, found.low, found.high, found.sign) == (0.25, 0.25, 0.25, 1)
    assert difference(*estimated([(1, 2, 2), (1, 2, 2)])).sign == 0


def test_one_person_of_many_is_no_difference_with_nobody_of_few() -> None:
    """Also where all is known: the share of one of the two is exact, and chance makes as much of it."""
    for whole in (305, 1000):
        some, nobody = estimated([(1, 305, whole), (0, 40, 40)])
        found = apart(some, nobody)
        assert found.found == pytest.approx(-1 / 305)
        assert found.sign == 0
    many, few, nothing, half = estimated([(241, 1000, 1000), (4, 200, 200), (0, 0, 5), (1, 2, 2)])
    assert apart(many, few).sign == -1
    assert apart(nothing, half).found is None


@settings(deadline=None, max_examples=60)
@given(counts, counts, st.integers(1, 9))
def test_what_was_looked_for_among_more_is_judged_as_statsmodels_does_at_that_level(
    one: tuple[int, int], other: tuple[int, int], comparisons: int
) -> None:
    first, second = estimated([(*one, one[1]), (*other, other[1])])
    found = apart(first, second, comparisons)
    wanted = confint_proportions_2indep(other[0], other[1], one[0], one[1], method="newcomb", alpha=0.05 / comparisons)
    assert (found.low, found.high) == pytest.approx(wanted, abs=1e-9)


def test_a_change_among_more_has_the_interval_of_one_at_that_level() -> None:
    """Of many the interval is that of the normal distribution, at 95 % divided over as many comparisons."""
    answers = Answers(both=20000, first=9000, second=8000, neither=30000)
    known = answers.known
    for comparisons in (1, 3, 9):
        found = change(answers, known + 1, comparisons)
        spread = float(norm.isf(0.025 / comparisons)) * sqrt(9000 + 8000 - 1000**2 / known) / known
        assert (found.low, found.high) == pytest.approx((-1000 / known - spread, -1000 / known + spread), abs=1e-5)
    assert change(answers, known, 3) == change(answers, known)  # of which all is known nothing is estimated


def test_of_nobody_nothing_is_said() -> None:
    assert difference(*estimated([(0, 0, 5), (1, 2, 2)])).found is None
    assert change(Answers(0, 0, 0, 0), 5).sign == 0


def test_a_change_of_which_all_is_known_is_exact() -> None:
    found = change(Answers(both=2, first=3, second=1, neither=4), 10)
    assert (found.found, found.low, found.high) == pytest.approx((-0.2, -0.2, -0.2))
    assert found.sign == -1


def test_of_many_it_is_close_to_the_normal_interval() -> None:
    answers = Answers(both=20000, first=9000, second=8000, neither=30000)
    known = answers.known
    found = change(answers, known + 1)
    spread = 1.959964 * sqrt(9000 + 8000 - 1000**2 / known) / known
    assert (found.low, found.high) == pytest.approx((-1000 / known - spread, -1000 / known + spread), abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(st.tuples(*[st.integers(0, 30)] * 4), st.integers(1, 50))
def test_the_other_way_round_it_is_the_same_change_with_the_other_sign(
    given_answers: tuple[int, int, int, int], unknown: int
) -> None:
    both, first, second, neither = given_answers
    whole = sum(given_answers) + unknown
    there = change(Answers(both, first, second, neither), whole)
    back = change(Answers(both, second, first, neither), whole)
    if there.found is None or there.low is None or there.high is None:
        assert back.found is None
        return
    assert (back.found, back.low, back.high) == pytest.approx((-there.found, -there.high, -there.low), abs=1e-9)
    assert there.low <= there.found <= there.high
    assert there.low >= -1
    assert there.high <= 1
