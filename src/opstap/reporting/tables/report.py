"""One report, whole: what it says of itself, how it answers, what it draws, and who stands behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportDefinition, Words
from opstap.reporting.tables.matrix import Matrix
from opstap.reporting.tables.pages import PageTable, table_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import nobody_in_follow_up

CellAsked = Mapping[str, str]
"""The words of an address that choose a cell: those of `definition.cell`, and `group` as counted."""


@dataclass(frozen=True)
class Picture:
    """A chart with the name of the frame it may be moved in; `narrow` is what a phone shows instead.

    `number` is its place among the charts of its page, from one: by that its files go. On paper stand its `sheets`,
    where it is too high for one.
    """

    name: Words
    svg: SafeString
    narrow: SafeString | None = None
    number: int = 0
    sheets: Sequence[SafeString] = ()


def one_table(result: Result, query: str) -> list[PageTable]:
    """The rows of the result, as most reports show them."""
    return [table_of(result, query)]


def as_asked(question: Question, cell: CellAsked) -> Question:
    """A cell is about what the whole report is about."""
    del cell
    return question


@dataclass(frozen=True)
class Report:
    """What is asked of a report. To add one, write its own module and place it in the list (`reports`).

    `answer` counts and gives the figures their words; `lead` says the answer in a sentence or two, and `nobody`
    that there is none; `pictures` and `tables` are what its page shows when there is somebody to count, each picture
    above the table in its place, where it has one; `people` are the clients behind a cell (not yet through today's
    gate), and `cell_words` is what that cell is called. `matrix` is the table from level to level, for
    files too, where the report has one. `matrix_name` is what it is
    called when it is another one. With a `page_size` the page shows so many rows at a time. `asks` is the
    question that a cell is about, where a report has cells of one day and of two.
    """

    definition: ReportDefinition
    answer: Callable[[Question, str], Result]
    lead: Callable[[Result], str]
    pictures: Callable[[Result], Sequence[Picture | None]]
    people: Callable[[Question, CellAsked], list[int]]
    cell_words: Callable[[Question, CellAsked, str], str]
    tables: Callable[[Result, str], Sequence[PageTable]] = one_table
    page_size: int = 0
    matrix: Callable[[Result, str], Matrix] | None = None
    matrix_name: Words = ""
    nobody: Callable[[Question], str] = nobody_in_follow_up
    asks: Callable[[Question, CellAsked], Question] = as_asked
