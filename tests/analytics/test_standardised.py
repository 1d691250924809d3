"""Groups with the same mix of people: by hand, with the limits of scipy, and right as often as is promised."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from itertools import accumulate
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson_binom

from opstap.analytics.uncertainty import Limits, Mix, Standardised, Verdict, standardised

MOST = 40
module: Any = import_module("opstap.analytics.uncertainty.standardised")


def test_two_workers_with_other_people_do_the_same_by_hand() -> None:
    # Of the easy 40 of 50 have it, of the hard 10 of 50. Anna has the easy, Bram the hard: nobody differs.
    anna, bram = {"easy": (40, 32), "hard": (10, 2)}, {"easy": (10, 8), "hard": (40, 8)}
    found = standardised({"Anna": anna, "Bram": bram})
    assert (found["Anna"].having, found["Anna"].expected) == (34, 34)
    assert (found["Bram"].having, found["Bram"].expected) == (16, 16)
    assert found["Anna"].overall == found["Bram"].overall == pytest.approx(0.5)
    assert found["Anna"].share_of(34) == found["Bram"].share_of(16) == pytest.approx(0.5)
    assert found["Anna"].expected_share == pytest.approx(0.68)
    assert {one.verdict for one in found.values()} == {Verdict.WITHIN}


def test_who_does_more_with_the_same_people_has_a_higher_share() -> None:
    found = standardised({"Anna": {"a": (20, 15)}, "Bram": {"a": (20, 5)}})
    assert found["Anna"].expected == 10
    assert found["Anna"].share_of(15) == pytest.approx(0.75)
    assert found["Anna"].near == Limits(int(binom.ppf(0.025, 20, 0.5)), int(binom.ppf(0.975, 20, 0.5))) == (6, 14)
    assert found["Anna"].far == (3, 17)
    assert (found["Anna"].verdict, found["Bram"].verdict) == (Verdict.MORE, Verdict.LESS)


@pytest.mark.parametrize(
    ("having", "verdict"),
    [
        (2, Verdict.MUCH_LESS),
        (3, Verdict.LESS),
        (5, Verdict.LESS),
        (6, Verdict.WITHIN),
        (14, Verdict.WITHIN),
        (15, Verdict.MORE),
        (17, Verdict.MORE),
        (18, Verdict.MUCH_MORE),
    ],
)
def test_the_ends_themselves_are_within_chance(having: int, verdict: Verdict) -> None:
    one = Standardised(known=20, having=having, expected=10, overall=0.5, near=Limits(6, 14), far=Limits(3, 17))
    assert one.verdict == verdict


def test_where_nobody_or_everybody_has_it_there_is_no_chance() -> None:
    found = standardised({"Anna": {"none": (5, 0), "all": (7, 7)}, "Bram": {"none": (3, 0)}, "Cees": {}})
    assert (found["Anna"].near, found["Anna"].far, found["Anna"].expected) == ((7, 7), (7, 7), 7)
    assert (found["Bram"].share_of(0), found["Bram"].expected_share) == (None, 0)
    assert (found["Cees"].near, found["Cees"].expected_share) == ((0, 0), None)
    assert {one.verdict for one in found.values()} == {Verdict.WITHIN}
    assert standardised({}) == {}


def test_who_is_not_asked_for_counts_in_the_whole() -> None:
    groups = {"Anna": {"a": (10, 2)}, "": {"a": (30, 18)}}
    assert list(standardised(groups, only=["Anna"])) == ["Anna"]
    assert standardised(groups, only=["Anna"])["Anna"].expected == 5


mixes = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda given: Mix(given[0] + given[1], given[1]))
groups_of_strata = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(st.sampled_from("xyz"), mixes, max_size=3), min_size=1
)


@settings(deadline=None, max_examples=60)
@given(groups_of_strata)
def test_expected_and_limits_are_those_of_everyone_one_by_one(groups: dict[str, dict[str, Mix]]) -> None:
    for group, found in standardised(groups).items():
        chances = [
            Fraction(sum(one.get(s, (0, 0))[1] for one in groups.values()), known)
            for s, mix in groups[group].items()
            if (known := sum(one.get(s, (0, 0))[0] for one in groups.values()))
            for _ in range(mix.known)
        ]
        assert found.expected == pytest.approx(float(sum(chances)))
        assert found.far.low <= found.near.low <= found.near.high <= found.far.high <= found.known == len(chances)
        if not chances or len(chances) > MOST:
            continue
        whole = poisson_binom([float(chance) for chance in chances])
        for limits, level in ((found.near, 0.95), (found.far, 0.998)):
            for end, chance in zip(limits, ((1 - level) / 2, (1 + level) / 2), strict=True):
                assert whole.cdf(end) >= chance - 1e-9
                assert whole.cdf(end - 1) < chance + 1e-9


def added_up(people: list[tuple[float, int]]) -> list[float]:
    """The distribution by plain reasoning: person by person."""
    chances = [1.0]
    for chance, count in people:
        for _ in range(count):
            without, having = [*chances, 0.0], [0.0, *chances]
            chances = [(1 - chance) * one + chance * other for one, other in zip(without, having, strict=True)]
    return chances


def limits_of(people: list[tuple[float, int]], level: float) -> tuple[int, int]:
    below = list(accumulate(added_up(people)))
    ends = ((1 - level) / 2, (1 + level) / 2)
    low, high = (next((n for n, chance in enumerate(below) if chance >= end), len(below) - 1) for end in ends)
    return low, high


def together(people: list[list[tuple[float, int]]]) -> list[tuple[int, ...]]:
    """The ends of several groups, worked out at once: each has columns of its own."""
    chances = [chance for one in people for chance, _count in one]
    counts = np.zeros((len(people), len(chances)))
    place = 0
    for row, one in enumerate(people):
        counts[row, place : place + len(one)] = [count for _chance, count in one]
        place += len(one)
    return [tuple(map(int, ends)) for ends in module.limits_by_chance(counts, np.array(chances))]


@pytest.mark.parametrize("at_once", [2_000_000, 500, 1])
def test_limits_are_those_of_adding_person_by_person(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Small groups beside large ones, all at once or one after the other."""
    monkeypatch.setattr(module, "MOST_AT_ONCE", at_once)
    rng = Random(8)  # noqa: S311 - no secret: a draw that is the same every time
    groups = []
    for _ in range(20):
        sizes = [(rng.randint(2, 60), rng.randint(1, 30)) for _ in range(rng.randint(1, 9))]
        groups.append([(rng.randint(1, of - 1) / of, count) for of, count in sizes])
    assert together(groups) == [(*limits_of(one, 0.95), *limits_of(one, 0.998)) for one in groups]


@pytest.mark.parametrize(
    ("persons", "chance"), [(1, 1 / 40), (1, 39 / 40), (2, 0.5), (40, 0.5), (3000, 0.31), (25_000, 0.0123)]
)
def test_limits_of_one_chance_are_those_of_scipy_also_where_a_level_is_met_exactly(persons: int, chance: float) -> None:
    levels = (0.025, 0.975, 0.001, 0.999)
    assert together([[(chance, persons)]]) == [tuple(int(binom.ppf(level, persons, chance)) for level in levels)]


def test_small_groups_beside_one_of_thousands_and_chances_near_the_ends_are_right_too() -> None:
    groups = [[(1e-6, 40), (0.3, 5)], [(0.3, 1)], [(1 - 1e-6, 30), (0.5, 3)], [(0.2, 6000)]]
    assert together(groups)[:3] == [(*limits_of(one, 0.95), *limits_of(one, 0.998)) for one in groups[:3]]
    assert together(groups)[3] == tuple(int(binom.ppf(level, 6000, 0.2)) for level in (0.025, 0.975, 0.001, 0.999))


def test_a_group_of_thousands_does_not_make_all_others_as_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []
    ends = module._ends

    def counting(counts: Any, chances: Any, width: int) -> Any:
        worked.append(len(counts) * width)
        return ends(counts, chances, width)

    monkeypatch.setattr(module, "_ends", counting)
    groups = [[(0.3, 5 + n % 200)] for n in range(100)]
    together([*groups, [(0.3, 20_000)]])
    sizes = [count for one in groups for _chance, count in one]
    assert sum(worked) <= 2 * sum(sizes) + 3 * len(sizes) + 20_001
    assert sum(worked) < 3 * 20_001


def test_where_there_is_no_chance_there_is_nothing_to_work_out() -> None:
    assert module.limits_by_chance(np.zeros((0, 0)), np.zeros(0)).shape == (0, 4)
    assert module.limits_by_chance(np.zeros((2, 0)), np.zeros(0)).tolist() == [[0] * 4] * 2


def simulated(rng: Random, workers: int, *, other: float = 0.0) -> dict[int, dict[str, tuple[int, int]]]:
    """Workers with mixes of their own, of whom the people do what their stratum does; the first differs by `other`."""
    chances = {"low": 0.15, "middle": 0.4, "high": 0.65}
    made: dict[int, dict[str, tuple[int, int]]] = {}
    for worker in range(workers):
        sizes = {stratum: rng.randint(20, 90) for stratum in chances}
        raised = other if worker == 0 else 0.0
        made[worker] = {
            stratum: (size, sum(rng.random() < chances[stratum] + raised for _ in range(size)))
            for stratum, size in sizes.items()
        }
    return made


def test_without_a_difference_about_one_in_twenty_lies_outside_and_hardly_anyone_far() -> None:
    rng = Random(12)  # noqa: S311 - no secret: a draw that is the same every time
    found = [one for _ in range(60) for one in standardised(simulated(rng, 20)).values()]
    outside = sum(one.verdict != Verdict.WITHIN for one in found) / len(found)
    far = sum(one.verdict in {Verdict.MUCH_LESS, Verdict.MUCH_MORE} for one in found) / len(found)
    assert 0.02 < outside < 0.055
    assert far < 0.003


def test_who_really_differs_is_found_and_the_others_are_not() -> None:
    rng = Random(3)  # noqa: S311 - no secret: a draw that is the same every time
    found = [standardised(simulated(rng, 12, other=0.2)) for _ in range(20)]
    assert sum(one[0].verdict in {Verdict.MORE, Verdict.MUCH_MORE} for one in found) >= 18
    others = [one.verdict for each in found for worker, one in each.items() if worker]
    assert others.count(Verdict.WITHIN) / len(others) > 0.9


def test_a_share_of_more_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 persons"):
        standardised({"Anna": {"a": (2, 3)}})
