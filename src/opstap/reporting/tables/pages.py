"""The table of a report as its page shows it: cells in words, with links to the people behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number, share
from opstap.ladder.tables import level_class
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.drawn import drawn_cells
from opstap.reporting.tables.intervals import small_note
from opstap.reporting.tables.results import Address, Result, ResultRow, RowHead
from opstap.reporting.tables.words import column_label, group_label

MOST_UPRIGHT = 8
MOST_TOGETHER = 18
MOST_LETTERS = 60
MOST_OF_WORDS = 3
MOST_IN_A_CARD, FACTS = 4, 2
"""A card on a telephone shows so many columns at most beside its name; of more than that the facts, until opened."""
AND_MORE = "\N{NO-BREAK SPACE}+\N{NO-BREAK SPACE}"
"""Behind a sum, before the cross of what is hidden of it."""


@dataclass(frozen=True)
class Cell:
    """A cell: its words, whether it is a figure, and where it leads; `beside`: its share, if that has no column, and
    `under` it how sure that is. Words that are `in_one` piece keep to one line of a wide screen. What `is_hidden` was
    not published.
    """

    text: str
    label: str
    is_figure: bool
    is_key: bool
    url: str = ""
    level: str = ""
    level_class: str = ""
    is_silent: bool = False
    is_diagonal: bool = False
    is_small: bool = False
    beside: str = ""
    under: str = ""
    in_one: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class PageRow:
    """A row of cells. `group_head` is set on the first row of a group."""

    cells: tuple[Cell, ...]
    is_total: bool
    group_head: str = ""


@dataclass(frozen=True)
class Heading:
    """A column's heading with what it means."""

    label: str
    meaning: str
    is_figure: bool
    level: str = ""
    level_class: str = ""


@dataclass(frozen=True)
class PageTable:
    """Everything the template walks through. A caption is shown when a page has more than one table.

    A matrix has a column for each row; a narrow table keeps its shape on a telephone and takes no more than it needs.
    `foot` stands under it. One that `scrolls` aside in its frame can be reached with the keyboard. `facts` are the
    columns that matter, by their place, where they are not the ones that cells call their key. A `lined` table has
    many short rows: on a telephone each is one line of its name and its facts. A `folded` one explains, and opens.
    One that is `close` fits on paper that stands though it has many columns, so that the charts with it have the sheet.
    """

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[PageRow, ...]
    is_matrix: bool = False
    is_narrow: bool = False
    foot: str = ""
    scrolls: bool = False
    facts: tuple[int, ...] = ()
    lined: bool = False
    folded: bool = False
    close: bool = False

    @property
    def is_framed(self) -> bool:
        """Whether it may be wider than the screen: who compares cells both ways has no use for cards."""
        return self.scrolls or self.is_matrix

    @cached_property
    def in_card(self) -> frozenset[int]:
        """The places that a card on a telephone shows before it is opened; empty where it shows all of them."""
        if self.lined:
            return frozenset(self.facts)
        if self.is_narrow or self.is_framed or len(self.headings) - 1 <= MOST_IN_A_CARD:
            return frozenset()
        every = range(1, len(self.headings))
        keys = [place for place in every if any(row.cells[place].is_key for row in self.rows)]
        if not 0 < len(keys) <= FACTS + 1:
            keys = []
        others = [place for place in every if place not in keys]
        return frozenset(self.facts or [*keys, *others[: max(FACTS - len(keys), 0)]])

    def headed(self) -> Iterator[tuple[Heading, str]]:
        """Each heading, and whether it stands above the lines of a telephone or waits until all columns are asked."""
        for place, heading in enumerate(self.headings):
            yield heading, "" if not (self.lined and place) else "key" if place in self.in_card else "more"

    def drawn(self) -> Iterator[tuple[PageRow, SafeString]]:
        """Each row with its cells."""
        for row in self.rows:
            yield row, drawn_cells(row.cells, self.in_card, words_have_room=self.words_have_room)

    @cached_property
    def words_have_room(self) -> bool:
        """Whether its columns of words are so few that each gets a width to be read in."""
        return sum(not one.is_figure for one in self.headings[1:]) <= MOST_OF_WORDS

    @property
    def is_wide(self) -> bool:
        """Whether it needs paper on its side: of a matrix the words above its columns tell."""
        if self.close:
            return False
        if self.is_matrix:
            words = [max(map(len, one.label.split()), default=0) for one in self.headings if not one.level]
            return sum(words) > MOST_LETTERS
        beside = max((sum(bool(cell.beside) for cell in row.cells) for row in self.rows), default=0)
        return len(self.headings) + beside > MOST_UPRIGHT

    @property
    def is_short(self) -> bool:
        """Whether it fits on one sheet of paper, and so is kept together."""
        return len(self.rows) + sum(bool(row.group_head) for row in self.rows) <= MOST_TOGETHER


def table_of(result: Result, query: str) -> PageTable:
    """The rows of a result as a table; `query` is the question as an address."""
    key, *columns = _on_page(result)
    headings = [
        Heading(column_label(result.question, column), str(column.meaning), column.kind != "text")
        for column in (key, *columns)
    ]
    rows, previous = [], ""
    for row in result.all_rows:
        head = group_label(result.question, row.group) if row.group and row.group != previous else ""
        if row.group == "" and previous:
            head = _("Everyone together")
        previous = row.group
        cells = [head_cell(result, row.head, headings[0].label)]
        cells.extend(
            _cell(result, row, column, one.label, query) for column, one in zip(columns, headings[1:], strict=True)
        )
        rows.append(PageRow(tuple(cells), row.is_total, head))
    foot = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    return PageTable(str(result.definition.title), tuple(headings), tuple(rows), foot=foot)


def places_of(result: Result, *keys: str) -> tuple[int, ...]:
    """In its table the places of the columns with these keys, as far as they are there."""
    return tuple(place for place, column in enumerate(_on_page(result)) if column.key in keys)


def _on_page(result: Result) -> list[ReportColumn]:
    return [column for column in result.columns if not (column.in_head or column.off_page)]


def head_cell(result: Result, head: RowHead, label: str) -> Cell:
    """The cell that names a row."""
    colour = "" if head.level is None else level_class(result.question.scale, head.level)
    return Cell(head.text, label, is_figure=False, is_key=True, level=head.level or "", level_class=colour)


def figure_cell(value: int | None, label: str, *, url: str = "", is_key: bool = False) -> Cell:
    """A cell with a number of people, which leads to them where there are any."""
    return Cell(number(value), label, is_figure=True, is_key=is_key, url=url if value else "")


def people_url(result: Result, query: str, cell: Address, group: str = "") -> str:
    """The address of the people behind a cell; `group` is the code as counted."""
    question = result.question
    extra = dict(cell)
    if group and question.by:
        known = question.words[question.by].get(group)
        extra["group"] = known.public if known else group
    asked = "&".join(part for part in (query, _encoded(tuple(extra.items()))) if part)
    return f"{_people_page(result.definition.slug)}?{asked}"


@lru_cache(maxsize=4096)
def _encoded(pairs: tuple[tuple[str, str], ...]) -> str:
    """Of a cell of a table: the same ones stand in it each time."""
    return urlencode(pairs)


@cache
def _people_page(slug: str) -> str:
    return reverse("reporting:people", args=[slug])


def _cell(result: Result, row: ResultRow, column: ReportColumn, label: str, query: str) -> Cell:
    key = column.key
    value = row.shown.get(key, row.values.get(key))
    if isinstance(value, str):
        return Cell(value, label, is_figure=column.kind != "text", is_key=False)
    if value is None:
        silent = key in row.silent or column.kind == "text"
        return Cell("" if silent else share(None), label, is_figure=True, is_key=False, is_silent=True)
    if column.kind == "share":
        said, small = share(value, result.question.decimals), key in row.small
        return Cell(said, label, is_figure=True, is_key=False, is_small=small)
    url = people_url(result, query, row.cells[key], row.group) if key in row.cells else ""
    return figure_cell(int(value), label, url=url, is_key=key == "clients")
