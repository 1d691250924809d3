"""The table of how far was expected and how far it came: a line a level, a group or a case manager."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from opstap.analytics.transitions import Reach
from opstap.analytics.uncertainty import SMALL
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell
from opstap.reporting.tables.reach.figures import ReachVerdict, apart_of, average, rounded
from opstap.reporting.tables.reach.words import (
    handed_note,
    levels_note,
    mean_words,
    small_mean_note,
    sure_words,
    verdict_words,
    verdicts_note,
)
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.shares import shares_of

SIDES = ("less_far", "as_far", "further")


@dataclass(frozen=True)
class ReachLine:
    """Those with growth potential of one line; `url` takes the word of a cell and gives the address of its people.

    `beyond` others may have been among them.
    """

    head: RowHead
    reach: Reach
    url: Callable[[str], str]
    beyond: int = 0
    is_total: bool = False


def reach_table(
    result: Result,
    corner: Heading,
    lines: Mapping[str, ReachLine],
    judged: Mapping[str, ReachVerdict],
    said: Sequence[str] = (),
) -> PageTable:
    """The table of the lines; with a verdict on those that are `judged`, by their key."""
    headings = [corner, *_headings(), *([_verdict_heading()] if judged else [])]
    rows = [_row(result, headings, line, judged.get(key) if judged else None) for key, line in lines.items()]
    headings, rows = _without_empty(headings, rows)
    small = small_mean_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    handed = handed_note() if any(line.beyond for line in lines.values()) else ""
    foot = " ".join(part for part in (levels_note(), verdicts_note(judged), handed, *said, small) if part)
    caption = _("How far was expected, and how far it came within a year")
    facts = tuple(place for place, one in enumerate(headings) if one.label in _facts(is_handed=bool(handed)))
    return PageTable(caption, tuple(headings), tuple(rows), foot=foot, facts=facts)


def _facts(*, is_handed: bool) -> frozenset[str]:
    """What a card on a telephone shows."""
    return frozenset({_("Expected"), _("Difference") if is_handed else _("Reached"), _("Beside the others")})


def _without_empty(headings: Sequence[Heading], rows: Sequence[PageRow]) -> tuple[list[Heading], list[PageRow]]:
    """Without what came, and how sure that is, where people were handed over from every line: between what the
    difference lies stands then in its own column.
    """
    may_lack = {_("Reached"), _("How sure")}
    kept = [
        place
        for place, one in enumerate(headings)
        if one.label not in may_lack or any(row.cells[place].text for row in rows)
    ]
    shown = [replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows]
    return [headings[place] for place in kept], shown


def _headings() -> list[Heading]:
    return [
        Heading(_("Growth potential"), _("In how many it was seen on the earlier day."), is_figure=True),
        Heading(
            _("No higher level expected"), _("Of whom no higher level was recorded: nothing can be held beside."), True
        ),
        Heading(_("Not placed again"), _("Of whom it is not known how far they came within the year."), True),
        Heading(_("Known how far"), _("Of the others: the means are over these people."), is_figure=True),
        Heading(_("Expected"), _("How many levels higher was expected, on average."), is_figure=True),
        Heading(_("Reached"), _("How many levels higher the highest one was within the year, on average."), True),
        Heading(_("Difference"), _("Reached less expected: below 0 less came than was expected."), is_figure=True),
        Heading(_("How sure"), _("Between what the difference of all of them lies, 19 times out of 20."), False),
        Heading(_("Less far"), _("Came less far than was expected."), is_figure=True),
        Heading(_("As far"), _("Came as far as was expected."), is_figure=True),
        Heading(_("Further"), _("Came further than was expected."), is_figure=True),
    ]


def _verdict_heading() -> Heading:
    return Heading(_("Beside the others"), _("With people on the same levels."), is_figure=False)


def _row(result: Result, headings: Sequence[Heading], line: ReachLine, verdict: ReachVerdict | None) -> PageRow:
    reach, found = line.reach, apart_of(line.reach, result.question, line.beyond)
    few, told = 0 < reach.known < SMALL, not line.beyond
    sure = sure_words(found) if reach.aimed or line.beyond else ""
    came = (average(reach.reached, reach.known), rounded(found.found)) if told else (None, None)
    expected, reached, apart = (mean_words(one) for one in (average(reach.expected, reach.known), *came))
    means = (expected, reached, apart or ("" if told else sure))
    cells = [
        head_cell(result, line.head, ""),
        figure_cell(reach.clients, "", url=line.url("")),
        figure_cell(reach.aimless, "", url=line.url("aimless")),
        figure_cell(reach.not_known, "", url=line.url("not_known")),
        figure_cell(reach.known, "", url=line.url("known")),
        *(
            Cell(
                said,
                "",
                is_figure=True,
                is_key=place == 2,
                is_silent=not said,
                is_small=few and bool(said) and (told or not place),
            )
            for place, said in enumerate(means)
        ),
        Cell(sure if told else "", "", is_figure=False, is_key=False, is_silent=not told),
        *_sides(result, line, with_shares=len(headings) == len(_headings()) + 1),
    ]
    if len(headings) > len(cells):
        said = "" if verdict is None else verdict_words(verdict)
        cells.append(Cell(said, "", is_figure=False, is_key=bool(said)))
    first, *others = (replace(cell, label=heading.label) for cell, heading in zip(cells, headings, strict=True))
    return PageRow((replace(first, label=""), *others), line.is_total)


def _sides(result: Result, line: ReachLine, *, with_shares: bool) -> list[Cell]:
    """Who came less far, as far and further, with the share of those of whom it is known where there is room."""
    counts = [line.reach.less_far, line.reach.as_far, line.reach.further]
    shares = shares_of(counts, result.question)
    cells = []
    for key, count, share in zip(SIDES, counts, shares, strict=True):
        beside = "" if line.beyond or not (count and with_shares) else share_words(share, result.question.decimals)
        cells.append(replace(figure_cell(count, "", url=line.url(key)), beside=beside, is_silent=not count))
    return cells
