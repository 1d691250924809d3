"""What a card on a telephone shows of a table before it is opened, and which tables keep their shape."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable


def a_table(keys: set[int], columns: int = 8, **more: object) -> PageTable:
    headings = tuple(Heading(f"H{place}", "", is_figure=bool(place)) for place in range(columns + 1))
    cells = tuple(
        Cell(f"c{place}", f"H{place}", is_figure=place < columns, is_key=not place or place in keys)
        for place in range(columns + 1)
    )
    return PageTable("Mensen", headings, (PageRow(cells, is_total=False),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({3, 4}, {3, 4}),
        ({3}, {3, 1}),
        ({1}, {1, 2}),
        (set(), {1, 2}),
        (set(range(1, 9)), {1, 2}),
    ],
)
def test_a_card_shows_the_facts_that_matter(keys: set[int], shown: set[int]) -> None:
    assert a_table(keys).in_card == shown


def test_a_table_may_say_which_facts_matter() -> None:
    assert a_table({1}, facts=(4, 8)).in_card == {4, 8}


def test_a_card_of_few_columns_shows_them_all() -> None:
    assert a_table({1}, columns=4).in_card == frozenset()


@pytest.mark.parametrize("kept", ["is_matrix", "is_narrow", "scrolls"])
def test_what_keeps_its_shape_has_no_cards(kept: str) -> None:
    assert a_table({1}, **{kept: True}).in_card == frozenset()


def drawn(table: PageTable) -> str:
    return render_to_string("reporting/table.html", {"table": table, "is_alone": True})


def test_the_rest_stands_behind_one_opener_and_words_are_told_from_figures() -> None:
    page = drawn(a_table({1}))
    assert page.count('<input type="checkbox">') == 1
    assert "Alle kolommen" in page
    assert '<td class="num nowrap key" data-label="H1">' in page
    assert '<td class="num nowrap more" data-label="H3">' in page
    assert '<td class="words brief more" data-label="H8">' in page
    assert "tabindex" not in page


def test_a_matrix_moves_aside_in_a_frame_that_the_keyboard_reaches() -> None:
    page = drawn(a_table({1}, is_matrix=True))
    assert "checkbox" not in page
    assert 'class="table-frame table-frame--scrolls" tabindex="0" role="region" aria-label="Tabel: Mensen"' in page
    assert '<td class="num nowrap key" data-label="H1">' in page


def test_a_list_of_words_has_no_room_for_each_of_its_columns() -> None:
    headings = tuple(Heading(f"H{place}", "", is_figure=False) for place in range(6))
    cells = tuple(Cell(f"c{place}", f"H{place}", is_figure=False, is_key=False) for place in range(6))
    assert "words" not in drawn(PageTable("Mensen", headings, (PageRow(cells, is_total=False),)))
