"""What is published: nothing small, nothing that can be recovered, nothing that everybody in a group shares."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.disclosure import Axis, Link, NotSafe, Published, Rules, Table, attack, publish
from opstap.analytics.disclosure.tables import Cell, Shape
from tests.analytics.disclosure.shapes import AGES, LEVELS, TEAMS, shape, table

RULES = Rules()
BY_AGE = dict.fromkeys(product(LEVELS, AGES), 20)
BY_TEAM = {("1", "north"): 36, ("1", "south"): 4} | {(level, team): 20 for level in "23" for team in TEAMS}


def test_small_counts_are_hidden_and_others_rounded() -> None:
    made = publish([table("team", {**BY_TEAM, ("2", "north"): 23}, "level", "team")], RULES)
    shown = made.table("team").shown
    assert shown["1", "south"] is None
    assert (shown["1", "north"], shown["2", "north"], shown["3", "north"]) == (35, 25, 20)


def test_totals_are_the_sums_of_what_is_shown() -> None:
    made = publish([table("team", BY_TEAM, "level", "team")], RULES).table("team")
    assert made.total() == 35 + 20 * 4
    assert made.total({0: "1"}) == 35
    assert made.total({1: "south"}) == 40


def test_nobody_is_hidden_as_a_few_are_so_that_a_group_that_is_all_alike_does_not_show() -> None:
    alike = {("1", "north"): 40, ("2", "south"): 30}
    made = publish([table("team", alike, "level", "team")], RULES).table("team")
    assert {cell for cell, count in made.shown.items() if count is None} == set(made.shape.cells()) - set(alike)


def test_what_a_second_table_would_tell_is_hidden_too_and_without_that_the_attack_succeeds() -> None:
    strict = Rules(threshold=12)
    tables = [table("team", BY_TEAM, "level", "team"), table("age", BY_AGE, "level", "age")]
    made = publish(tables, strict)
    assert made.table("team").shown["1", "north"] is None
    assert attack(made.tables, strict) == []
    with pytest.raises(NotSafe) as refused:
        publish(tables, strict, complementary=False)
    assert refused.value.findings[0].cells == (("1", "south"),)


def test_a_line_whose_hidden_cells_hold_few_together_is_not_left_over() -> None:
    counts = {("1", "north"): 3, ("1", "south"): 4} | {(level, team): 40 for level in "23" for team in TEAMS}
    ages = {("1", "young"): 0, ("1", "old"): 7} | {(level, age): 40 for level in "23" for age in AGES}
    made = publish([table("team", counts, "level", "team"), table("age", ages, "level", "age")], RULES)
    assert all(
        made.table(key).shown[cell] is None
        for key in ("team", "age")
        for cell in made.table(key).shown
        if cell[0] == "1"
    )


def test_a_count_of_which_somebody_knows_all_but_a_few_is_hidden() -> None:
    own = {"Jo": {("2", "north"): 15}}
    made = publish([table("team", BY_TEAM, "level", "team", known=own)], RULES).table("team")
    assert made.shown["2", "north"] is None
    assert made.shown["3", "north"] == 20


def test_a_month_later_a_cell_that_became_small_is_not_told_by_the_month_before() -> None:
    may = table("may", {("1",): 13, ("2",): 50, ("3",): 60}, "level", population="may")
    june = table("june", {("1",): 9, ("2",): 50, ("3",): 60}, "level", population="june")
    before = publish([may], RULES)
    with pytest.raises(NotSafe) as refused:
        publish([june], RULES, before=before.tables, links=[Link("may", "june", 1, 4)])
    assert {one.table for one in refused.value.findings} == {"june"}
    many = publish([june], RULES, before=before.tables, links=[Link("may", "june", 12, 16)])
    assert many.table("june").shown[("1",)] is None


def test_a_cell_of_the_month_before_is_not_told_by_what_is_shown_now() -> None:
    may = table("may", {("1",): 9, ("2",): 50, ("3",): 60}, "level", population="may")
    june = table("june", {("1",): 12, ("2",): 50, ("3",): 60}, "level", population="june")
    before, links = publish([may], RULES), [Link("may", "june", 3, 0)]
    (found,) = attack([*before.tables, *publish([june], RULES).tables], RULES, links=links)
    assert (found.table, found.low, found.high) == ("may", 7, 12)
    made = publish([june], RULES, before=before.tables, links=links)
    assert made.table("june").shown == {("1",): None, ("2",): 50, ("3",): 60}


def test_where_nothing_is_shown_beside_a_cell_another_table_hides_what_tells_of_it() -> None:
    sides = {"level": ("1", "2"), "team": ("north", "south", "east")}
    teams = {("1", "north"): 9, ("1", "south"): 8, ("1", "east"): 4, ("2", "north"): 30}
    teams |= {("2", "south"): 40, ("2", "east"): 30}
    own = {"Jo": {("1", "north"): 8, ("1", "south"): 7, ("1", "east"): 3}}
    by_team = Table(shape("team", "level", "team", **sides), teams, own)  # type: ignore[arg-type]
    ages = {("1", "young"): 10, ("1", "old"): 11, ("2", "young"): 60, ("2", "old"): 40}
    by_age = Table(shape("age", "level", "age", **sides), ages)  # type: ignore[arg-type]
    shown = publish([by_team, by_age], RULES).table("age").shown
    assert shown == {("1", "young"): None, ("1", "old"): 10, ("2", "young"): 60, ("2", "old"): 40}


def test_what_a_coarser_table_shows_already_is_shown_in_a_finer_one_as_well() -> None:
    """Level 3 stands alone in both: hidden by level it would be read by part, and nothing would undo that."""
    parts = Axis("level", {"1-2": ("1", "2"), "3": ("3",)})
    coarse = Table(
        Shape("parts", "may", (parts, Axis.of("age", AGES))),
        {("1-2", "young"): 34, ("1-2", "old"): 40, ("3", "young"): 25, ("3", "old"): 24},
    )
    out = publish([coarse], RULES).tables
    counts = {("1", "young"): 4, ("2", "young"): 30, ("1", "old"): 20, ("2", "old"): 20}
    fine = table("age", counts | {("3", "young"): 25, ("3", "old"): 24}, "level", "age")
    shown = publish([fine], RULES, before=out).table("age").shown
    assert (shown["3", "young"], shown["3", "old"]) == (25, 25)
    assert shown["1", "young"] is None
    assert attack([*out, *publish([fine], RULES, before=out).tables], RULES) == []


def test_a_count_at_the_threshold_is_shown() -> None:
    made = publish([table("team", {**BY_TEAM, ("2", "north"): 10, ("3", "north"): 9}, "level", "team")], RULES)
    assert made.rules == RULES
    assert made.table("team").shown["2", "north"] == 10
    assert made.table("team").shown["3", "north"] is None


def test_what_can_hold_nobody_is_no_cell_and_hides_nobody() -> None:
    one = Shape("growth", "may", shape("growth", "level", "team").axes, frozenset({("3", "south")}))
    made = publish([Table(one, dict.fromkeys(one.cells(), 20))], RULES).table("growth")
    assert ("3", "south") not in made.shown
    assert None not in made.shown.values()
    with pytest.raises(ValueError, match="has 1 persons in"):
        Table(one, {("3", "south"): 1})


def test_published_is_made_by_publishing_alone() -> None:
    with pytest.raises(TypeError, match="attacks it first"):
        Published((), RULES)


@pytest.mark.parametrize("threshold", [7, 12, 22])
def test_no_number_below_the_threshold_is_shown_where_that_is_no_multiple_of_the_base(threshold: int) -> None:
    """A 12 under a threshold of 12 would be shown as 10: below the threshold, and 12 and nothing else."""
    counts = {("1",): threshold, ("2",): threshold + 3, ("3",): 60}
    shown = publish([table("level", counts, "level")], Rules(threshold)).table("level").shown
    assert shown["1",] is None
    assert all(count is None or count >= threshold for count in shown.values())
    assert shown["2",] == Rules(threshold).rounded(threshold + 3)


@pytest.mark.parametrize(("threshold", "base"), [(4, 5), (31, 5), (10, 3)])
def test_rules_have_their_ends(threshold: int, base: int) -> None:
    with pytest.raises(ValueError, match="not among the rules"):
        Rules(threshold, base)


@pytest.mark.parametrize("base", [5, 10])
def test_behind_what_is_shown_stands_what_is_rounded_to_it(base: int) -> None:
    rules = Rules(threshold=10, base=base)
    for count in range(10, 200):
        low, high = rules.behind(rules.rounded(count))
        assert low <= count <= high
        assert all(rules.rounded(other) == rules.rounded(count) for other in range(low, high + 1))
        assert rules.rounded(high + 1) != rules.rounded(count)


def test_tables_hold_only_what_they_can() -> None:
    with pytest.raises(ValueError, match=r"^table team has 3 persons in \('9', 'north'\)"):
        Table(shape("team", "level", "team"), {("9", "north"): 3})
    with pytest.raises(ValueError, match=r"^Jo knows of 4 persons in .* of table team: more than there are"):
        Table(shape("team", "level", "team"), {("1", "north"): 3}, {"Jo": {("1", "north"): 4}})
    with pytest.raises(ValueError, match=r"^table team as known to Jo has 4 persons in"):
        Table(shape("team", "level", "team"), {("1", "north"): 3}, {"Jo": {("9", "north"): 4}})


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[str, str, str, str]]:
    """People by level, team, age and worker, unevenly."""
    weights = draw(st.lists(st.integers(0, 45), min_size=12, max_size=12))
    kinds = list(product(LEVELS, TEAMS, AGES))
    people: list[tuple[str, str, str, str]] = []
    for (level, team, age), count in zip(kinds, weights, strict=True):
        people += [(level, team, age, f"{team}-{number % 3}") for number in range(count)]
    return people


def tables_of(people: list[tuple[str, str, str, str]], *, ring: bool) -> list[Table]:
    at = {"level": 0, "team": 1, "age": 2}
    pairs = [("level", "team"), ("level", "age"), *([("team", "age")] if ring else [])]
    found = []
    for one, two in pairs:
        counts: Counter[Cell] = Counter((person[at[one]], person[at[two]]) for person in people)
        known: dict[str, Any] = {
            worker: Counter((person[at[one]], person[at[two]]) for person in people if person[3] == worker)
            for worker in sorted({person[3] for person in people})
        }
        found.append(table(f"{one}-{two}", counts, one, two, known=known))
    return found


@settings(deadline=None, max_examples=15)
@given(towns(), st.booleans())
def test_of_no_town_anything_is_recovered_by_anybody(people: list[tuple[str, str, str, str]], ring: bool) -> None:
    tables = tables_of(people, ring=ring)
    try:
        made = publish(tables, RULES)
    except NotSafe:
        return
    known: dict[str, dict[str, Any]] = {}
    for one in tables:
        for worker, own in one.known.items():
            known.setdefault(worker, {})[one.shape.key] = own
    assert attack(made.tables, RULES, known=known) == []
    for one in tables:
        for cell, count in made.table(one.shape.key).shown.items():
            assert count is None or (one.count(cell) >= 10 and count == RULES.rounded(one.count(cell)))
            assert count is None or all(
                one.count(cell) - own.get(cell, 0) >= 10 for own in one.known.values() if own.get(cell)
            )
