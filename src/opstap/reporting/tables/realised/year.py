"""What came of the growth within the year, level by level or group by group: as tables, and as the bars of a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.transitions import Fate, RealisedPart
from opstap.analytics.transitions.growth import NOT_SEEN, SEEN
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.foundation.ui.wording import worded_once
from opstap.reporting.selectors.realised import year_ends_on
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.intervals import between, comparisons_note, small_note
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell, people_url
from opstap.reporting.tables.realised.calibration import can_be_told, comparison
from opstap.reporting.tables.realised.rows import figures_of, higher_of, realised_of
from opstap.reporting.tables.realised.sentences import other_horizon
from opstap.reporting.tables.realised.words import GROWTH_KEYS, short_words
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import column_label, group_label, in_order, level_head

KEY_COLUMN = "level"


@dataclass(frozen=True)
class Line:
    """One level, one group, or everyone."""

    head: RowHead
    part: RealisedPart
    level: str | None
    is_total: bool
    beyond: int = 0

    def fate(self, growth: tuple[int, ...]) -> Fate:
        """Those of this line with one of these answers on growth potential."""
        return self.part.of(self.level, growth)

    def url(self, result: Result, query: str, **cell: str) -> str:
        """The address of the people of this line."""
        asked = {**({"level": self.level} if self.level else {}), **cell}
        return people_url(result, query, asked, self.part.group or "")


def lines_of(result: Result) -> Iterator[Line]:
    """The levels or the groups, and everyone together."""
    figures, question = figures_of(result), result.question
    beyond = figures.handed.most()
    if question.by:
        for part in in_order(question, figures.groups):
            most = figures.handed.most(part.group)
            yield Line(RowHead(group_label(question, part.group)), part, None, is_total=False, beyond=most)
    else:
        for level in figures.overall.levels:
            head = level_head(question, level, get_language() or "nl")
            yield Line(head, figures.overall, level, is_total=False, beyond=beyond)
    yield Line(RowHead(_("Everyone together")), figures.overall, None, is_total=True, beyond=beyond)


def year_table(result: Result, query: str) -> PageTable:
    """Of those with growth potential: of how many it is known, who came as far as expected, and how sure that is."""
    headings = (
        corner_of(result),
        Heading(_("Growth potential"), _("In how many it was seen on the earlier day."), is_figure=True),
        Heading(_("Known after a year"), _("How many of them were placed again within the year."), is_figure=True),
        Heading(_("Realised"), _("Who stood on the expected level or above within the year."), is_figure=True),
        Heading("%", _("Share of those of whom it is known."), is_figure=True),
        Heading(
            _("How sure"), _("Between which shares that of all of them lies, 19 times out of 20."), is_figure=False
        ),
    )
    rows = []
    for line in lines_of(result):
        fate = line.fate((SEEN,))
        found, cell = realised_of(fate, line.beyond), {"growth": "with"}
        rows.append(
            PageRow(
                (
                    head_cell(result, line.head, ""),
                    figure_cell(fate.clients, headings[1].label, url=line.url(result, query, **cell)),
                    _known(found, headings[2].label, line.url(result, query, **cell, year="known")),
                    figure_cell(
                        fate.realised,
                        headings[3].label,
                        url=line.url(result, query, **cell, year="realised"),
                        is_key=True,
                    ),
                    _share(result, found, headings[4].label),
                    Cell(between(found), headings[5].label, is_figure=False, is_key=False),
                ),
                line.is_total,
            )
        )
    caption = _("What came of the growth within a year, by {end}").format(end=day(year_ends_on(result.question)))
    handed = bounds_foot(figures_of(result).handed, result.question)
    foot = " ".join(part for part in (*other_horizon(result.question), handed, few_foot(rows)) if part)
    return PageTable(caption, headings, tuple(rows), foot=foot)


def judged_table(result: Result, query: str) -> PageTable:
    """What came within the year of those with growth potential, beside those without on the same level."""
    rows: list[PageRow] = []
    lines = [
        (line, [higher_of(line.fate((growth,)), line.beyond) for growth in (SEEN, NOT_SEEN)])
        for line in lines_of(result)
    ]
    together = sum(can_be_told(*sides) for line, sides in lines if not line.is_total)
    for line, sides in lines:
        said = comparison(
            *sides, comparisons=1 if line.is_total else max(together, 1)
        )  # everyone is looked at for themselves
        with_it = _growth_row(result, query, line, SEEN, said)
        above = f"{line.level} {line.head.text}" if line.level else line.head.text
        rows += [replace(with_it, group_head=above), _growth_row(result, query, line, NOT_SEEN, "")]
    said = _(
        "Growth potential says that somebody can rise, not that it happens. Many things decide on that; a difference "
        "says nothing of who judged."
    )
    foot = " ".join(part for part in (said, comparisons_note(together), few_foot(rows)) if part)
    caption = _("With and without growth potential: who came higher within the year")
    return PageTable(caption, _judged_headings(), tuple(rows), foot=foot)


@worded_once
def _judged_headings() -> tuple[Heading, ...]:
    return (
        Heading(_("Growth potential"), _("Whether it was seen on the earlier day."), is_figure=False),
        Heading(_("Clients"), "", is_figure=True),
        Heading(_("Known after a year"), _("How many of them were placed again within the year."), is_figure=True),
        Heading(_("Came higher"), _("Who of them stood on a higher level within the year."), is_figure=True),
        Heading("%", _("Share of those of whom it is known."), is_figure=True),
        Heading(
            _("How sure"), _("Between which shares that of all of them lies, 19 times out of 20."), is_figure=False
        ),
        Heading(_("Beside those without"), _("A difference is called one only when it is sure."), is_figure=False),
    )


def _growth_row(result: Result, query: str, line: Line, growth: int, said: str) -> PageRow:
    """Of one line those with growth potential, or those without."""
    fate, asked = line.fate((growth,)), {"growth": GROWTH_KEYS[growth]}
    found = higher_of(fate, line.beyond)
    _head, clients, known, higher, share, sure, beside = (heading.label for heading in _judged_headings())
    cells = (
        head_cell(result, RowHead(short_words(GROWTH_KEYS[growth]), line.level), ""),
        figure_cell(fate.clients, clients, url=line.url(result, query, **asked)),
        _known(found, known, line.url(result, query, **asked, year="known")),
        figure_cell(fate.higher, higher, url=line.url(result, query, **asked, year="higher")),
        _share(result, found, f"{higher} {share}"),
        Cell(between(found), sure, is_figure=False, is_key=False),
        Cell(said, beside, is_figure=False, is_key=bool(said)),
    )
    return PageRow(cells, is_total=False)


def corner_of(result: Result) -> Heading:
    """What the lines are."""
    question = result.question
    if question.by:
        return Heading(question.dimension_name(question.by).capitalize(), "", is_figure=False)
    column = next(one for one in result.definition.columns if one.key == KEY_COLUMN)
    return Heading(column_label(question, column), "", is_figure=False)


def _known(found: Estimate, label: str, url: str) -> Cell:
    """Of how many it is known, and which part of all that is."""
    if not found.whole - found.beyond:
        return figure_cell(0, label)
    if found.beyond:
        return figure_cell(found.known, label, url=url)
    said = _("{known} ({coverage})").format(known=number(found.known), coverage=share_words(found.coverage(0), 0))
    return Cell(said, label, is_figure=True, is_key=False, url=url if found.known else "")


def _share(result: Result, found: Estimate, label: str) -> Cell:
    """A share, with the mark of few people; nothing where there is nobody."""
    decimals = result.question.decimals
    said = share_words(found.share(decimals), decimals) if found.whole and not found.beyond else ""
    is_small = bool(found.known and said) and found.is_small
    return Cell(said, label, is_figure=True, is_key=bool(said), is_silent=not (found.known and said), is_small=is_small)


def few_foot(rows: list[PageRow]) -> str:
    """What the mark beside a share of few people means, where there is one."""
    return small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
