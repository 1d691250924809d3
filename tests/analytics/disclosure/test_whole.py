"""Who leads a team knows all of it: the cells of that team to the last person. What they could find of another team
beside it is hidden, and what is their own is no finding.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from opstap.analytics.disclosure import Cell, PublishedTable, Rules, Table, Whole, attack, publish
from opstap.analytics.disclosure.model import Model
from tests.analytics.disclosure.shapes import AGES, LEVELS, TEAMS, shape, shown, table

RULES = Rules(threshold=8)
SMALL = ("1", "north")
COUNTS: dict[Cell, int] = {SMALL: 4, ("1", "south"): 36, **{(lv, team): 20 for lv in "23" for team in TEAMS}}
WHOLE = {team: {cell: Whole(COUNTS[cell]) for cell in COUNTS if cell[1] == team} for team in TEAMS}
LEADS: dict[str, dict[str, Any]] = {team: {"team": own} for team, own in WHOLE.items()}
BY_LEVEL = shown("level", {("1",): 40, ("2",): 40, ("3",): 40}, "level")
BY_TEAM = shown(
    "team", {cell: None if cell == SMALL else 35 if n == 36 else n for cell, n in COUNTS.items()}, "level", "team"
)


def test_who_leads_one_of_two_teams_finds_what_is_hidden_of_the_other() -> None:
    """Level 1 holds 38 to 42; the leader of the south knows 36 of them, so that 2 to 6 are in the north."""
    both = [BY_LEVEL, BY_TEAM]
    assert attack(both, RULES, known={"south": {"team": {("1", "south"): 33}}}) == attack(both, RULES)
    (found,) = attack(both, RULES, known={"south": LEADS["south"]})
    assert (found.table, found.cells, found.viewer, found.low, found.high) == ("team", (SMALL,), "south", 2, 6)


def test_the_own_team_is_nothing_to_be_found_and_nothing_to_hide() -> None:
    assert attack([BY_LEVEL, BY_TEAM], RULES, known={"north": LEADS["north"]}) == attack([BY_LEVEL, BY_TEAM], RULES)
    own = {"leader": {cell: Whole(count) for cell, count in COUNTS.items() if cell[1] == "south"}}
    made = publish([table("team", COUNTS, "level", "team", known=own)], RULES).table("team")
    assert made.hidden == {SMALL}
    assert made.shown["1", "south"] == 35


def test_of_what_is_published_no_leader_finds_another_team_and_without_hiding_beside_it_one_does() -> None:
    levels = {(lv,): COUNTS[lv, "north"] + COUNTS[lv, "south"] for lv in LEVELS}
    known: dict[str, Any] = dict(WHOLE)
    tables = [table("level", levels, "level"), table("team", COUNTS, "level", "team", known=known)]
    made = publish(tables, RULES)
    assert made.table("level").shown["1",] is None
    assert [count for count in made.table("level").shown.values() if count] == [40, 40]
    assert attack(made.tables, RULES, known=LEADS) == []
    bare = [PublishedTable(one.shape, {cell: _small(one, cell) for cell in one.shape.cells()}) for one in tables]
    assert {one.viewer for one in attack(bare, RULES, known=LEADS)} == {"south"}


def _small(one: Table, cell: Cell) -> int | None:
    return RULES.rounded(one.count(cell)) if one.count(cell) >= RULES.threshold else None


def test_of_enough_others_nothing_is_found_that_a_shown_cell_would_not_tell_and_of_fewer_it_is() -> None:
    """Level 1 holds 8 to 12 people: all of them of the north when the south has none, and 3 to 7 when it has five."""
    levels = shown("level", {("1",): 10, ("2",): 40, ("3",): 40}, "level")
    teams = shown("team", {cell: None if cell[0] == "1" else 20 for cell in product(LEVELS, TEAMS)}, "level", "team")
    assert attack([levels, teams], RULES) == []
    assert attack([levels, teams], RULES, known={"south": {"team": {("1", "south"): Whole(0)}}}) == []
    (found,) = attack([levels, teams], RULES, known={"south": {"team": {("1", "south"): Whole(5)}}})
    assert (found.cells, found.low, found.high) == ((SMALL,), 3, 7)


def test_of_a_hidden_total_of_which_few_are_of_others_the_leader_finds_those() -> None:
    """By age level 1 holds 36 to 44, of whom its leader knows 36 in the south: the north is all that is left."""
    rules = Rules()
    levels = shown("level", {("1",): None, ("2",): 40, ("3",): 40}, "level")
    ages = shown("age", dict.fromkeys(product(LEVELS, AGES), 20), "level", "age")
    teams = shown("team", {cell: None if cell[0] == "1" else 20 for cell in COUNTS}, "level", "team")
    tables = [levels, ages, teams]
    assert {one.table for one in attack(tables, rules)} == {"level"}
    found = attack(tables, rules, known={"south": LEADS["south"]})
    assert {(one.table, one.viewer, one.low, one.high) for one in found} == {
        ("level", "", 36, 44), ("team", "south", 0, 8),
    }  # fmt: skip


def test_who_leads_two_of_three_teams_knows_both() -> None:
    levels = PublishedTable(shape("level", "level"), {("1",): 40, ("2",): 60, ("3",): 60})
    one = shape("team", "level", "team", team=("north", "south", "west"))
    cells = {cell: None if cell in {SMALL, ("1", "west")} else 20 for cell in one.cells()}
    tables = [levels, PublishedTable(one, cells)]
    south: dict[Cell, int] = {("1", "south"): Whole(22)}
    west: dict[Cell, int] = {("1", "west"): Whole(14)}
    assert attack(tables, RULES, known={"a": {"team": south}, "b": {"team": west}}) == []
    (found,) = attack(tables, RULES, known={"a": {"team": south | west}})
    assert (found.cells, found.low, found.high) == ((SMALL,), 2, 6)


def test_who_has_most_of_the_cell_beside_it_finds_the_rest_though_none_of_theirs_is_in_it() -> None:
    """Level 1 holds 8 to 12 people; a worker has 9 of them in the south, so that 3 at most are in the north."""
    levels = shown("level", {("1",): 10, ("2",): 40, ("3",): 40}, "level")
    teams = shown("team", {cell: None if cell[0] == "1" else 20 for cell in product(LEVELS, TEAMS)}, "level", "team")
    found = attack([levels, teams], RULES, known={"Jo": {"team": {("1", "south"): 9}}})
    assert {one.cells: (one.viewer, one.low, one.high) for one in found} == {
        (SMALL,): ("Jo", 0, 3), (("1", "south"),): ("Jo", 9, 12),
    }  # fmt: skip


def test_a_population_that_was_found_counts_for_who_knows_all_only_where_it_gives_just_that() -> None:
    model = Model([BY_LEVEL, BY_TEAM], RULES, [])
    model.look_at([("team", [SMALL])], {}, 10.0)
    assert model.reaches("team", [SMALL], {}) == 8, "1 to 9"
    assert model.reaches("team", [SMALL], LEADS["south"]) < 5
    assert model.between("team", [SMALL], LEADS["south"], 10.0, 400) == (2, 6, True)


@pytest.mark.parametrize(("count", "said"), [(5, "more than there are"), (3, "fewer than there are")])
def test_who_knows_all_of_a_cell_knows_neither_more_nor_fewer(count: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Table(BY_TEAM.shape, COUNTS, known={"north": {SMALL: Whole(count)}})
    assert Table(BY_TEAM.shape, COUNTS, known={"north": {SMALL: 3}}).least_unknown(SMALL) == 1
    assert Table(BY_TEAM.shape, COUNTS, known={"north": {SMALL: Whole(4)}}).least_unknown(SMALL) == 4
