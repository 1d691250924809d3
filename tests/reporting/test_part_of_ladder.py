"""Two levels at a time: what is of too few people by level is published so, and only beside traits of people."""

from __future__ import annotations

import pytest

from opstap.reporting.logic.released import BECAME, GROWTH, LEVEL, PART, TEAM, Released, ReleasedAxis, ReleasedClass
from opstap.reporting.operations import PublicationRefused
from opstap.reporting.selectors.released.classes import INSTRUMENT, axes_of, basis_of
from opstap.reporting.selectors.released.exact import PER_CELL, closed_list, lots_of
from opstap.reporting.selectors.released.people import counts_of, people_of
from tests.factories.accounts import a_worker
from tests.factories.pages import signed_in
from tests.factories.publications import a_publication, a_table, a_town_to_publish

pytestmark = pytest.mark.django_db


def axis(key: str, *codes: str) -> ReleasedAxis:
    return ReleasedAxis(key, key, key, tuple(ReleasedClass(code, code, code) for code in codes))


def test_by_how_many_people_there_are_a_trait_stands_by_level_or_by_two_levels() -> None:
    classes = {LEVEL: "123456", PART: "abc", GROWTH: "yn", "age": "yo"}
    axes = {key: axis(key, *codes) for key, codes in classes.items()}
    many = 6 * 2 * PER_CELL
    assert closed_list(axes, many) == [(LEVEL,), (LEVEL, GROWTH), (LEVEL, "age"), (GROWTH,)]
    few = closed_list(axes, many - 1)
    assert few == [(LEVEL,), (LEVEL, GROWTH), (PART, "age"), (GROWTH,)], "growth potential is by level"
    del axes[PART]
    assert closed_list(axes, 10) == [(LEVEL,), (LEVEL, GROWTH), (LEVEL, "age")], "of a scale without an order"


def test_what_few_of_a_level_have_stands_by_two_levels_of_fewer_than_twice_as_many() -> None:
    axes = {key: axis(key, *codes) for key, codes in {LEVEL: "123456", PART: "abc", INSTRUMENT: "yn"}.items()}
    many = 6 * 2 * PER_CELL * 2
    assert closed_list(axes, many)[1] == (LEVEL, INSTRUMENT)
    assert closed_list(axes, many - 1)[1] == (PART, INSTRUMENT)


def test_sums_that_would_cost_the_levels_come_after_the_traits_and_before_the_teams() -> None:
    codes = {LEVEL: "123456", PART: "abc", TEAM: "xy", GROWTH: "yn", INSTRUMENT: "yn", "low-literacy": "yn"}
    axes = {key: axis(key, *of) for key, of in codes.items()}
    wanted = closed_list(axes, 10_000)
    assert wanted.index((GROWTH,)) > wanted.index((LEVEL, "low-literacy"))
    assert [list(lot.keys) for lot in lots_of(wanted)] == [
        ["level-by-growth"],
        ["level-by-low-literacy"],
        ["instrument-in-use", "growth"],
        ["part-of-ladder-by-team"],
        ["team"],
        ["level-by-team"],
    ]
    assert [lot.least for lot in lots_of(wanted)] == [False, False, False, True, True, True]
    assert (GROWTH,) not in closed_list(axes, 99)


def test_whoever_stands_on_one_of_both_levels_stands_in_their_part_and_what_is_expected_is_released_nowhere() -> None:
    """42 and 63, 24 and 4, nobody, and twelve who were never placed."""
    made = a_town_to_publish()
    whole = a_publication(made.town, made.on)
    basis = basis_of(whole)
    axes = axes_of(basis)
    assert "expected" not in axes
    assert [one.nl for one in axes[PART].classes][:4] == [
        "treden 1 en 2",
        "treden 3 en 4",
        "treden 5 en 6",
        "zonder trede",
    ]
    people = people_of(basis, axes)
    assert counts_of(people, [PART]) == {("1-2",): 105, ("3-4",): 28, ("none",): 12}
    assert {(part, level) for part, level in counts_of(people, [PART, LEVEL])} == {
        ("1-2", "1"), ("1-2", "2"), ("3-4", "3"), ("3-4", "4"), ("none", "none"),
    }  # fmt: skip
    table = Released.of(whole.figures).table("part-of-ladder-by-age")
    assert table is not None
    page = signed_in(a_worker(made.town, "policy")).get(f"/publicaties/{whole.reference}/?table=part-of-ladder-by-age")
    assert "treden 1 en 2" in page.content.decode()
    for asked in ((PART, BECAME), (PART, GROWTH), (PART, LEVEL), (PART, "age", GROWTH)):
        with pytest.raises(PublicationRefused, match="traits_alone"):
            a_table(whole, *asked)
    beside = a_table(whole, PART, TEAM, "age")
    assert beside.why in {"", "not_safe"}
