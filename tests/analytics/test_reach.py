"""How far was expected beside how far it came: every way on a scale, means and intervals as others reckon them."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import ttest_1samp
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from opstap.analytics.levels import ScaleLevel
from opstap.analytics.transitions import NOTHING, GrowthJudge, Judge, Reach, Steps
from opstap.analytics.uncertainty import Apart, beside, mean_of
from tests.analytics.frames import RUNGS, VNG
from tests.analytics.test_crosswalks import NOWHERE, OTHER, OTHER_RUNGS
from tests.reference import naive
from tests.reference.naive_realised import place, steps
from tests.reference.rows import Rung

SCALES = (
    (VNG, RUNGS, False),
    (VNG, RUNGS, True),
    ((*OTHER, NOWHERE), (*OTHER_RUNGS, naive.NOWHERE), False),
    ((*OTHER, NOWHERE), (*OTHER_RUNGS, naive.NOWHERE), True),
)
values = st.dictionaries(st.integers(-5, 5), st.integers(1, 30), min_size=2, max_size=6)


def spread(given_values: dict[int, int]) -> dict[Fraction, int]:
    return {Fraction(value): persons for value, persons in given_values.items()}


def each(given_values: dict[int, int]) -> list[int]:
    return [value for value, persons in given_values.items() for _person in range(persons)]


@pytest.mark.parametrize(("levels", "rungs", "halves"), SCALES)
def test_every_way_is_as_many_steps_as_plain_python_says(
    levels: tuple[ScaleLevel, ...], rungs: tuple[Rung, ...], halves: bool
) -> None:
    judge = GrowthJudge(Judge(levels, ordered=True, halves_count=halves))
    orders, places = {one.id: one.order for one in levels}, {
        one.id: place(one, rungs, halves=halves) for one in rungs if one.whole != "0" and one != naive.NOWHERE
    }  # fmt: skip
    wholes = {one.code: one for one in levels if one.parent_code is None}
    met: Counter[str] = Counter()
    for before, expected, came in product(rungs, (None, *rungs), (None, *rungs)):
        if not before.grows or (came is not None and came.id not in places):
            continue
        best = NOTHING
        if came is not None:
            best = orders[came.id] if halves else wholes[came.whole].order
        found = judge.steps(before.id, NOTHING if expected is None else expected.id, best)
        wanted = steps(
            place(before, rungs, halves=halves),
            expected,
            None if came is None else places[came.id],
            rungs,
            halves=halves,
        )
        assert f"steps {found.expected} {found.reached}" == wanted
        met[wanted] += 1
    assert len(met) > 5


def test_a_half_is_a_half_where_these_count_and_nothing_where_they_do_not() -> None:
    ids = {one.code: one for one in VNG}
    for halves, wanted in ((True, Steps(Fraction(1, 2), Fraction(1))), (False, Steps(None, None))):
        judge = GrowthJudge(Judge(VNG, ordered=True, halves_count=halves))
        assert judge.steps(ids["2-"].id, ids["2+"].id, ids["3"].order) == wanted


def test_everyone_with_growth_potential_is_in_one_of_five() -> None:
    one, two = Fraction(1), Fraction(2)
    reach = Reach({
        "1": {Steps(None, None): 3, Steps(two, None): 4, Steps(two, one): 5, Steps(two, two): 6},
        "2": {Steps(one, two): 7, Steps(one, -one): 1},
    })  # fmt: skip
    assert (reach.clients, reach.aimless, reach.aimed, reach.not_known, reach.known) == (26, 3, 23, 4, 19)
    assert (reach.less_far, reach.as_far, reach.further) == (6, 6, 7)
    assert [reach.expected, reach.reached] == [5 * 2 + 6 * 2 + 7 + 1, 5 + 6 * 2 + 7 * 2 - 1]
    assert reach.apart() == {"1": {-1: 5, 0: 6}, "2": {1: 7, -2: 1}}


@given(values, st.integers(1, 40))
def test_the_interval_of_a_mean_is_that_of_scipy(given_values: dict[int, int], lacking: int) -> None:
    people = each(given_values)
    found = mean_of(spread(given_values), len(people) + lacking)
    ends = ttest_1samp(people, 0).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((ends.low, ends.high))
    assert found.found == Fraction(sum(people), len(people))


def test_of_everybody_it_is_exact_and_of_who_are_alike_nothing_is_known_of_the_others() -> None:
    assert mean_of({Fraction(1): 4, Fraction(0): 4}, 8).low is None
    assert mean_of({Fraction(1): 4}, 8).low is None
    assert mean_of({}, 8).found is None


def test_with_others_who_need_not_be_alike_there_are_ends_alone() -> None:
    found = mean_of({Fraction(-1): 8}, 8, beyond=2, furthest=Fraction(5))
    assert (found.found, found.low, found.high) == (None, -1.8, 0.2)
    assert (found.known, found.whole) == (8, 10)


@pytest.mark.parametrize(("known", "low", "high"), [(3, -143 / 31, 137 / 31), (1, -151 / 31, 149 / 31), (0, -5, 5)])
def test_where_one_or_all_alike_are_known_others_make_nothing_surer(known: int, low: float, high: float) -> None:
    """Of 30 three are known, and one was handed over: (-3 - 27 x 5 - 5) / 31 and (-3 + 27 x 5 + 5) / 31."""
    values = {Fraction(-1): known} if known else {}
    assert mean_of(values, 30, furthest=Fraction(5)).low is None
    found = mean_of(values, 30, beyond=1, furthest=Fraction(5))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_no_end_lies_further_than_a_ladder_is_high() -> None:
    """Of two of 30, -1 and 0, Student's interval would be from -6.9 to 5.9."""
    found = mean_of({Fraction(-1): 1, Fraction(0): 1}, 30, furthest=Fraction(5))
    assert (found.low, found.high) == (-5, 5)


def test_over_several_strata_it_reckons_with_how_few_others_one_of_them_has() -> None:
    """By hand: 20 of one's own, pooled variance 5/18; of the others 20 and 4, pooled 6/22, each level weighing half."""
    own = {level: {Fraction(-1): 5, Fraction(0): 5} for level in "12"}
    others = {"1": {Fraction(-1): 10, Fraction(0): 10}, "2": {Fraction(-1): 2, Fraction(0): 2}}
    found = beside(own, others)
    assert found is not None
    mine, theirs = 5 / 18 / 20, 6 / 22 * (100 / 20 + 100 / 4) / 400
    freedom = (mine + theirs) ** 2 / (mine**2 / 18 + theirs**2 / 22)
    width = stats.t.ppf(0.975, freedom) * sqrt(mine + theirs)
    assert found == pytest.approx(Apart(0, -width, width))


@given(values, values, st.integers(1, 20))
def test_with_one_stratum_it_is_welch_as_statsmodels_has_it(
    own: dict[int, int], others: dict[int, int], comparisons: int
) -> None:
    found = beside({"1": spread(own)}, {"1": spread(others)}, comparisons)
    sides = [DescrStatsW(each(one)) for one in (own, others)]
    if min(side.nobs for side in sides) < 10:
        assert found is None
        return
    low, high = CompareMeans(*sides).tconfint_diff(0.05 / comparisons, usevar="unequal")
    assert found is not None
    assert found == pytest.approx(Apart(sides[0].mean - sides[1].mean, low, high))


def test_each_is_compared_with_others_on_the_same_level() -> None:
    """Who has the people of whom most is expected is not further off for it."""
    low, high = {Fraction(-1): 15, Fraction(0): 15}, {Fraction(-3): 15, Fraction(-2): 15}
    mine = {"1": low, "2": {key: 2 * persons for key, persons in high.items()}}
    others = {"1": {key: 9 * persons for key, persons in low.items()}, "2": high, "3": low}
    found = beside(mine, others)
    assert found is not None
    assert found.found == 0
    assert found.sign == 0
    further = beside({"1": {Fraction(-2): 15, Fraction(-1): 15}}, others, 14)
    assert further is not None
    assert (further.found, further.sign) == (-1, -1)


def test_of_few_or_of_nobody_to_compare_with_nothing_is_said() -> None:
    many = {Fraction(0): 20, Fraction(1): 20}
    assert beside({"1": {Fraction(-5): 9}}, {"1": many}) is None
    assert beside({"1": many}, {"2": many}) is None
    assert beside({"1": {Fraction(1): 20}}, {"1": {Fraction(0): 20}}) is None
    alike = beside({"1": {Fraction(0): 12}}, {"1": {Fraction(0): 36, Fraction(1): 4}})
    assert alike is not None
    assert alike.sign == 0, "twelve alike are no proof"
