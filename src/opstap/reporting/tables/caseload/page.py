"""The client list on its page: each person leads to the dossier, a page of them at a time; files have it all."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.ladder.tables import level_class
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import column_label, group_label, people_in_follow_up

PAGE_SIZE = 50
LEVELS = ("level", "goal")
NAME = "name"


def lead(result: Result) -> str:
    """How many, and how many of them are in a trajectory."""
    people = people_in_follow_up(result.base)
    said = f"{people}."
    if "plans" in result.question.parts:
        text = _("{people}; {led} of them are in a trajectory.")
        said = text.format(people=people, led=number(int(result.totals["with_trajectory"])))
    return said


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """The list of people behind the list: everyone, or one group."""
    del language
    return group_label(question, cell.get("group") or None) or _("everyone")


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The rows, each with the name first as the way to the dossier."""
    del query
    columns = sorted((one for one in result.columns if not one.in_head), key=lambda one: one.key != NAME)
    labelled = [(column, column_label(result.question, column)) for column in columns]
    headings = tuple(Heading(label, str(column.meaning), is_figure=False) for column, label in labelled)
    rows, previous = [], ""
    for row in result.rows:
        head = group_label(result.question, row.group) if row.group and row.group != previous else ""
        previous = row.group
        rows.append(PageRow(tuple(_cell(result, row, *one) for one in labelled), is_total=False, group_head=head))
    return [PageTable(str(result.definition.title), headings, tuple(rows))]


def _cell(result: Result, row: ResultRow, column: ReportColumn, label: str) -> Cell:
    value = str(row.values.get(column.key) or "")
    if column.key == NAME:
        url = reverse("dossier:client", args=[row.values["reference"]])
        return Cell(value or str(row.values["number"]), "", is_figure=False, is_key=True, url=url)
    if column.key in LEVELS and value:
        colour = level_class(result.question.scale, value)
        return Cell("", label, is_figure=False, is_key=True, level=value, level_class=colour)
    return Cell(value or "–", label, is_figure=False, is_key=column.key in LEVELS, is_silent=not value)
