"""The tables of a publication as its page shows them, each with its chart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.logic.released import BECAME, GROWTH, LEVEL, Released, ReleasedClass
from opstap.reporting.models import Publication
from opstap.reporting.tables.pages import AND_MORE, Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.released.pictures import picture_of
from opstap.reporting.tables.released.share_tables import share_table
from opstap.reporting.tables.released.shares import shares_of
from opstap.reporting.tables.released.sheets import Line, Sheet, sheets_of
from opstap.reporting.tables.released.words import lead, percentage, title_of
from opstap.reporting.tables.report import Picture


@dataclass(frozen=True)
class Section:
    """A chart with the table of the same figures, and the shares that follow from it."""

    number: int
    key: str
    title: str
    picture: Picture | None
    table: PageTable
    shares: PageTable | None = None
    shares_key: str = ""


@dataclass(frozen=True)
class Headline:
    """What the latest publication says first, with its chart where there is one to draw."""

    reference: str
    title: str
    said: str
    picture: Picture | None


FIRST = (LEVEL, f"{LEVEL}-by-{GROWTH}", f"{LEVEL}-by-{BECAME}")
"""The tables that a publication opens with; each of the others stands on a page of its own."""


def headline_of(one: Publication | None) -> Headline | None:
    """Of the latest publication what it opens with."""
    if one is None:
        return None
    released = Released.of(one.figures)
    sheet = next((sheet for sheet in sheets_of(released) if sheet.table.key == LEVEL), None)
    subtitle = _("{day}, rounded to fives").format(day=day(one.on))
    return Headline(
        one.reference, one.title, lead(released, one.on), picture_of(sheet, subtitle, number=1) if sheet else None
    )


def other_tables(released: Released, key: str) -> list[tuple[str, str]]:
    """Key and title of what does not stand on the page of this key, or on the first page without one."""
    shown = {key} if key else set(FIRST)
    others = [sheet for sheet in sheets_of(released) if sheet.table.key not in shown]
    hidden = _("{table} (everything in it is hidden)")
    return [(one.table.key, title_of(one) if one.shown else hidden.format(table=title_of(one))) for one in others]


def sections_of(one: Publication, subtitle: str, keys: Collection[str] = ()) -> list[Section]:
    """Every table of it, or those with these keys."""
    sheets = enumerate(sheets_of(Released.of(one.figures)), start=1)
    return [
        _section(sheet, number, subtitle, one.threshold)
        for number, sheet in sheets
        if not keys or sheet.table.key in keys
    ]


def _section(sheet: Sheet, number: int, subtitle: str, threshold: int) -> Section:
    shares = shares_of(sheet, threshold) if len(sheet.table.dimensions) > 1 else None  # of one alone: the overview
    return Section(
        number,
        sheet.table.key,
        title_of(sheet),
        picture_of(sheet, subtitle, number),
        page_table(sheet),
        share_table(shares) if shares else None,
        shares.key if shares else "",
    )


def page_table(sheet: Sheet) -> PageTable:
    """The table in cells; of a single dimension with the share of each class, if nothing of it is hidden."""
    language = get_language() or "nl"
    names = [axis.name(language).capitalize() for axis in sheet.down]
    columns = [_heading(one, language) for one in sheet.columns]
    last = [Heading(_("Together"), _("The sum of what is shown."), is_figure=True)]
    if sheet.across is None:
        of_all = Heading("%", _("Of all in this table."), is_figure=True)
        last = [Heading(_("People"), "", is_figure=True), *([of_all] if _has_shares(sheet) else [])]
    rows, before = [], ""
    for line in sheet.lines:
        group = line.classes[0].name(language) if len(line.classes) > 1 else ""
        rows.append(
            PageRow(
                _cells(sheet, line, names[-1], language), is_total=False, group_head=group if group != before else ""
            )
        )
        before = group
    rows.append(PageRow(_total(sheet, language), is_total=True, group_head=_("All rows") if before else ""))
    headings = (Heading(names[-1], "", is_figure=False), *columns, *last)
    return PageTable(
        title_of(sheet),
        headings,
        tuple(rows),
        is_matrix=len(columns) > 1,
        foot=foot_of(sheet),
        scrolls=len(columns) > 1,
    )


def _heading(one: ReleasedClass, language: str) -> Heading:
    return Heading(one.name(language), "", is_figure=True)


def _cells(sheet: Sheet, line: Line, label: str, language: str) -> tuple[Cell, ...]:
    head = Cell(line.classes[-1].name(language), label, is_figure=False, is_key=True)
    if sheet.across is None:
        count = line.cells[""]
        return head, _figure(count, _("People")), *_share(sheet, count)
    cells = (
        _figure(line.cells[one.code], one.name(language)) if one.code in line.cells else _nothing(one.name(language))
        for one in sheet.columns
    )
    return (head, *cells, _sum(line.shown, _("Together"), line.hides))


def _total(sheet: Sheet, language: str) -> tuple[Cell, ...]:
    head = Cell(_("Sum of what is shown") if sheet.hides else _("Together"), "", is_figure=False, is_key=True)
    if sheet.across is None:
        return (
            head,
            _sum(sheet.shown, _("People"), sheet.hides),
            *_share(sheet, sheet.shown),
        )
    cells = (_sum(sheet.shown_in(one.code), one.name(language), sheet.hides_in(one.code)) for one in sheet.columns)
    return (head, *cells, _sum(sheet.shown, _("Together"), sheet.hides))


def _has_shares(sheet: Sheet) -> bool:
    """Where something is hidden a share would be of who happens to be shown: then there is no column of them."""
    return sheet.shown > 0 and not sheet.hides


def _share(sheet: Sheet, count: int | None) -> tuple[Cell, ...]:
    """Of all in the table."""
    if count is None or not _has_shares(sheet):
        return ()
    said = share_words(Decimal(percentage(count, sheet.shown)), 0)
    return (Cell(said, "%", is_figure=True, is_key=False),)


def _sum(count: int, label: str, hides: bool) -> Cell:
    """Nothing where nothing is shown: none is not what it says. Where a part is hidden it says that there is more."""
    if not count or not hides:
        return _figure(count, label) if count else _nothing(label)
    return Cell(f"{number(count)}{AND_MORE}", label, is_figure=True, is_key=False, is_hidden=True)


def _figure(count: int | None, label: str) -> Cell:
    if count is None:
        return Cell("", label, is_figure=True, is_key=False, is_hidden=True)
    return Cell(number(count), label, is_figure=True, is_key=False)


def _nothing(label: str) -> Cell:
    return Cell("", label, is_figure=True, is_key=False, is_silent=True)


def foot_of(sheet: Sheet) -> str:
    """What the crosses mean, and that nothing else stands in it where that is so."""
    if not sheet.hides:
        return ""
    if not sheet.shown:
        return _(
            "× is hidden: too few people, or needed to keep other numbers hidden. In this table that is everything."
        )
    return _(
        "× is hidden: too few people, or needed to keep those hidden. A sum with + × is of what is shown alone: don't "
        "compare it with another one."
    )
