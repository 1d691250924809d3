"""The attack recovers what can be recovered, and no less: against plain reasoning, and against trying everything."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from opstap.analytics.disclosure import Axis, Link, PublishedTable, Rules, TooManyCells, attack
from opstap.analytics.disclosure.joint import cliques_of, leaves_of
from opstap.analytics.disclosure.model import Model
from opstap.analytics.disclosure.tables import Cell, Shape
from tests.analytics.disclosure.shapes import AGES, LEVELS, TEAMS, shape, shown
from tests.reference.naive_attack import NO_END, Span, cubes, through_one_side

RULES = Rules(threshold=10, base=5)
LOW = Rules(threshold=5, base=5)
HIDDEN_NORTH = {(level, team): None if (level, team) == ("1", "north") else 20 for level in LEVELS for team in TEAMS}
MUCH = 400  # more than any of these tables leaves open, unless it sets no end


def between(tables: list[PublishedTable], key: str, cell: Cell, rules: Rules = RULES) -> tuple[int, int]:
    low, high, solved = Model(tables, rules, []).between(key, [cell], {}, 10.0, MUCH)
    assert solved
    return low, high


def test_what_a_second_table_leaves_over_is_recovered() -> None:
    """Level 1 holds 40 by age; of these 35 are in the north, so that few can be in the south."""
    by_age = shown("age", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age")
    by_team = shown(
        "team",
        {("1", "north"): 35, ("1", "south"): None} | {(lv, t): 20 for lv in "23" for t in TEAMS},
        "level",
        "team",
    )
    assert between([by_age, by_team], "team", ("1", "south")) == (0, 11)
    assert attack([by_age, by_team], RULES) == []
    (found,) = attack([by_age, by_team], Rules(threshold=12))
    assert (found.table, found.cells, found.low, found.high) == ("team", (("1", "south"),), 0, 11)
    assert attack([by_team], Rules(threshold=12)) == [], "by itself a table tells nothing: its totals are what is shown"


def test_a_hidden_cell_with_nothing_beside_it_may_hold_anybody() -> None:
    alone = shown("team", {(lv, t): None for lv in LEVELS for t in TEAMS}, "level", "team")
    assert between([alone], "team", ("1", "south")) == (0, MUCH)


SHOWN = st.one_of(st.none(), st.integers(2, 9).map(lambda fives: fives * 5))


@settings(deadline=None, max_examples=60)
@given(st.lists(SHOWN, min_size=6, max_size=6), st.lists(SHOWN, min_size=6, max_size=6))
def test_through_one_shared_side_it_is_what_plain_reasoning_says(
    first: list[int | None], second: list[int | None]
) -> None:
    tables = [
        shown("team", dict(zip(product(LEVELS, TEAMS), first, strict=True)), "level", "team"),
        shown("age", dict(zip(product(LEVELS, AGES), second, strict=True)), "level", "age"),
    ]

    def alone(table: PublishedTable) -> dict[tuple[str, str], Span]:
        return {(a, b): (0, NO_END) if n is None else RULES.behind(n) for (a, b), n in table.shown.items()}

    reasoned = through_one_side([alone(table) for table in tables])
    possible = all(low <= high for table in reasoned for low, high in table.values())
    model = Model(tables, RULES, [])
    for table, spans in zip(tables, reasoned, strict=True):
        for cell, (low, high) in spans.items():
            found = model.between(table.shape.key, [cell], {}, 10.0, MUCH)
            if possible:
                assert found[2]
                assert found[1] - found[0] >= MUCH if high - low >= MUCH else found[:2] == (low, high)
            else:
                assert not found[2], "no population gives such tables"


PAIRS = [(i, j) for i in (0, 1) for j in (0, 1)]
RING = {"ab": (0, 1), "bc": (1, 2), "ac": (0, 2)}
MOST = 8  # no cell of a cube holds more, where a face that shows 5 (so 7 at most) lies over it


@settings(deadline=None, max_examples=20)
@given(st.sets(st.integers(0, 11), max_size=4))
def test_of_three_tables_in_a_ring_it_knows_what_trying_everything_finds(hidden: set[int]) -> None:
    places = {(key, i, j): 4 * n + 2 * i + j for n, key in enumerate(RING) for i, j in PAIRS}
    shown_as = {place: None if number in hidden else 5 for place, number in places.items()}
    cells = [(a, b, c) for a, b in PAIRS for c in (0, 1)]
    over = [[shown_as[key, at[one], at[two]] for key, (one, two) in RING.items()] for at in cells]
    assume(all(any(count is not None for count in faces) for faces in over))

    def spans(key: str) -> dict[tuple[int, int], tuple[int, int]]:
        return {(i, j): (0, 2 * MOST) if shown_as[key, i, j] is None else LOW.behind(5) for i, j in PAIRS}

    ways = cubes(spans("ab"), spans("bc"), spans("ac"), MOST, 60_000)
    assume(ways is not None)
    tried = list(ways or ())
    model = Model([_face(key, shown_as) for key in RING], LOW, [])
    for key, (one, two) in RING.items():
        for i, j in PAIRS:
            sums = [sum(n for at, n in cube.items() if (at[one], at[two]) == (i, j)) for cube in tried]
            assert model.between(key, [(str(i), str(j))], {}, 10.0, MUCH) == (min(sums), max(sums), True)


def _face(key: str, shown_as: Mapping[tuple[str, int, int], int | None]) -> PublishedTable:
    sides = dict.fromkeys(key, ("0", "1"))
    cells = {(str(i), str(j)): shown_as[key, i, j] for i, j in PAIRS}
    return PublishedTable(shape(key, *key, **sides), cells)  # type: ignore[arg-type]


def test_a_ring_of_tables_is_taken_together_and_a_star_is_not() -> None:
    star = [shape("a", "level", "team"), shape("b", "level", "age")]
    assert [len(clique) for clique in cliques_of(star, leaves_of(star))] == [2, 2]
    ring = [*star, shape("c", "team", "age")]
    (clique,) = cliques_of(ring, leaves_of(ring))
    assert len(clique) == 3


def test_more_than_it_can_look_through_is_refused() -> None:
    many = {name: tuple(str(n) for n in range(30)) for name in "abcd"}
    ring = [shape(f"{a}{b}", a, b, **many) for a, b in ("ab", "bc", "cd", "ac", "bd", "ad")]  # type: ignore[arg-type]
    with pytest.raises(TooManyCells, match="810000 cells"):
        cliques_of(ring, leaves_of(ring))


def test_as_many_as_it_can_look_through_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    star = [shape("a", "level", "team"), shape("b", "level", "age")]
    monkeypatch.setattr("opstap.analytics.disclosure.joint.MOST_CELLS", 12)
    assert len(cliques_of(star, leaves_of(star))) == 2
    monkeypatch.setattr("opstap.analytics.disclosure.joint.MOST_CELLS", 11)
    with pytest.raises(TooManyCells, match="12 cells"):
        cliques_of(star, leaves_of(star))


def test_that_a_combination_can_hold_nobody_is_known_to_who_attacks() -> None:
    by_age = shown("age", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age")
    open_to_all = shown("team", HIDDEN_NORTH, "level", "team")
    both = {**HIDDEN_NORTH, ("1", "south"): None}
    assert between([by_age, shown("team", both, "level", "team")], "team", ("1", "north")) == (0, 44)
    closed = Shape("team", "may", open_to_all.shape.axes, frozenset({("1", "south")}))
    left = PublishedTable(closed, {cell: both[cell[0], cell[1]] for cell in closed.cells()})
    assert between([by_age, left], "team", ("1", "north")) == (36, 44)


def test_a_coarser_table_tells_of_the_finer_one() -> None:
    fine = PublishedTable(shape("fine", "level"), {("1",): 30, ("2",): None, ("3",): 40})
    coarse_axis = Axis("level", {"1-2": ("1", "2"), "3": ("3",)})
    coarse = PublishedTable(Shape("coarse", "may", (coarse_axis,)), {("1-2",): 35, ("3",): 40})
    assert between([fine, coarse], "fine", ("2",)) == (1, 9)
    assert len(attack([fine, coarse], RULES)) == 1


def test_tables_that_disagree_on_the_classes_are_refused() -> None:
    other = shape("other", "level", level=("1", "2"))
    with pytest.raises(ValueError, match="other classes of level"):
        leaves_of([shape("one", "level"), other])


def test_a_month_in_which_little_changed_tells_of_a_cell_that_is_hidden_now() -> None:
    may = shown("may", {("1",): 15, ("2",): 50, ("3",): 60}, "level", population="may")
    june = shown("june", {("1",): None, ("2",): 50, ("3",): 60}, "level", population="june")
    assert attack([may, june], RULES) == []
    link = Link("may", "june", entered=2, left=2)
    (found,) = attack([may, june], RULES, links=[link])
    assert (found.table, found.low, found.high) == ("june", 11, 19)
    assert attack([may, june], RULES, links=[Link("may", "june", entered=20, left=20)]) == []


def test_who_knows_their_own_people_recovers_the_rest() -> None:
    by_team = shown("team", HIDDEN_NORTH, "level", "team")
    by_age = shown("age", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age")
    assert between([by_team, by_age], "team", ("1", "north")) == (14, 26)
    assert attack([by_team, by_age], RULES, known={"Jo": {"team": {("1", "south"): 15}}}) == []
    (found,) = attack([by_team, by_age], RULES, known={"Jo": {"team": {("1", "north"): 18}}})
    assert (found.viewer, found.low, found.high) == ("Jo", 18, 26)
    both = attack([by_team, by_age], RULES, known={name: {"team": {("1", "north"): 18}} for name in ("Jo", "Al")})
    assert both == [found], "once, of the first who recovers it"


def test_a_solve_that_runs_out_of_time_counts_as_recovered() -> None:
    sides = {name: tuple(str(n) for n in range(12)) for name in "abc"}
    ring = [shape(f"{one}{two}", one, two, **sides) for one, two in ("ab", "bc", "ac")]  # type: ignore[arg-type]
    tables = [
        PublishedTable(one, {cell: None if number % 7 == 0 else 15 for number, cell in enumerate(one.cells())})
        for one in ring
    ]
    found = attack(tables, RULES, seconds=1e-6)
    assert found
    assert any(not one.solved for one in found)


def test_tables_that_no_population_gives_count_as_recovered() -> None:
    levels = PublishedTable(shape("level", "level"), {("1",): 90, ("2",): 40, ("3",): 40})
    by_team = shown("team", {cell: 10 if cell[0] == "2" else n for cell, n in HIDDEN_NORTH.items()}, "level", "team")
    assert attack([levels, by_team], RULES) != []
