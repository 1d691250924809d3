"""A table that comes last hides nothing but cells of its own, and is left out where it tells too little so; and what is
out already and tells by itself stands in nobody's way.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.disclosure import (
    Attack,
    Axis,
    Cell,
    Finding,
    Link,
    Lot,
    NotSafe,
    Published,
    PublishedTable,
    Rules,
    Shape,
    Table,
    Whole,
    attack,
    publish,
    publish_by_worth,
)
from opstap.analytics.disclosure.protecting import Draft, confirmed, draft
from opstap.analytics.disclosure.worth import _by_worth, _Given
from tests.analytics.disclosure.shapes import AGES, LEVELS, TEAMS, shape, shown, table

RULES = Rules()
CELLS: tuple[Cell, ...] = tuple(product(LEVELS, TEAMS))
Counts = Mapping[Cell, int]


def by_team(counts: Counts) -> Table:
    """The table by team, of which who leads one knows all."""
    known: dict[str, Any] = {
        team: {cell: Whole(counts.get(cell, 0)) for cell in CELLS if cell[1] == team} for team in TEAMS
    }
    return table("team", counts, "level", "team", known=known)


def by_level(counts: Counts) -> Table:
    """The levels of the same people, of whom who leads a team knows theirs."""
    sums = {(level,): sum(counts.get((level, team), 0) for team in TEAMS) for level in LEVELS}
    known = {team: {(level,): counts.get((level, team), 0) for level in LEVELS} for team in TEAMS}
    return table("level", sums, "level", known=known)


def made_of(counts: Counts) -> Published:
    return publish_by_worth([by_level(counts), by_team(counts)], [Lot(["team"])], RULES)


def leading(counts: Counts) -> dict[str, dict[str, Any]]:
    tables = (by_level(counts), by_team(counts))
    return {team: {one.shape.key: one.known[team] for one in tables} for team in TEAMS}


def test_where_all_teams_are_large_the_table_by_team_is_published() -> None:
    counts = dict.fromkeys(CELLS, 20)
    made = made_of(counts)
    assert set(made.table("team").shown.values()) == {20}
    assert set(made.table("level").shown.values()) == {40}


def test_a_table_that_would_cost_the_levels_is_left_out_and_the_levels_are_shown() -> None:
    """On level 1 stand 36 in the south, whose leader would find the nine in the north."""
    counts = {**dict.fromkeys(CELLS, 20), ("1", "north"): 9, ("1", "south"): 36}
    together = publish([table("level", by_level(counts).counts, "level"), by_team(counts)], RULES)
    assert together.table("level").shown["1",] is None
    kept = made_of({**counts, ("1", "north"): 14})
    assert set(kept.table("level").shown.values()) == {50, 40}
    levels = table("level", by_level(counts).counts, "level")
    made = publish_by_worth([levels, by_team(counts)], [Lot(["team"])], RULES)
    assert [one.shape.key for one in made.tables] == ["level"]
    assert made.table("level").shown == {("1",): 45, ("2",): 40, ("3",): 40}


@pytest.mark.parametrize(("large", "there"), [(1, ["age"]), (2, ["age", "team"])])
def test_a_table_of_which_fewer_than_one_in_six_cells_would_be_shown_is_left_out(large: int, there: list[str]) -> None:
    """Of nine cells: one is fewer than one in six, two are more."""
    cells: list[Cell] = list(product(LEVELS, ("a", "b", "c")))
    counts: dict[Cell, int] = dict(zip(cells, [20] * large + [9] * 4, strict=False))
    teams = Table(shape("team", "level", "team", team=("a", "b", "c")), counts)
    ages = table("age", {("young",): 20 * large, ("old",): 36}, "age")
    alone = publish([teams], RULES, before=publish([ages], RULES).tables).tables[0]
    assert sum(count is not None for count in alone.shown.values()) == large
    assert [made.shape.key for made in publish_by_worth([ages, teams], [Lot(["team"])], RULES).tables] == there


@settings(max_examples=25)
@given(st.lists(st.integers(min_value=0, max_value=40), min_size=6, max_size=6))
def test_whoever_is_in_which_team_the_rest_is_as_without_that_table_and_nothing_is_recovered(many: list[int]) -> None:
    counts = dict(zip(CELLS, many, strict=True))
    levels = by_level(counts)
    try:
        rest = publish([levels], RULES)
    except NotSafe:
        with pytest.raises(NotSafe):
            made_of(counts)
        return
    made = made_of(counts)
    assert made.table("level") == rest.table("level")
    there = {one.shape.key for one in made.tables}
    known = {team: {key: own for key, own in held.items() if key in there} for team, held in leading(counts).items()}
    assert attack(made.tables, RULES, known=known) == []


def test_tables_of_one_lot_are_made_together_and_may_be_left_out_however_much_they_show() -> None:
    """Sums of levels 1 and 2 would tell of the four on level 1: by age they are hidden, and level 2 is not for them."""
    counts: dict[tuple[str, ...], int] = {("1",): 4, ("2",): 24, ("3",): 40, ("4",): 40}
    levels = Table(shape("level", "level", level=("1", "2", "3", "4")), counts)
    pair = Axis("level", {"1-2": ("1", "2"), "3-4": ("3", "4")})
    ages = Table(
        Shape("ages", "may", (pair, Axis.of("age", AGES))),
        {("1-2", "young"): 12, ("1-2", "old"): 16, ("3-4", "young"): 40, ("3-4", "old"): 40},
    )
    together = publish([levels, ages], RULES)
    first = publish([levels], RULES)
    made = publish_by_worth([levels, ages], [Lot(["ages"], least=False)], RULES)
    assert made.table("level") == first.table("level")
    assert None in made.table("ages").shown.values()
    assert attack(made.tables, RULES) == []
    assert sum(count is None for count in together.table("level").shown.values()) >= 1


def test_where_nothing_is_left_to_hide_with_the_rest_is_tried_without_what_can_be_spared() -> None:
    """By age level 1 can't be hidden: June would say what May shows of the same people."""
    counts = {(level, age): 20 for level in LEVELS for age in AGES} | {("1", "young"): 4}
    levels = table("level", {(level,): 40 - 16 * (level == "1") for level in LEVELS}, "level")
    ages = table("age", counts, "level", "age")
    out = shown("out", {(level,): 25 if level == "1" else 40 for level in LEVELS}, "level", population="may")
    apart = shown("apart", {cell: None if cell == ("1", "young") else 20 for cell in counts}, "level", "age",
                  population="may")  # fmt: skip
    links = [Link("apart", "age", 0, 0), Link("out", "level", 0, 0)]
    with pytest.raises(NotSafe):
        publish([levels, ages], RULES, before=[out, apart], links=links)
    made = publish_by_worth([levels, ages], [], RULES, before=[out, apart], links=links, spare=["age"])
    assert [one.shape.key for one in made.tables] == ["level"]


OUT = shown("may", {("1",): None, ("2",): 40, ("3",): 40}, "level")
OUT_BY_AGE = PublishedTable(
    shown("ages", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age").shape,
    dict.fromkeys(product(LEVELS, AGES), 20),
)
JUNE = table("june", {("1",): 40, ("2",): 40, ("3",): 40}, "level", population="june")


def test_what_is_out_and_tells_by_itself_is_no_reason_to_publish_nothing_more() -> None:
    """By age level 1 of May holds 36 to 44, whatever June tells."""
    before = [OUT, OUT_BY_AGE]
    assert attack(before, RULES) == [Finding("may", (("1",),), 36, 44)]
    made = publish([JUNE], RULES, before=before)
    assert set(made.tables[0].shown.values()) == {40}


def test_what_is_told_to_one_is_still_found_of_another() -> None:
    """Level 1 holds 38 to 42; Jo and Al know that 36 of them are in the south."""
    teams = shown("team", {cell: None if cell == CELLS[0] else 35 if cell == CELLS[1] else 20 for cell in CELLS},
                  "level", "team")  # fmt: skip
    levels = shown("level", {(level,): 40 for level in LEVELS}, "level")
    south: dict[Cell, int] = {("1", "south"): Whole(36), ("2", "south"): Whole(20), ("3", "south"): Whole(20)}
    target = ("team", (CELLS[0],))
    one = Attack([levels, teams], Rules(threshold=8), known={name: {"team": south} for name in ("Jo", "Al")})
    assert one.tells(target, "Jo")
    assert not one.tells(target, "")
    assert [found.viewer for found in one.findings([target])] == ["Jo"]
    assert [found.viewer for found in one.findings([target], {("Jo", target)})] == ["Al"]
    assert one.findings([target], {("Jo", target), ("Al", target)}) == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(min_value=0, max_value=40), min_size=6, max_size=6),
    st.lists(st.integers(min_value=-3, max_value=3), min_size=6, max_size=6),
)
def test_beside_another_month_the_same_comes_out_as_when_each_lot_is_laid_beside_it(
    many: list[int], more: list[int]
) -> None:
    """It is laid beside the whole at the end: only where that finds anything each lot is."""
    may, june = (
        dict(zip(CELLS, counts, strict=True))
        for counts in (many, [max(0, one + two) for one, two in zip(many, more, strict=True)])
    )
    try:
        before = publish([by_level(may)], RULES).tables
    except NotSafe:
        return
    before = tuple(PublishedTable(shape("may", "level", population="then"), one.shown) for one in before)
    came, gone = (sum(max(0, sign * one) for one in more) for sign in (1, -1))
    given_: Any = {"before": before, "links": [Link("may", "level", came, gone)], "known": {}}
    tables, last = [by_level(june), by_team(june)], [Lot(["team"])]
    try:
        one_by_one = _by_worth(publish, tables, last, (), _Given(RULES, seconds=10.0, **given_))[0]
    except NotSafe:
        with pytest.raises(NotSafe):
            publish_by_worth(tables, last, RULES, **given_)
        return
    assert publish_by_worth(tables, last, RULES, **given_).tables == one_by_one.tables


def test_what_another_month_tells_of_a_draft_is_never_published() -> None:
    """May shows 10 on level 1, and three left since at most: June hides nine, which the draft does not know of."""
    levels = table("level", {("1",): 9, ("2",): 24, ("3",): 40}, "level", population="june")
    out = shown("out", {("1",): 10, ("2",): 25, ("3",): 40}, "level")
    links = [Link("out", "level", 0, 3)]
    more: Any = {"links": links, "known": {}, "seconds": 10.0}
    made = draft([levels], RULES, before=[out], **more)
    found = attack([out, *made.tables], RULES, links=links)
    assert {(one.table, one.solved) for one in found} == {("level", True)}
    assert confirmed([levels], made, RULES, before=[out], **more) is None
    assert confirmed([levels], made, RULES, before=[], links=[], known={}, seconds=10.0) is not None


def test_a_draft_is_made_by_what_attacks_it_alone() -> None:
    with pytest.raises(TypeError, match="attacks it first"):
        Draft((shown("out", {("1",): 10, ("2",): 25, ("3",): 40}, "level"),))


def test_whatever_the_team_tells_beside_another_month_the_levels_are_published_or_not() -> None:
    """Who leads north knows 8 of level 2, and May shows 12 in the south: of others there are enough only once the table
    by team says so. The levels can't be published beside May without it, and so can't be with it.
    """
    counts = dict(zip(CELLS, (30, 40, 8, 15, 30, 40), strict=True))
    may = {**counts, ("2", "south"): 12}
    out = [
        shown("may", {("1",): 70, ("2",): None, ("3",): 70}, "level", population="may"),
        shown("may-team", {cell: None if count < 10 else RULES.rounded(count) for cell, count in may.items()},
              "level", "team", population="may"),
    ]  # fmt: skip
    north: dict[Cell, int] = {cell: Whole(count) for cell, count in counts.items() if cell[1] == "north"}
    own = {(level,): counts[level, "north"] for level in LEVELS}
    known = {"V": {"may": own, "may-team": north}}
    levels = table("level", by_level(counts).counts, "level", population="june", known={"V": own})
    teams = table("team", counts, "level", "team", population="june", known={"V": north})
    more: Any = {"before": out, "links": [Link("may", "level", 3, 3), Link("may-team", "team", 3, 3)], "known": known}

    def levels_of(tables: list[Table]) -> Any:
        try:
            return publish_by_worth(tables, [Lot(["team"], least=False)], RULES, **more).table("level")
        except NotSafe:
            return None

    assert levels_of([levels]) is None
    assert levels_of([levels, teams]) is None
