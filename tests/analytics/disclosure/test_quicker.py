"""What makes the attack quick loses nothing: populations found on the way, many cells at once, one cell hidden for
several findings; against small tables worked out by hand, and against asking every cell of everybody one by one.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.disclosure import Finding, Link, NotSafe, PublishedTable, Rules, Table, attack, publish
from opstap.analytics.disclosure.attack import Known, _all_known, _one_of_each_line
from opstap.analytics.disclosure.hiding import hide_beside, out_already, pinned, places_for
from opstap.analytics.disclosure.model import Model
from opstap.analytics.disclosure.tables import Cell
from tests.analytics.disclosure.shapes import AGES, LEVELS, TEAMS, shown, table

RULES = Rules()
MUCH = 400
NORTH, SOUTH = ("1", "north"), ("1", "south")
BY_TEAM = shown("team", {(lv, t): None if (lv, t) == NORTH else 20 for lv in LEVELS for t in TEAMS}, "level", "team")
BY_AGE = shown("age", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age")
KNOWS: dict[str, dict[Cell, int]] = {"team": {NORTH: 18}}


@pytest.fixture
def model() -> Model:
    """In the north stand from 14 to 26 on level 1: twice 18 to 22 by age, without 18 to 22 in the south."""
    return Model([BY_TEAM, BY_AGE], RULES, [])


def test_populations_in_which_a_cell_is_least_and_most_tell_how_wide_it_is(model: Model) -> None:
    assert model.reaches("team", [NORTH], {}) == 0
    model.look_at([("team", [NORTH])], {}, 10.0)
    assert model.reaches("team", [NORTH], {}) == 26 - 14
    assert model.reaches("team", [NORTH], KNOWS) == 0, "of these two only the one of 26 holds the 18 that are known"
    model.look_at([("team", [NORTH])], KNOWS, 10.0)
    assert model.reaches("team", [NORTH], KNOWS) == 26 - 18


def test_what_was_looked_for_is_kept_whatever_is_solved_after_it(model: Model) -> None:
    model.look_at([("team", [NORTH])], {}, 10.0)
    for _ in range(21):
        assert model.between("team", [SOUTH], {}, 10.0, MUCH) == (18, 22, True)
    assert model.reaches("team", [NORTH], {}) == 12


def test_a_solve_for_one_cell_tells_of_others(model: Model) -> None:
    assert model.between("team", [NORTH], {}, 10.0, MUCH) == (14, 26, True)
    assert model.reaches("team", [NORTH], {}) == 12
    assert model.reaches("team", [SOUTH], {}) == 22 - 18
    assert model.reaches("team", [NORTH, SOUTH], {}) == 44 - 36


def test_more_than_enough_is_not_looked_for(model: Model) -> None:
    assert model.between("team", [NORTH], {}, 10.0, 5) == (14, 19, True)


def test_together_are_looked_at_no_two_of_one_line() -> None:
    cells = [("team", (NORTH,)), ("team", (SOUTH,)), ("team", (("2", "north"),)), ("age", (("1", "old"),))]
    together = ("team", (NORTH, SOUTH))
    assert _one_of_each_line([*cells[:2], together, *cells[2:]]) == [[cells[0], cells[2], cells[3]], [cells[1]]]
    assert _one_of_each_line([together]) == []


def test_what_all_know_together_is_the_most_of_each_cell() -> None:
    known: Known = {
        "": {},
        "Jo": {"team": {NORTH: 3, SOUTH: 1}},
        "Al": {"team": {NORTH: 2, SOUTH: 4}, "age": {NORTH: 5}},
    }
    assert _all_known(known) == {"team": {NORTH: 3, SOUTH: 4}, "age": {NORTH: 5}}


def linked(*counts: int | None, at: str) -> list[PublishedTable]:
    """May and June by level: these in the one that is named, 15, 15 and 60 in the other."""
    plain = {"1": 15, "2": 15, "3": 60}
    own = dict(zip(plain, counts, strict=True))
    return [
        shown(name, {(lv,): (own if name == at else plain)[lv] for lv in LEVELS}, "level", population=name)
        for name in ("may", "june")
    ]


@pytest.mark.parametrize(("hidden", "spans"), [("june", (12, 20, 25, 37)), ("may", (10, 18, 23, 35))])
def test_who_came_and_who_went_widen_what_another_month_tells(hidden: str, spans: tuple[int, ...]) -> None:
    """13 to 17 stood there; 3 came at most, 1 went: they come to June and are gone from May."""
    alone = Model(linked(None, 15, 60, at=hidden), RULES, [Link("may", "june", 3, 1)])
    assert alone.between(hidden, [("1",)], {}, 10.0, MUCH) == (*spans[:2], True)
    both = Model(linked(None, None, 60, at=hidden), RULES, [Link("may", "june", 3, 1)])
    assert both.between(hidden, [("1",), ("2",)], {}, 10.0, MUCH) == (*spans[2:], True), "3 and 1 of all cells together"


JUNE = table("june", {("1",): 12, ("2",): 9, ("3",): 60}, "level", population="june")
JUNE_AGES = table("ages", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age", population="june")
MAY = shown("may", {("1",): None, ("2",): 50, ("3",): 60}, "level", population="may")
RECOVERED = Finding("may", (("1",),), 7, 12)


def test_for_a_cell_that_is_out_already_the_same_table_of_now_hides_one() -> None:
    out = out_already([MAY], [Link("may", "june", 1, 1)])
    assert out == {"may": (MAY.shape, "june", {})}
    assert out_already([MAY], [Link("june", "may", 1, 1)]) == out
    hidden: dict[str, set[Cell]] = {"june": {("2",)}, "ages": set()}
    own = {"june": JUNE, "ages": JUNE_AGES}
    assert places_for(RECOVERED, own, hidden, out) == {("june", ("1",)), ("june", ("3",))}
    hidden["june"] = {("1",), ("2",), ("3",)}
    assert places_for(RECOVERED, own, hidden, out) == {("ages", ("1", "young")), ("ages", ("1", "old"))}
    hidden["ages"] = {("1", "young")}
    assert places_for(RECOVERED, own, hidden, out) == {("ages", ("1", "old"))}


def test_for_a_cell_of_a_table_of_the_same_people_another_table_hides_one_of_them() -> None:
    whole = shown("whole", dict.fromkeys(product(LEVELS, AGES)), "level", "age")
    teams = table("teams", dict.fromkeys(product(AGES, TEAMS), 30), "age", "team")
    out = out_already([whole], [])
    assert out == {"whole": (whole.shape, "", {})}
    finding = Finding("whole", (("1", "young"),), 0, 3)
    assert places_for(finding, {"teams": teams}, {"teams": set()}, out) == {
        ("teams", ("young", "north")),
        ("teams", ("young", "south")),
    }
    assert places_for(finding, {"june": JUNE}, {"june": set()}, out) == set(), "of other people"
    assert places_for(Finding("nowhere", (("1",),), 0, 3), {"june": JUNE}, {"june": set()}, out) == set()


def test_one_cell_is_hidden_for_all_findings_that_it_helps_and_the_smallest() -> None:
    counts = {NORTH: 4, SOUTH: 36, ("2", "north"): 20, ("2", "south"): 3, ("3", "north"): 20, ("3", "south"): 50}
    own = [table("team", counts, "level", "team")]
    hidden: dict[str, set[Cell]] = {"team": {NORTH, ("2", "south")}}
    findings = [Finding("team", (NORTH,), 0, 3), Finding("team", (("2", "south"),), 0, 3)]
    there = hide_beside(findings, own, hidden, {})
    assert there == {("team", ("2", "north"))}, "in the column of the one, the row of the other"
    hidden["team"] = set(counts)
    assert hide_beside(findings, own, hidden, {}) == set()


def test_what_a_month_that_is_out_shows_of_nearly_the_same_people_is_not_hidden_for_another_cell() -> None:
    """Hiding it would hide it from nobody: from 48 to 52 stood there, and two came or went."""
    june = [JUNE]
    assert pinned(june, [MAY], [Link("may", "june", 1, 1)], RULES) == {"june": {("2",), ("3",)}}
    assert pinned(june, [MAY], [Link("june", "may", 1, 1)], RULES) == {"june": {("2",), ("3",)}}
    assert pinned(june, [MAY], [Link("may", "june", 3, 3)], RULES) == {"june": set()}, "4 and 6 are enough"
    other = Link("may", "june", 1, 1, (((("2",),), (("1",),)), ((("1",), ("3",)), (("3",),))))
    assert pinned(june, [MAY], [other], RULES) == {"june": {("1",)}}, "where one cell stands for one other"


@st.composite
def two_months(draw: st.DrawFn) -> list[list[tuple[str, str, str, str]]]:
    """People by level, team, age and worker in May, and in June, when some left, some came and some moved."""
    may: list[tuple[str, str, str, str]] = []
    for level, team, age in product(LEVELS, TEAMS, AGES):
        count = draw(st.sampled_from((0, 1, 4, 11, 14, 20, 33)))
        may += [(level, team, age, f"{team}-{number % 3}") for number in range(count)]
    gone = draw(st.integers(0, 12))
    moved = [("3", *rest) for _level, *rest in may[gone : gone + draw(st.integers(0, 9))]]
    june = [*may[gone + len(moved) :], *[tuple(one) for one in moved]]
    return [may, [*june, *[("1", "south", "old", "south-1")] * draw(st.integers(0, 12))]]  # type: ignore[list-item]


def tables_of(people: list[tuple[str, str, str, str]], population: str) -> list[Table]:
    found = []
    for at, key in ((1, "team"), (2, "age")):
        cells: Counter[Cell] = Counter((one[0], one[at]) for one in people)
        known: dict[str, Any] = {
            worker: Counter((one[0], one[at]) for one in people if one[3] == worker)
            for worker in {one[3] for one in people}
        }
        found.append(table(f"{population} {key}", cells, "level", key, population=population, known=known))
    return found


def known_of(tables: list[Table]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for one in tables:
        for worker, own in one.known.items():
            found.setdefault(worker, {})[one.shape.key] = own
    return found


def one_by_one(tables: list[PublishedTable], links: list[Link], known: dict[str, Any]) -> set[tuple[str, Cell]]:
    """Every hidden cell that anybody recovers, each asked by itself of a model that remembers nothing."""
    found = set()
    for one in tables:
        key = one.shape.key
        for cell in one.hidden:
            for own in ({}, *known.values()):
                low, high, solved = Model(tables, RULES, links).between(key, [cell], own, 10.0, MUCH)
                if not solved or high - low < RULES.threshold:
                    found.add((key, cell))
    return found


@settings(deadline=None, max_examples=5)
@given(two_months(), st.integers(0, 6))
def test_what_is_recovered_is_what_asking_everybody_of_every_cell_recovers(
    months: list[list[tuple[str, str, str, str]]], more: int
) -> None:
    may, june = (tables_of(people, name) for people, name in zip(months, ("may", "june"), strict=True))
    came, gone = (max(sum((Counter(one) - Counter(other)).values()), 0) + more for one, other in (months[::-1], months))
    links = [Link(f"may {key}", f"june {key}", came, gone) for key in ("team", "age")]
    small = [
        PublishedTable(
            one.shape,
            {
                cell: None if one.least_unknown(cell) < RULES.threshold else RULES.rounded(one.count(cell))
                for cell in one.shape.cells()
            },
        )
        for one in [*may, *june]
    ]
    known = known_of([*may, *june])
    found = {(one.table, one.cells[0]) for one in attack(small, RULES, links=links, known=known)}
    assert found == one_by_one(small, links, known)
    try:
        before = publish(may, RULES).tables
        made = publish(june, RULES, before=before, links=links).tables
    except NotSafe:
        return
    assert one_by_one([*before, *made], links, known_of(june)) == set()
