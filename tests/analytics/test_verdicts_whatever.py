"""A verdict that is told beside people of whom nothing is known is the one that there is, whoever these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.uncertainty import Mix, Verdict, standardised, verdicts_whatever

STRATA = ("a", "b")
Groups = dict[str, dict[str, Mix]]
WORKERS = ("Anna", "Bram", "Cees")
SHARES = (0, 0.1, 0.5, 0.9, 1)
mixes = st.builds(lambda known, share: Mix(known, round(known * share)), st.integers(0, 60), st.sampled_from(SHARES))
towns = st.fixed_dictionaries(dict.fromkeys(WORKERS, st.fixed_dictionaries(dict.fromkeys(STRATA, mixes))))


def every_truth(groups: Groups, whose: list[str]) -> Iterator[Groups]:
    """All that may be so of each who was handed over: in any stratum, also one of their own, with it or without, or
    not among the people at all.
    """
    ways = [(stratum, having) for stratum in (*STRATA, "c") for having in (0, 1)]
    for chosen in product([None, *ways], repeat=len(whose)):
        found = {worker: dict(strata) for worker, strata in groups.items()}
        for worker, way in zip(whose, chosen, strict=True):
            if way is not None:
                stratum, having = way
                known, had = found[worker].get(stratum, Mix(0, 0))
                found[worker][stratum] = Mix(known + 1, had + having)
        yield found


@settings(max_examples=300, deadline=None)
@given(groups=towns, whose=st.lists(st.sampled_from(WORKERS[:2]), min_size=1, max_size=2))
def test_what_is_told_is_so_whatever_is_true_of_them(groups: Groups, whose: list[str]) -> None:
    unseen = {worker: whose.count(worker) for worker in groups}
    told = verdicts_whatever(groups, unseen, len(whose), only=list(groups))
    for truth in every_truth(groups, whose):
        found = standardised(truth)
        assert all(verdict in {None, found[worker].verdict} for worker, verdict in told.items())


def test_by_hand_one_who_was_handed_over_changes_little_and_eight_change_all() -> None:
    # Of forty twenty have it: with a half each of twenty 6 to 14 is chance, 3 to 17 surely so.
    clear: Mapping[str, Mapping[str, Mix]] = {"Anna": {"a": Mix(20, 10)}, "Bram": {"a": Mix(20, 10)}}
    one = verdicts_whatever(clear, {"Anna": 1}, 1, only=["Anna", "Bram"])
    assert one == {"Anna": Verdict.WITHIN, "Bram": Verdict.WITHIN}
    # Anna has from 10 to 18 of 28: as many as may be more than chance.
    assert verdicts_whatever(clear, {"Anna": 8}, 8, only=["Anna"]) == {"Anna": None}
    apart = {"Anna": {"a": Mix(20, 19)}, "Bram": {"a": Mix(20, 1)}}
    told = verdicts_whatever(apart, {"Bram": 1}, 1, only=["Anna", "Bram"])
    assert told == {"Anna": Verdict.MUCH_MORE, "Bram": Verdict.MUCH_LESS}


def test_with_nobody_handed_over_it_is_the_verdict_itself() -> None:
    groups = {"Anna": {"a": Mix(20, 15)}, "Bram": {"a": Mix(20, 5)}, "Cees": {"b": Mix(4, 2)}}
    found = {worker: one.verdict for worker, one in standardised(groups).items()}
    assert verdicts_whatever(groups, {}, 0, only=list(groups)) == found
