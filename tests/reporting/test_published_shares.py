"""The shares beside published numbers follow from these alone; where one that is needed is hidden there is none."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from opstap.config.commands import publications_command
from opstap.reporting.logic.released import (
    BECAME,
    GROWTH,
    LEVEL,
    NOT_AGAIN,
    SAME,
    Released,
    ReleasedAxis,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.selectors.released.classes import INSTRUMENT, axes_of
from opstap.reporting.selectors.released.exact import closed_list
from opstap.reporting.selectors.released.people import counts_of, people_of
from opstap.reporting.tables.released.overview import overview_table
from opstap.reporting.tables.released.share_tables import share_table, shares_json
from opstap.reporting.tables.released.shares import EVERYBODY, ShareSheet, shares_of
from opstap.reporting.tables.released.sheets import Sheet
from tests.factories.accounts import a_worker
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.publications import SetDown, a_publication, a_table, a_town_to_publish
from tests.reporting.test_made_again import again_of, asked_basis

pytestmark = pytest.mark.django_db
THRESHOLD = 10


def axis(key: str, *codes: str) -> ReleasedAxis:
    return ReleasedAxis(key, key, key, tuple(ReleasedClass(code, code, code) for code in codes))


def sheet_of(shown: dict[tuple[str, ...], int | None], *axes: ReleasedAxis) -> ShareSheet:
    table = ReleasedTable("x", tuple(one.dimension for one in axes), shown)
    found = shares_of(
        Sheet(Released({one.dimension: one for one in axes}, (table,), {"ladder": True}), table), THRESHOLD
    )
    assert found is not None
    return found


LEFT_OUT = "Een rij met alleen streepjes staat er niet."
LEVELS = axis(LEVEL, "1", "2", "none", "left-x")
AGES = axis("age", "<27", "27+", "left-x")
WAYS = axis(BECAME, "risen", SAME, "fallen", NOT_AGAIN, "unknown", "new", "left-x")


def moved() -> ShareSheet:
    """Of the young nobody can have risen; of the others it is hidden how many were not placed again."""
    first: dict[tuple[str, ...], int | None] = {
        ("<27", SAME): 30,
        ("<27", "fallen"): 10,
        ("<27", NOT_AGAIN): 10,
        ("<27", "unknown"): None,
        ("<27", "new"): 20,
    }
    second: dict[tuple[str, ...], int | None] = {("27+", "risen"): 20, ("27+", SAME): 40, ("27+", "fallen"): 20}
    second |= {("27+", NOT_AGAIN): None, ("27+", "unknown"): 10, ("27+", "new"): None}
    return sheet_of({**first, **second, ("left-x", "left-x"): 25}, AGES, WAYS)


def test_by_group_who_rose_fell_or_stayed_of_who_was_placed_again_and_who_was_not() -> None:
    lines = {tuple(one.code for one in line.classes): line.found for line in moved().lines}
    assert set(lines) == {("<27",), ("27+",), ()}
    first = lines["<27",]
    assert "risen" not in first
    assert first["same"] is not None
    assert first["same"].share(0) == 75
    assert first["same"].bounds() == (Decimal(54), Decimal(87))  # 28 of 40, and 32 of 42
    assert first["not-again"] is not None
    assert first["not-again"].share(0) == 20
    assert first["not-again"].bounds() == (Decimal(18), Decimal(24))  # 10 of 54, and 12 of 50
    second = lines["27+",]
    assert second["risen"] is not None
    assert second["risen"].share(0) == 25
    assert second["not-again"] is None, "it is hidden"
    assert lines[()]["risen"] is not None
    assert lines[()]["not-again"] is None


def test_of_who_stands_on_a_level_now_no_share_says_how_many_rose() -> None:
    """Nobody rose to the lowest level: a share of who stands there now says nothing of who began there."""
    shown: dict[tuple[str, ...], int | None] = {
        ("1", SAME): 30,
        ("1", "fallen"): 10,
        ("2", "risen"): 20,
        ("2", SAME): 40,
    }
    table = ReleasedTable("level-by-became", (LEVEL, BECAME), shown)
    axes = {LEVEL: LEVELS, BECAME: WAYS}
    found = shares_of(Sheet(Released(axes, (table,), {"ladder": True}), table), THRESHOLD)
    assert found is not None
    assert [line.classes for line in found.lines] == [()], "of everybody together, where movement does not stand alone"
    alone = ReleasedTable(BECAME, (BECAME,), {("risen",): 20})
    assert shares_of(Sheet(Released(axes, (alone, table), {"ladder": True}), table), THRESHOLD) is None


def test_a_dash_says_why_it_is_there_and_a_silent_cell_that_nobody_can_be_in_it() -> None:
    table = share_table(moved())
    texts = {
        row.cells[0].text: [cell.text.rstrip("\N{NO-BREAK SPACE}%") for cell in row.cells[1:]] for row in table.rows
    }
    assert texts["<27"] == ["", "75", "25", "20"]
    assert texts["27+"] == ["25", "50", "25", "—"]
    assert "verborgen" in table.foot or "hidden" in table.foot
    numbers = shares_json(moved())["shares"]
    assert {"age": "27+", "share": "not-again", "percent": None, "low": None, "high": None} in numbers


def test_a_row_of_dashes_is_left_out_and_so_is_what_is_known_of_nobody() -> None:
    answers = axis(GROWTH, "yes", "no", "unknown", "none", "left-x")
    shown: dict[tuple[str, ...], int | None] = {("1", "yes"): 60, ("1", "no"): 20, ("1", "unknown"): None}
    shown |= {("2", "yes"): 10, ("2", "no"): None, ("2", "unknown"): None}
    table = share_table(sheet_of(shown, LEVELS, answers))
    assert [row.cells[0].text for row in table.rows] == ["1"]
    assert len(table.headings) == 2
    assert LEFT_OUT in table.foot


def test_that_a_row_is_left_out_is_said_only_where_one_is() -> None:
    assert LEFT_OUT not in share_table(moved()).foot, "a dash stands in a row with other shares"
    levels = ReleasedTable(LEVEL, (LEVEL,), {("1",): 40, ("2",): None, ("none",): None, ("left-x",): 10})
    answers = ReleasedTable(GROWTH, (GROWTH,), {("yes",): 30, ("no",): 20, ("unknown",): 10, ("none",): 5})
    axes = {LEVEL: LEVELS, GROWTH: axis(GROWTH, "yes", "no", "unknown", "none", "left-x")}
    table = overview_table(Released(axes, (levels, answers), {"ladder": True}), THRESHOLD)
    assert table is not None
    assert any(cell.text == "\N{EM DASH}" for row in table.rows for cell in row.cells)
    assert "verborgen" in table.foot or "hidden" in table.foot
    assert LEFT_OUT not in table.foot, "there each share has a row, hidden or not"


def test_of_how_many_it_is_known_is_said_only_where_that_is_shown() -> None:
    answers = axis(GROWTH, "yes", "no", "unknown", "none", "left-x")
    shown: dict[tuple[str, ...], int | None] = {("1", "yes"): 60, ("1", "no"): 20, ("1", "unknown"): 20}
    shown |= {("2", "yes"): 10, ("2", "no"): 10, ("2", "unknown"): None, ("none", "none"): 10}
    one, two, every = sheet_of(shown, LEVELS, answers).lines
    assert one.known["growth"] == 80
    assert two.known.get("growth") is None
    assert two.found["growth"] is not None
    assert two.found["growth"].share(0) == 50
    assert every.found["growth"] is not None
    assert every.found["growth"].share(0) == 70
    assert every.known.get("growth") is None


def test_where_nobody_can_be_unknown_a_share_is_of_everybody() -> None:
    shown: dict[tuple[str, ...], int | None] = {("1", "yes"): 20, ("1", "no"): 60}
    found = sheet_of(shown, LEVELS, axis(INSTRUMENT, "yes", "no", "left-x"))
    (measure,) = found.measures
    assert (measure.of, measure.tells_known) == (EVERYBODY, False)
    share = found.lines[0].found["instrument"]
    assert share is not None
    assert share.share(0) == 25
    asked = sheet_of(shown, LEVELS, axis(INSTRUMENT, "yes", "no", "unknown", "left-x"))
    assert asked.measures[0].tells_known


def test_who_has_a_level_follows_of_a_table_only_where_all_its_levels_are_shown() -> None:
    ages = axis("age", "<27", "27-44", "left-x")
    shown: dict[tuple[str, ...], int | None] = {("1", "<27"): 40, ("2", "<27"): 40, ("none", "<27"): 20}
    shown |= {("1", "27-44"): 40, ("2", "27-44"): None, ("none", "27-44"): 20, ("left-x", "left-x"): 10}
    young, old = sheet_of(shown, LEVELS, ages).lines
    assert young.found["placed"] is not None
    assert young.found["placed"].share(0) == 80
    assert old.found["placed"] is None
    alone = sheet_of({("1",): 40, ("2",): 35, ("none",): 25, ("left-x",): 10}, LEVELS)
    (line,) = alone.lines
    assert line.found["placed"] is not None
    assert line.found["placed"].share(0) == 75


def test_a_table_that_gives_no_share_says_so_and_shows_no_row_of_dashes() -> None:
    hidden: dict[tuple[str, ...], int | None] = {("1", "yes"): 60, ("1", "no"): None, ("1", "unknown"): None}
    table = share_table(sheet_of(hidden, LEVELS, axis(GROWTH, "yes", "no", "unknown", "none", "left-x")))
    assert (len(table.rows), "—" in table.foot) == (0, False)
    assert "verborgen" in table.foot or "hidden" in table.foot


@pytest.fixture
def made() -> SetDown:
    """Of 42 on level 1 ten were placed again on it, twelve came from level 2, and twenty were not placed again. All in
    one team: who leads it may see everybody.
    """
    made = a_town_to_publish("Werk")
    long_ago = made.on - timedelta(days=500)
    for number, client in enumerate(made.people[:42]):
        if number < 22:
            placed(client, "1" if number < 10 else "2", on=long_ago)
    for client in made.people[42:105]:
        placed(client, "2", on=long_ago)
    return made


def test_who_was_not_placed_again_is_a_class_and_publications_of_before_that_come_out_the_same(made: SetDown) -> None:
    lone = made.people[105]
    placed(lone, "3", on=made.on - timedelta(days=600))
    basis = asked_basis(made)
    axes = axes_of(basis)
    now = counts_of(people_of(basis, axes), [LEVEL, BECAME])
    assert (now["1", SAME], now["1", "fallen"], now["2", SAME]) == (10, 12, 63)
    assert now["3", SAME] == 1
    before = {**axes, BECAME: axis(BECAME, *(code for code in axes[BECAME].codes if code != NOT_AGAIN))}
    assert counts_of(people_of(basis, before), [LEVEL, BECAME])["1", SAME] == 10


def test_page_file_and_command_show_the_shares_beside_the_numbers(
    made: SetDown, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    whole = a_publication(made.town, made.on)
    policy: Browser = signed_in(a_worker(made.town, "policy"))
    page = f"/publicaties/{whole.reference}/"
    shown = policy.get(page).content.decode()
    assert "De gemeente in percentages" not in shown, "of everybody each share needs a number that is hidden here"
    assert "Percentages: Groeipotentieel naar trede" in shown
    csv = policy.get(f"{page}bestand/csv/?table=level-by-growth-shares").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("Trede;Met groeipotentieel (%)")
    numbers = Released.of(whole.figures).table("level-by-growth")
    assert numbers is not None
    yes, no = numbers.shown["2", "yes"], numbers.shown["2", "no"]
    assert yes
    assert no
    (row,) = [row for row in csv if row.startswith("2 ")]
    assert row.split(";")[1] == str(round(100 * yes / (yes + no)))
    beside = a_table(whole, "age", GROWTH)
    assert policy.get(f"{page}?table=became").status_code == 200
    assert "Percentages" in policy.get(f"/publicaties/{beside.reference}/").content.decode()
    capsysbinary.readouterr()
    assert publications_command.run([whole.reference, "--format", "json"]) == 0
    kept = json.loads(capsysbinary.readouterr().out)
    assert {one["key"] for one in kept["shares"]} >= {"level-shares", "level-by-growth-shares"}
    assert publications_command.run([whole.reference, "--table", "level-by-growth-shares"]) == 0
    assert "Met groeipotentieel (%)" in capsysbinary.readouterr().out.decode()
    assert again_of(whole) == [(0, 0)]


def test_sums_beside_the_levels_are_of_a_hundred_people_or_more() -> None:
    axes = {key: ReleasedAxis(key, "", "", ()) for key in (LEVEL, "exemption")}
    assert closed_list(axes, 99) == [(LEVEL,), (LEVEL, "exemption")]
    assert closed_list(axes, 100) == [(LEVEL,), ("exemption",), (LEVEL, "exemption")]


@pytest.mark.parametrize(("shown", "stands"), [(40, True), (None, False)])
def test_of_everybody_nothing_stands_where_each_share_needs_a_hidden_number(shown: int | None, stands: bool) -> None:
    levels = axis(LEVEL, "1", "none")
    table = ReleasedTable(LEVEL, (LEVEL,), {("1",): shown, ("none",): 20})
    released = Released({LEVEL: levels}, (table,), {})
    assert bool(overview_table(released, THRESHOLD)) is stands
    assert bool(overview_table(released, THRESHOLD, LEVEL)) is stands
    assert overview_table(released, THRESHOLD, BECAME) is None, "on the page of another table"
