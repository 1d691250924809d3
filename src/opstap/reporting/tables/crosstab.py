"""Levels by columns of something of which each has one: matrix, shares and chart. For more than one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import Crosstab
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import SMALL
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.tables.intervals import small_note
from opstap.reporting.tables.level_charts import subtitle
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, head_cell, people_url
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import (
    group_label,
    in_order,
    level_head,
    level_name,
)


@dataclass(frozen=True)
class Across:
    """A column: its key, its words, and how it looks in a chart. `of` are the columns that it is the sum of."""

    key: str
    label: str
    meaning: str = ""
    colour: str = ""
    hatched: bool = False
    of: tuple[str, ...] = ()

    def count(self, columns: Mapping[str, int]) -> int:
        """The persons in it."""
        return sum(columns[key] for key in self.of or (self.key,))


@dataclass(frozen=True)
class Shape:
    """How a report shows its crosstab: `name` is the word for a column in an address and in a file."""

    name: str
    across: tuple[Across, ...]

    @property
    def parts(self) -> tuple[Across, ...]:
        """The columns that together are everyone."""
        return tuple(one for one in self.across if not one.of)


@dataclass(frozen=True)
class Further:
    """One more column of a table of shares: a cell for each level, and one for the total."""

    heading: Heading
    cells: Sequence[Cell]


def everyone() -> Line:
    """The last column and the last row."""
    return Line("", RowHead(_("Total")), _("Everyone of this row."))


def figures_of(result: Result) -> Crosstab:
    """What was counted."""
    if not isinstance(result.figures, Crosstab):
        raise TypeError(result.definition.key)
    return result.figures


def level_matrix(result: Result, query: str, shape: Shape, caption: str) -> Matrix:
    """Levels by columns, of everyone; every figure leads to its people."""
    question, part, language = result.question, figures_of(result).overall, get_language() or "nl"

    def url(extra: Mapping[str, str], column: str) -> str:
        return people_url(result, query, {**extra, **({shape.name: column} if column else {})})

    rows = [
        MatrixRow(
            Line(row.level or NOT_FILLED, level_head(question, row.level, language)),
            [*(one.count(row.columns) for one in shape.across), row.clients],
            partial(url, {"level": row.level or NOT_FILLED}),
        )
        for row in part.rows
    ]
    all_of_them = [*(one.count(part.columns) for one in shape.across), part.clients]
    rows.append(MatrixRow(everyone(), all_of_them, partial(url, {}), is_total=True))
    corner = _("Level") if question.scale.is_ladder else _("Client group")
    return Matrix(caption, corner, _lines(shape), rows)


def across_matrix(result: Result, query: str, shape: Shape, caption: str, corner: str) -> Matrix:
    """The same with the columns below each other, for where their names are long: the levels stand side by side."""
    question, part, language = result.question, figures_of(result).overall, get_language() or "nl"
    levels = [Line(row.level or NOT_FILLED, level_head(question, row.level, language)) for row in part.rows]

    def url(extra: Mapping[str, str], level: str) -> str:
        return people_url(result, query, {**extra, **({"level": level} if level else {})})

    rows = [
        MatrixRow(
            Line(one.key, RowHead(one.label[:1].upper() + one.label[1:]), one.meaning),
            [*(one.count(row.columns) for row in part.rows), one.count(part.columns)],
            partial(url, {shape.name: one.key}),
            is_total=bool(one.of),
        )
        for one in shape.across
    ]
    whole = [*(row.clients for row in part.rows), part.clients]
    rows.append(MatrixRow(everyone(), whole, partial(url, {}), is_total=True))
    return Matrix(caption, corner, [*levels, everyone()], rows)


def group_matrix(result: Result, query: str, shape: Shape, caption: str) -> Matrix:
    """Groups by columns."""
    question = result.question

    def url(group: str, column: str) -> str:
        return people_url(result, query, {shape.name: column} if column else {}, group)

    parts = [*in_order(question, figures_of(result).groups), figures_of(result).overall]
    rows = [
        MatrixRow(
            Line(part.group or "", RowHead(group_label(question, part.group) or _("Everyone together"))),
            [*(one.count(part.columns) for one in shape.across), part.clients],
            partial(url, part.group or ""),
            is_total=part.group is None,
        )
        for part in parts
    ]
    return Matrix(caption, question.dimension_name(question.by or "").capitalize(), _lines(shape), rows)


def _lines(shape: Shape) -> list[Line]:
    return [*(Line(one.key, RowHead(one.label), one.meaning) for one in shape.across), everyone()]


def share_table(result: Result, columns: Sequence[Across], caption: str, further: Sequence[Further] = ()) -> PageTable:
    """What part of each level falls in each column; a share of few people says so. `further` are columns behind it."""
    part, language, decimals = figures_of(result).overall, get_language() or "nl", result.question.decimals
    corner = _("Level") if result.question.scale.is_ladder else _("Client group")
    headings = [Heading(corner, "", is_figure=False)]
    headings += [Heading(f"{one.label} %", one.meaning, is_figure=True) for one in columns]
    headings += [one.heading for one in further]
    heads = [level_head(result.question, row.level, language) for row in part.rows]
    rows = []
    for place, (head, counts) in enumerate(
        [*zip(heads, [row.columns for row in part.rows], strict=True), (RowHead(_("Total")), part.columns)]
    ):
        base = sum(counts.values())
        cells = [head_cell(result, head, corner)]
        cells += [_share_cell(one.count(counts), base, f"{one.label} %", decimals) for one in columns]
        cells.extend(one.cells[place] for one in further)
        rows.append(PageRow(tuple(cells), is_total=place == len(heads)))
    is_any_small = any(cell.is_small for row in rows for cell in row.cells)
    return PageTable(caption, tuple(headings), tuple(rows), foot=small_note() if is_any_small else "")


def _share_cell(count: int, base: int, label: str, decimals: int) -> Cell:
    found = share(count, base, decimals)
    if found is None:
        return Cell("", label, is_figure=True, is_key=False, is_silent=True)
    small = base < SMALL
    return Cell(share_words(found, decimals), label, is_figure=True, is_key=False, is_small=small, is_silent=not found)


def level_bars(result: Result, shape: Shape, title: str) -> Picture:
    """A bar for each level, of everyone together, divided by the columns."""
    question, part, language = result.question, figures_of(result).overall, get_language() or "nl"
    bars = [
        Bar(
            label="–" if row.level in {None, NO_COUNTERPART} else str(row.level),
            sublabel=level_name(question, row.level, language),
            segments=[
                Segment(row.columns[one.key], one.label, one.colour, hatched=one.hatched)
                for one in shape.parts
                if row.columns[one.key]
            ],
        )
        for row in part.rows
    ]
    chart = BarChart(
        title=title,
        subtitle=subtitle(result),
        bars=bars,
        value_label=_("clients"),
        id_prefix=f"{result.definition.key}-levels",
        names_in_key=True,
        key_order=[one.label for one in shape.parts],
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, render(chart), render(narrow))
