"""A share stands to its target by its interval, never by its rounded figure; mirrored where less is better."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.targets import is_signal, status_of
from opstap.analytics.uncertainty import estimated
from tests.analytics.specs.spec import Spec
from tests.analytics.specs.target_specs import TARGET_SPECS

Better = Literal[-1, 1]


@pytest.mark.parametrize("spec", TARGET_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    shown = []
    for row in spec.given["figures"]:
        counts = (int(str(row["has"])), int(str(row["known"])), int(str(row["whole"])))
        (found,) = estimated([counts])
        better = 1 if row["better"] == "more" else -1
        bounds = found.bounds()
        shown.append(
            {
                "figure": row["figure"],
                "share": found.share(),
                "between": "{} and {} %".format(*bounds) if bounds else None,
                "status": status_of(found, Decimal(str(row["target"])), cast("Better", better)),
            }
        )
    assert shown == [dict(row) for row in spec.expected]


@given(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)),
    st.decimals(0, 100, places=1),
    st.sampled_from([1, -1]),
)
def test_it_equals_looking_at_both_ends(counts: tuple[int, int, int], target: Decimal, better: Better) -> None:
    part, no, unknown = counts
    (found,) = estimated([(part, part + no, part + no + unknown)])
    status, aim = status_of(found, target, better), float(target) / 100
    if not sum(counts):
        assert status is None
        return
    if not found.known:
        assert status == "undecided"
        return
    ends = (found.low, found.high) if found.low is not None and found.high is not None else None
    if ends is None:
        exact = Fraction(part, found.known) * 100
        right = exact >= Fraction(target) if better == 1 else exact <= Fraction(target)
        assert status == ("reached" if right else "missed")
        return
    low, high = ends
    sides = {low >= aim, high >= aim} if better == 1 else {low <= aim, high <= aim}
    if min(abs(low - aim), abs(high - aim)) > 1e-12:
        assert status == {True: "reached", False: "missed"}[sides.pop()] if len(sides) == 1 else status == "undecided"


@given(st.integers(1, 60), st.integers(0, 60), st.decimals(0, 100, places=1))
def test_less_is_better_mirrors_more_of_the_opposite(part: int, no: int, target: Decimal) -> None:
    (has,), (has_not,) = estimated([(part, part + no, part + no)]), estimated([(no, part + no, part + no)])
    assert status_of(has, target, 1) == status_of(has_not, 100 - target, -1)


def test_a_share_that_rounds_to_the_target_has_not_reached_it() -> None:
    (found,) = estimated([(3996, 10000, 10000)])
    assert found.share() == Decimal("40.0")
    assert status_of(found, Decimal(40), 1) == "missed"
    (found,) = estimated([(4004, 10000, 10000)])
    assert found.share() == Decimal("40.0")
    assert status_of(found, Decimal(40), -1) == "missed"


def test_a_target_is_a_percentage() -> None:
    (found,) = estimated([(1, 2, 2)])
    with pytest.raises(ValueError, match="no percentage"):
        status_of(found, Decimal(101), 1)


def test_a_signal_takes_two_successive_periods_on_the_wrong_side() -> None:
    assert is_signal(["reached", "missed", "missed"])
    for statuses in (["missed"], ["missed", "undecided"], ["missed", "reached"], [None, "missed"], []):
        assert not is_signal(statuses)  # type: ignore[arg-type]  # the words of a status
