"""A number that is hidden makes no share of what is left: rises and falls are hidden more often than who stayed."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from opstap.foundation import dates
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    GROWTH,
    LEVEL,
    RISEN,
    SAME,
    Released,
    ReleasedAxis,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.tables.colleagues.own import together
from opstap.reporting.tables.colleagues.sides import Row, Side, Sides
from opstap.reporting.tables.pages import Cell, PageTable
from opstap.reporting.tables.released.files import content_of
from opstap.reporting.tables.released.page import page_table
from opstap.reporting.tables.released.sheets import Sheet
from opstap.reporting.tables.released.words import lead

Shown = dict[tuple[str, ...], int | None]


def an_axis(key: str, *codes: str) -> ReleasedAxis:
    return ReleasedAxis(key, key, key, tuple(ReleasedClass(code, code, code) for code in codes))


AXES = {
    LEVEL: an_axis(LEVEL, "1", "2", "none", "left-2025-01-31"),
    GROWTH: an_axis(GROWTH, "yes", "no"),
    BECAME: an_axis(BECAME, RISEN, SAME, FALLEN),
}


def a_sheet(dimensions: tuple[str, ...], shown: Shown) -> Sheet:
    table = ReleasedTable("-by-".join(dimensions), dimensions, shown)
    return Sheet(Released(AXES, (table,), {"ladder": True}), table)


def cells_of(table: PageTable) -> list[list[str]]:
    return [[_said(cell) for cell in row.cells] for row in table.rows]


def _said(cell: Cell) -> str:
    text = cell.text.replace("\xa0", " ").strip()
    return " ".join(part for part in (text, "×" if cell.is_hidden else "", cell.beside) if part)


def test_a_way_to_move_that_is_hidden_on_one_level_is_hidden_over_all() -> None:
    """Of 20 on level 2, 5 rose for all to see; those of level 3 are hidden: not 5 of 105."""
    shown: Shown = {
        ("2", RISEN): 5, ("3", RISEN): None, ("2", SAME): 60, ("3", SAME): 40, ("2", FALLEN): 0, ("3", FALLEN): 10,
    }  # fmt: skip
    table = ReleasedTable(f"{LEVEL}-by-{BECAME}", (LEVEL, BECAME), shown)
    assert together(table, [RISEN, SAME, FALLEN]) == {RISEN: None, SAME: 100, FALLEN: 10}


def sides(team: dict[str, int | None]) -> Sides:
    rows = [Row("1", "Alone", "#000000"), Row("2", "Together", "#111111")]
    own: dict[str, int | None] = {"1": 4, "2": 6}
    return Sides("Beside", "Level", rows, [Side("own", "You", own), Side("team", "North", team)], "")


def test_a_side_with_something_hidden_has_no_share_no_sum_and_no_bar() -> None:
    with override("nl"):
        found = sides({"1": 60, "2": None})
        table = found.table()
        assert [[cell.replace("\xa0", " ") for cell in row] for row in cells_of(table)] == [
            ["Alone", "4 40 %", "60"],
            ["Together", "6 60 %", "×"],
            ["Samen", "10 100 %", "×"],
        ]
        assert found.picture() is None
        rows = found.content().rows
    assert [row["team_share"] for row in rows[:2]] == [None, None]
    assert [row["team"] for row in rows] == [60, "verborgen", "verborgen"]
    assert "geen percentages" in table.foot


def test_a_side_that_is_shown_whole_has_its_shares_and_its_bar() -> None:
    found = sides({"1": 60, "2": 20})
    assert [row[2].replace("\xa0", " ") for row in cells_of(found.table())] == ["60 75 %", "20 25 %", "80 100 %"]
    assert found.picture() is not None


def test_the_levels_have_shares_only_where_all_of_them_are_shown() -> None:
    whole: Shown = {("1",): 60, ("2",): 20, ("none",): 20, ("left-2025-01-31",): 5}
    rows = cells_of(page_table(a_sheet((LEVEL,), whole)))
    assert [row[1:] for row in rows] == [["60", "60 %"], ["20", "20 %"], ["20", "20 %"], ["100", "100 %"]]
    rows = cells_of(page_table(a_sheet((LEVEL,), {**whole, ("none",): None})))
    assert [row[1:] for row in rows] == [["60"], ["20"], ["×"], ["80 + ×"]]


def test_a_sum_with_a_hidden_part_says_so() -> None:
    """Growth potential: yes 745 beside no 25 was the shape of what was hidden, not of the people."""
    shown: Shown = {("1", "yes"): 300, ("2", "yes"): 445, ("1", "no"): 25, ("2", "no"): None}
    sheet = a_sheet((LEVEL, GROWTH), shown)
    table = page_table(sheet)
    assert [row[1:3] + row[-1:] for row in cells_of(table)] == [
        ["300", "445", "745"],
        ["25", "×", "25 + ×"],
        ["325", "445 + ×", "770 + ×"],
    ]
    assert "+ ×" in table.foot
    with override("nl"):
        columns = [column.label for column in content_of(sheet).columns]
    assert columns[-1] == "Som van wat getoond is"


@pytest.mark.parametrize(("hidden", "said"), [(None, "(60 %)"), (20, "60 mensen (60 %)")])
def test_the_first_sentence_gives_a_share_only_where_nothing_is_hidden(hidden: int | None, said: str) -> None:
    released = a_sheet((LEVEL,), {("1",): 60, ("2",): 20, ("none",): hidden}).released
    with override("nl"):
        told = lead(released, last_day())
    assert (said in told) is (hidden is not None)
    assert "60 mensen" in told
    assert ("verborgen" in told) is (hidden is None)


def last_day() -> date:
    return dates.today()
