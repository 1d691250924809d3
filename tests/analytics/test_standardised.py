"""Groups with the same mix of people: by hand, with the limits of scipy, and right as often as is promised."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from itertools import accumulate
from random import Random
from typing import Any

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


@pytest.mark.parametrize(("by_hand", "slowly"), [(500, 5000), (0, 5000), (500, 0), (0, 0)])
def test_limits_are_those_of_adding_person_by_person(
    monkeypatch: pytest.MonkeyPatch, by_hand: int, slowly: int
) -> None:
    """However many people there are: of few, of many with one chance, and of many together."""
    monkeypatch.setattr(module, "BY_HAND", by_hand)
    monkeypatch.setattr(module, "SLOWLY", slowly)
    module._limits.cache_clear()
    module._kept.cache_clear()
    rng = Random(8)  # noqa: S311 - no secret: a draw that is the same every time
    for _ in range(20):
        sizes = [(rng.randint(2, 60), rng.randint(1, 30)) for _ in range(rng.randint(1, 9))]
        drawn = [(rng.randint(1, of - 1) / of, count) for of, count in sizes]
        assert module._limits(tuple(drawn)) == (limits_of(drawn, 0.95), limits_of(drawn, 0.998))


def test_of_a_stratum_that_changed_only_what_it_is_part_of_is_added_up_anew() -> None:
    """Who records one placement does not make a page wait for the chances of everybody in every group."""
    strata = [f"{level}|{years}" for level in range(6) for years in range(5)]
    rng = Random(4)  # noqa: S311 - no secret: a draw that is the same every time
    groups = {n: {stratum: (rng.randint(3, 12), rng.randint(0, 3)) for stratum in strata} for n in range(40)}
    standardised(groups)
    before = module._kept.cache_info().misses
    known, having = groups[0]["3|2"]
    standardised({**groups, 0: {**groups[0], "3|2": (known, having - 1 if having else 1)}})
    anew = module._kept.cache_info().misses - before
    assert anew <= 40 * (1 + len(strata).bit_length())


def test_of_very_many_nothing_is_kept() -> None:
    """A group of thousands has chances by the thousand: kept for each of them, they would fill the memory."""
    module._kept.cache_clear()
    standardised({n: dict.fromkeys(range(20), (400, 90 + n)) for n in range(3)})
    assert module._kept.cache_info().currsize == 0


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
