"""The levels over the years, in a table, a chart and a file. What was printed has an asterisk, and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import UNKNOWN, level_colours
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.logic.released import NONE
from opstap.reporting.selectors.series import Moment, SeriesLevel
from opstap.reporting.tables.pages import AND_MORE, Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.report import Picture


def series_table(moments: Sequence[Moment], levels: Sequence[SeriesLevel], *, may_make: bool, least: int) -> PageTable:
    """A row for each day; a printed one leads to its form for who may correct it, another one to its publication."""
    language = get_language() or "nl"
    figures = [Heading(one.name(language), "", is_figure=True) for one in levels]
    headings = (
        Heading(_("Reference date"), "", is_figure=False),
        *figures,
        Heading(_("Together"), _("The sum of what is shown."), is_figure=True),
        Heading(_("Where it stands"), "", is_figure=False),
    )
    rows = []
    for one in moments:
        head = Cell(_named(one), headings[0].label, is_figure=False, is_key=True)
        cells = (_cell(one, level, level.name(language)) for level in levels)
        together = _together(one, _("Together"))
        rows.append(PageRow((head, *cells, together, _source(one, headings[-1].label, may_make)), is_total=False))
    foot = _("* printed before Opstap, and not to be counted again. An empty place was not printed.")
    foot += " " + _(
        "Published numbers are rounded to fives; × is hidden. A sum with + × is of what is shown alone: don't compare "
        "it with another one."
    )
    if any(one.printed for one in moments):
        foot += f" {small_printed(least)}"
    return PageTable(_title(), headings, tuple(rows), foot=foot)


def series_picture(moments: Sequence[Moment], levels: Sequence[SeriesLevel]) -> Picture | None:
    """A bar for each day, with the levels in their colours."""
    language = get_language() or "nl"
    colours = dict(zip([one.code for one in levels if one.code != NONE], level_colours(len(levels) - 1), strict=True))
    bars = [
        Bar(
            _named(one),
            sublabel=_("not to be counted again") if one.printed else "",
            segments=[
                Segment(count, level.name(language), colours.get(level.code, UNKNOWN), hatched=level.code == NONE)
                for level in levels
                if (count := one.counts.get(level.code))
            ],
            hidden=_("hidden") if None in one.counts.values() else "",
        )
        for one in moments
        if one.whole
    ]
    if not bars:
        return None
    names = [one.name(language) for one in levels]
    subtitle = _("* printed before Opstap; after that rounded to fives")
    chart = BarChart(_title(), subtitle, bars, _("clients"), "series", names_in_key=True, key_order=names)
    return Picture(_title(), render(chart), render(replace(chart, narrow=True, id_prefix="series-narrow")), number=1)


def series_content(moments: Sequence[Moment], levels: Sequence[SeriesLevel]) -> Content:
    """The same for a file."""
    language = get_language() or "nl"
    columns = [
        Column("on", _("Reference date"), "date"),
        *(Column(one.code, one.name(language), "integer") for one in levels),
        Column("together", _("Together"), "integer"),
        Column("how", _("How"), "text"),
        Column("source", _("Where it stands"), "text"),
    ]
    rows: list[dict[str, Value]] = []
    for one in moments:
        shown = {code: _("hidden") if count is None else count for code, count in one.counts.items()}
        source = one.printed.source if one.printed else one.publication.title if one.publication else ""
        how = _("not to be counted again") if one.printed else _("published")
        rows.append({"on": one.on, **shown, "together": one.whole, "how": how, "source": source})
    return Content(columns, rows, _title())


def small_printed(least: int) -> str:
    """Who sees which printed numbers."""
    words = _("Only who makes publications sees numbers below {least} of a printed table.")
    return words.format(least=number(least))


def _title() -> str:
    return _("People by level over the years")


def _named(one: Moment) -> str:
    """The day on one line, with an asterisk when it was printed."""
    said = str(day(one.on)).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{said}\N{NO-BREAK SPACE}*" if one.printed else said


def _cell(one: Moment, level: SeriesLevel, label: str) -> Cell:
    if level.code not in one.counts:
        return Cell("", label, is_figure=True, is_key=False, is_silent=True)
    count = one.counts[level.code]
    if count is None:
        return Cell("", label, is_figure=True, is_key=False, is_hidden=True)
    return Cell(str(number(count)), label, is_figure=True, is_key=False)


def _together(one: Moment, label: str) -> Cell:
    """The sum; where a part is hidden it says that there is more."""
    hides = None in one.counts.values()
    said = f"{number(one.whole)}{AND_MORE if hides else ''}"
    return Cell(said if one.whole else "", label, is_figure=True, is_key=True, is_hidden=hides)


def _source(one: Moment, label: str, may_make: bool) -> Cell:
    if one.printed:
        url = reverse("publications:earlier", args=[one.printed.reference]) if may_make else ""
        words = _("{source} (not to be counted again)").format(source=one.printed.source)
        if one.is_counted_too:
            words += ". " + _("Only who makes publications sees this row: Opstap counts this day itself.")
        return Cell(words, label, is_figure=False, is_key=False, url=url)
    found = one.publication
    url = reverse("publications:publication", args=[found.reference]) if found else ""
    return Cell(found.title if found else "", label, is_figure=False, is_key=False, url=url)
