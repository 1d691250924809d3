"""Sides that stand beside each other, the own people and what was published of others: as table, chart and sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.headings import PAPER
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.shares import lengths_of

TWO = 2


@dataclass(frozen=True)
class Row:
    """A level, or what became of people."""

    code: str
    name: str
    colour: str
    hatched: bool = False
    level: str = ""
    level_class: str = ""
    above: str = ""

    @property
    def whole_name(self) -> str:
        """With the code of its level before it."""
        return f"{self.level} {self.name}".strip()


@dataclass(frozen=True)
class Side:
    """Some people by row: of the own ones how many there are, of others what was published; `None` is hidden.

    Where a row is hidden its `base` says of how many they are, from another published table. Without that shares would
    be of whoever happens to be shown: then it has none, and no sum.
    """

    key: str
    name: str
    counts: Mapping[str, int | None]
    base: int | None = None

    @property
    def whole(self) -> int | None:
        """All of them; where any part is hidden as another table says it, if it does."""
        return self._base if self.hides else self.shown

    @property
    def shown(self) -> int:
        """What is shown of them."""
        return sum(count or 0 for count in self.counts.values())

    @property
    def _base(self) -> int | None:
        """Rounded numbers may add up to more: then it is no base."""
        return self.base if self.base is not None and self.base >= self.shown else None

    @property
    def hides(self) -> bool:
        """Whether anything of it is hidden."""
        return None in self.counts.values()

    def share(self, count: int) -> Decimal | None:
        """In whole percents, as what is published is rounded."""
        return None if self.whole is None else share(count, self.whole, 0)


@dataclass(frozen=True)
class Sides:
    """Two sides or more; the first is the own one."""

    title: str
    head: str
    rows: Sequence[Row]
    sides: Sequence[Side]
    subtitle: str

    def table(self) -> PageTable:
        """Each number with its share in its own side."""
        headings = (Heading(self.head, "", is_figure=False), *(Heading(one.name, "", True) for one in self.sides))
        rows = [
            PageRow((_head(row), *(_cell(side, side.counts.get(row.code, 0)) for side in self.sides)), is_total=False)
            for row in self.rows
        ]
        together = (_cell(side, side.whole) for side in self.sides)
        rows.append(PageRow((Cell(_("Together"), "", is_figure=False, is_key=True), *together), is_total=True))
        foot = _("Published numbers are rounded to fives.")
        if any(side.hides for side in self.sides):
            foot += " " + _("× is hidden: too few people, or needed to keep those hidden.")
        if any(side.whole is None for side in self.sides):
            foot += " " + _("Without a total there are no percentages and no bar: of how many is not known then.")
        return PageTable(self.title, headings, tuple(rows), is_narrow=len(self.sides) <= TWO, foot=foot)

    def picture(self) -> Picture | None:
        """A bar for each side that shows anything, of a hundred percent: they differ in size."""
        bars = [
            Bar(side.name, segments=self._segments(side), note=_("% of {n}").format(n=number(side.whole)))
            for side in self.sides
            if side.whole
        ]
        if len(bars) < TWO:
            return None
        order = [*(row.whole_name for row in self.rows), _("hidden")]
        chart = BarChart(self.title, self.subtitle, bars, _("percent"), "colleagues", True, order)
        narrow = replace(chart, narrow=True, id_prefix="colleagues-narrow")
        return Picture(self.title, render(chart), render(narrow))

    def content(self) -> Content:
        """The same for a file; a hidden number is the word."""
        columns = [Column("row", self.head, "text")]
        for side in self.sides:
            columns.append(Column(side.key, side.name, "integer"))
            columns.append(Column(f"{side.key}_share", f"{side.name} %", "share", 0))
        rows: list[dict[str, Value]] = []
        for row in self.rows:
            values: dict[str, Value] = {"row": row.whole_name}
            for side in self.sides:
                count = side.counts.get(row.code, 0)
                values[side.key] = _("hidden") if count is None else count
                values[f"{side.key}_share"] = None if count is None else side.share(count)
            rows.append(values)
        together = {side.key: _("hidden") if side.whole is None else side.whole for side in self.sides}
        rows.append({"row": _("Together"), **together})
        return Content(columns, rows, self.title)

    def as_json(self) -> list[dict[str, str | int | None]]:
        """A row for each of them and side; `null` is hidden."""
        return [
            {"side": side.key, "row": row.code, "clients": side.counts.get(row.code, 0)}
            for side in self.sides
            for row in self.rows
        ]

    def _segments(self, side: Side) -> list[Segment]:
        """Each with its share as the table has it, and at the end what is hidden."""
        counts = [side.counts.get(row.code) or 0 for row in self.rows]
        drawn = [(row.whole_name, row.colour, row.hatched, row.above) for row in self.rows]
        if side.hides and side.whole is not None:
            counts.append(side.whole - side.shown)
            drawn.append((_("hidden"), PAPER, True, ""))
        return [
            Segment(length, name, colour, hatched=hatched, text=number(side.share(count)), above=above)
            for (name, colour, hatched, above), count, length in zip(drawn, counts, lengths_of(counts), strict=True)
        ]


def _head(row: Row) -> Cell:
    return Cell(row.name, "", is_figure=False, is_key=True, level=row.level, level_class=row.level_class)


def _cell(side: Side, count: int | None) -> Cell:
    part = None if count is None else side.share(count)
    return Cell(
        "" if count is None else str(number(count)),
        side.name,
        is_figure=True,
        is_key=True,
        is_hidden=count is None,
        beside=share_words(part, 0) if part is not None else "",
    )
