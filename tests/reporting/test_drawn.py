"""The cells of a table as HTML: every word is escaped, and every sign is said in words too."""

from __future__ import annotations

from dataclasses import replace

from opstap.reporting.tables.drawn import drawn_cells
from opstap.reporting.tables.pages import Cell

HEAD = Cell("Trede <1>", "Trede", is_figure=False, is_key=True)
FIGURE = Cell("12", "Mensen & co", is_figure=True, is_key=False)


def drawn(cell: Cell, *, in_card: frozenset[int] = frozenset(), words_have_room: bool = False) -> str:
    """The second cell of a row."""
    both = str(drawn_cells((HEAD, cell), in_card, words_have_room=words_have_room))
    return both.removeprefix('<th scope="row" class="key" data-label="Trede">Trede &lt;1&gt;</th>')


def test_words_are_escaped_wherever_they_stand() -> None:
    bad = '"><script>'
    cell = Cell(bad, bad, is_figure=True, is_key=False, url=bad, level=bad, level_class=bad, beside=bad, under=bad)
    assert "<script>" not in drawn_cells((cell, cell), (), words_have_room=True)


def test_a_plain_figure() -> None:
    assert drawn(FIGURE) == '<td class="num nowrap" data-label="Mensen &amp; co">12</td>'


def test_a_figure_that_leads_somewhere() -> None:
    assert '<a href="?a=1&amp;b=2">12</a>' in drawn(replace(FIGURE, url="?a=1&b=2"))


def test_what_is_hidden_or_of_few_people_says_so_in_words() -> None:
    assert "verborgen" in drawn(replace(FIGURE, text="", is_hidden=True))
    assert "(van weinig mensen)" in drawn(replace(FIGURE, is_small=True))


def test_a_card_shows_its_own_columns_and_opens_to_more() -> None:
    assert 'class="num nowrap key"' in drawn(FIGURE, in_card=frozenset({1}))
    assert 'class="num nowrap more"' in drawn(replace(FIGURE, is_key=True), in_card=frozenset({2}))
    assert 'class="num nowrap key"' in drawn(replace(FIGURE, is_key=True))


def test_words_get_room_where_there_are_few_columns_of_them() -> None:
    words = replace(FIGURE, is_figure=False, is_silent=True, is_diagonal=True)
    assert 'class="words brief muted diagonal"' in drawn(words, words_have_room=True)
    assert 'class="muted diagonal"' in drawn(words)
    assert 'class="words muted diagonal"' in drawn(replace(words, text="w" * 28), words_have_room=True)


def test_a_sum_with_more_that_is_hidden_is_one_piece_and_how_sure_stands_below() -> None:
    some = drawn(replace(FIGURE, text="1.160 + ", is_hidden=True))
    assert '<span>1.160 + <span aria-hidden="true">×</span>' in some
    assert some.endswith("</span></span></td>")
    sure = drawn(replace(FIGURE, beside="40 %", under="12–77 %"))
    assert sure.endswith('<span class="muted beside">40 %</span> <span class="muted under">12–77 %</span></td>')


def test_an_interval_keeps_to_one_line_however_many_columns_of_words_there_are() -> None:
    words = replace(FIGURE, is_figure=False, text="tussen 41 % en 49 %", in_one=True)
    assert 'class="in-one"' in drawn(words)
    assert 'class="words brief in-one"' in drawn(words, words_have_room=True)
    assert "in-one" not in drawn(replace(words, text="w" * 28))
