"""The solver behind the attack: whole persons, an answer that is the best, and no longer than was given."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from highspy import Highs, HighsModelStatus
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from opstap.analytics.disclosure import PublishedTable, Rules, Table, publish
from opstap.analytics.disclosure.joint import cliques_of, leaves_of
from opstap.analytics.disclosure.model import Model
from opstap.analytics.disclosure.solving import MOST_PERSONS, Solver, matrix_of
from opstap.analytics.disclosure.tables import Shape
from tests.analytics.disclosure.shapes import LEVELS, TEAMS, cells_of, shape, shown

THREE = dict.fromkeys("abc", ("0", "1", "2"))
TEAM = shown("team", dict.fromkeys(product(LEVELS, TEAMS)), "level", "team")


def face(key: str, *counts: int | None) -> PublishedTable:
    """A table of three by three."""
    one = shape(key, *key, **THREE)  # type: ignore[arg-type]
    return PublishedTable(one, cells_of(one, *counts))


def test_persons_are_whole() -> None:
    """In parts of persons there could be 29.5 in the cell, which is rounded to 30."""
    ring = [
        face("ab", 5, 5, 10, 10, None, 10, None, 5, 5),
        face("bc", None, 10, None, None, None, 10, 10, 10, None),
        face("ac", 10, None, None, 5, None, 10, None, 5, 10),
    ]
    low, high, solved = Model(ring, Rules(5, 5), []).between("bc", [("0", "2")], {}, 10.0, 400)
    assert (low, high, solved) == (0, 29, True)


def test_an_answer_that_may_not_be_the_best_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def early(_self: Highs) -> HighsModelStatus:
        return HighsModelStatus.kTimeLimit

    assert Model([TEAM], Rules(), []).between("team", [("1", "north")], {}, 10.0, 10) == (0, 10, True)
    monkeypatch.setattr(Highs, "getModelStatus", early)
    assert Model([TEAM], Rules(), []).between("team", [("1", "north")], {}, 10.0, 10) == (0, 0, False)


def test_each_solve_ends_in_time_with_the_very_best(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []  # of a limit how much is left: it counts all questions together
    given = Highs.setOptionValue

    def noting(self: Highs, option: str, value: Any) -> object:
        asked.append((option, round(value - self.getRunTime(), 6) if option == "time_limit" else value))
        return given(self, option, value)

    monkeypatch.setattr(Highs, "setOptionValue", noting)
    Model([TEAM], Rules(), []).between("team", [("1", "north")], {}, 7.0, 10)
    assert ("mip_rel_gap", 0.0) in asked
    assert [value for option, value in asked if option == "time_limit"] == [7.0] * 2, "the least and the most"
    asked.clear()
    publish([Table(TEAM.shape, {("1", "north"): 3, ("2", "north"): 20})], Rules(), seconds=6.0)
    assert {value for option, value in asked if option == "time_limit"} == {6.0}


SIZE = 5
ROWS = st.lists(
    st.tuples(
        st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=SIZE, unique=True),
        st.lists(st.sampled_from([-1, 1, 1, 2]), min_size=SIZE, max_size=SIZE),
        st.integers(-3, 9),
        st.integers(0, 6),
    ),
    max_size=5,
)


@given(ROWS, st.lists(st.lists(st.integers(0, SIZE - 1), min_size=1, unique=True), min_size=1, max_size=4))
def test_it_goes_as_far_as_another_solver_in_whatever_order_is_asked(
    given_rows: list[tuple[list[int], list[int], int, int]], questions: list[list[int]]
) -> None:
    """Beside `milp` of scipy, which begins anew each time; the last unknown may stand for a part of a person."""
    rows = [(places, factors[: len(places)], low, low + more) for places, factors, low, more in given_rows]
    rows.append((list(range(SIZE)), [1] * SIZE, 0, 30))
    solver = Solver(rows, SIZE, {SIZE - 1})
    for unknowns in (one for one in questions if SIZE - 1 not in one):
        for sign in (1, -1):
            expected = _by_milp(rows, unknowns, sign)
            found = solver.furthest(unknowns, sign, seconds=10.0)
            assert (found and found.together) == expected
            quick = solver.at_once(unknowns, sign, seconds=10.0)
            assert quick is None or quick.together == expected
            if found is not None and sign == -1:
                assert (solver.furthest(unknowns, sign, seconds=10.0, enough=3) or found).together >= min(
                    3, found.together
                )


def _by_milp(
    rows: list[tuple[list[int], list[int], int, int]], unknowns: list[int], sign: int, size: int = SIZE
) -> int | None:
    matrix, low, high = matrix_of(rows, size)
    wanted = [float(sign * (place in unknowns)) for place in range(size)]
    whole = [int(size != SIZE or place < SIZE - 1) for place in range(size)]
    answer = milp(
        wanted, constraints=LinearConstraint(matrix, low, high), integrality=whole, bounds=Bounds(0, 1_000_000)
    )
    return None if answer.x is None else sign * round(answer.fun)


def test_what_is_whole_only_in_parts_is_asked_in_whole_persons() -> None:
    """Each two of three hold one person at least: one and a half together in parts, two in whole persons."""
    pairs = [([one, two], [1, 1], 1, MOST_PERSONS) for one, two in ((0, 1), (1, 2), (0, 2))]
    solver = Solver(pairs, 3, ())
    assert solver.at_once([0, 1, 2], 1, seconds=10.0) is None
    found = solver.furthest([0, 1, 2], 1, seconds=10.0)
    assert found is not None
    assert (found.together, sorted(found.persons)) == (2, [0, 1, 1])


def test_where_enough_is_asked_it_stops_there_and_the_least_is_still_the_least(monkeypatch: pytest.MonkeyPatch) -> None:
    """In whole persons alone: each two of twelve hold one to four together, each three no more than five."""
    monkeypatch.setattr(Solver, "at_once", lambda *_given, **_more: None)
    rows = [([one, two], [1, 1], 1, 4) for one, two in combinations(range(12), 2)]
    rows += [([one, one + 1, one + 2], [1, 1, 1], 0, 5) for one in range(10)]
    solver, unknowns = Solver(rows, 12, ()), list(range(12))
    least, most = (_by_milp(rows, unknowns, sign, 12) for sign in (1, -1))
    assert least is not None
    assert most is not None
    for enough in (least + 1, most - 1, most + 5):
        found = solver.furthest(unknowns, -1, seconds=10.0, enough=enough)
        assert found is not None
        assert min(most, enough) <= found.together <= most
        again = solver.furthest(unknowns, 1, seconds=10.0)
        assert again is not None
        assert again.together == least


def test_of_a_ring_the_smallest_are_taken_together_first() -> None:
    """Of four tables in a ring those beside the long dimension, after those that lie away from it; not all at once."""
    sides: Any = {"a": ("0", "1"), "b": ("0", "1"), "c": tuple("012345678"), "d": ("0", "1")}
    ring = [shape(f"{one}{two}", one, two, **sides) for one, two in ("ab", "bc", "cd", "ad")]
    cliques = cliques_of(ring, leaves_of(ring))
    assert cliques == [("a @ may", "b @ may", "d @ may"), ("b @ may", "c @ may", "d @ may")]


def test_two_rings_that_share_a_table_are_taken_together_each_by_itself() -> None:
    """Age by team lies beside a table by level and team: who is old, low literate and on a level is no unknown."""
    sides: Any = {"level": tuple("12345678"), "age": tuple("abcde"), "read": ("no", "yes"), "team": ("x", "y")}
    pairs = [("age", "level"), ("level", "read"), ("read", "team"), ("age", "team"), ("level", "team")]
    tables = [shape("-".join(pair), *pair, **sides) for pair in pairs]
    cliques = cliques_of(tables, leaves_of(tables))
    assert cliques == [("age @ may", "level @ may", "team @ may"), ("level @ may", "read @ may", "team @ may")]


def test_a_line_has_the_cells_that_differ_on_one_axis_alone() -> None:
    two = list(shape("two", "team", "age").lines())
    assert two == [
        (("north", "young"), ("south", "young")),
        (("north", "old"), ("south", "old")),
        (("north", "young"), ("north", "old")),
        (("south", "young"), ("south", "old")),
    ]
    three: Shape = shape("three", "level", "team", "age")
    lines = list(three.lines())
    assert sorted(map(len, lines)) == [2] * 12 + [3] * 4
    assert all(len({cell[at] for cell in line}) in {1, len(line)} for line in lines for at in range(3))
    assert len(set(lines)) == 16


def test_tables_that_share_no_side_still_count_the_same_people() -> None:
    levels = shown("level", {("1",): None, ("2",): 20, ("3",): 20}, "level")
    teams = shown("team", {("north",): 30, ("south",): 30}, "team")
    model = Model([levels, teams], Rules(), [])
    assert model.between("level", [("1",)], {}, 10.0, 400) == (56 - 44, 64 - 36, True)
    other = shown("team", {("north",): 30, ("south",): 30}, "team", population="june")
    apart = Model([levels, other], Rules(), [])
    assert apart.between("level", [("1",)], {}, 10.0, 400) == (0, 400, True)
