"""The solver behind the attack: whole persons, an answer that is the best, and no longer than was given."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import scipy.optimize
from scipy.optimize import OptimizeResult, milp

from opstap.analytics.disclosure import PublishedTable, Rules, Table, publish
from opstap.analytics.disclosure.joint import cliques_of, leaves_of
from opstap.analytics.disclosure.model import Model
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
    def early(wanted: list[float], **_given: Any) -> OptimizeResult:
        return OptimizeResult(status=1, x=[0.0] * len(wanted), fun=0.0)

    model = Model([TEAM], Rules(), [])
    assert model.between("team", [("1", "north")], {}, 10.0, 10) == (0, 10, True)
    monkeypatch.setattr(scipy.optimize, "milp", early)
    assert model.between("team", [("1", "north")], {}, 10.0, 10) == (0, 0, False)


def test_each_of_both_solves_ends_in_time_with_the_very_best(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, float]] = []

    def noting(*given: Any, options: dict[str, float], **more: Any) -> OptimizeResult:
        asked.append(options)
        return milp(*given, options=options, **more)

    monkeypatch.setattr(scipy.optimize, "milp", noting)
    Model([TEAM], Rules(), []).between("team", [("1", "north")], {}, 7.0, 10)
    assert asked == [{"time_limit": 7.0, "mip_rel_gap": 0}] * 2
    publish([Table(TEAM.shape, {("1", "north"): 3, ("2", "north"): 20})], Rules(), seconds=6.0)
    assert {one["time_limit"] for one in asked[2:]} == {6.0}


def test_of_a_ring_the_smallest_are_taken_together_first() -> None:
    """Of four tables in a ring those beside the long dimension, after those that lie away from it; not all at once."""
    sides: Any = {"a": ("0", "1"), "b": ("0", "1"), "c": tuple("012345678"), "d": ("0", "1")}
    ring = [shape(f"{one}{two}", one, two, **sides) for one, two in ("ab", "bc", "cd", "ad")]
    cliques = cliques_of(ring, leaves_of(ring))
    assert cliques == [("a @ may", "b @ may", "d @ may"), ("b @ may", "c @ may", "d @ may")]


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
