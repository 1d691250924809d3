"""How far was expected and how far it came: each case manager by name, how far these lie apart, or one's own alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median_low

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.transitions import Reach
from opstap.analytics.uncertainty import SMALL
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.reporting.enums import Seen
from opstap.reporting.selectors.differences import REALISED, Differences
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.differences.comparing import FEWEST_WORKERS, figures_of, viewer_of
from opstap.reporting.tables.differences.words import in_order_of_names, worker_label, worker_public
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, people_url
from opstap.reporting.tables.reach.figures import ReachVerdict, verdicts, workers_in
from opstap.reporting.tables.reach.page import ReachLine, reach_table
from opstap.reporting.tables.reach.words import too_far_words
from opstap.reporting.tables.results import Result, RowHead

SPREAD_DECIMALS = 1
"""Of somebody who is not named: more decimals would tell how many people that one has, and so who it is."""
Means = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class FarSpread:
    """Of how many case managers with enough people; the lowest, the middle and the highest of each mean: expected,
    reached and their difference, each apart so that none is somebody; and how many expect further than it comes.
    """

    workers: int
    least: Means
    middle: Means
    greatest: Means
    too_far: int


def judged(figures: Differences) -> dict[str, ReachVerdict]:
    """On each case manager, where nobody may be among the people of whom nothing is known."""
    return {} if figures.is_beyond(REALISED) else verdicts(figures.reach, workers_in(figures.reach))


def far_spread(figures: Differences, viewer: str) -> FarSpread | None:
    """`None` of fewer than three with enough people besides the viewer, and where people were handed over."""
    known = {group: one for group in workers_in(figures.reach) if (one := figures.reach[group]).known >= SMALL}
    if len(known.keys() - {viewer}) < FEWEST_WORKERS or figures.is_beyond(REALISED):
        return None
    means = [_means(one) for one in known.values()]
    columns = list(zip(*means, strict=True))
    ends = [tuple(pick(column) for column in columns) for pick in (min, median_low, max)]
    least, middle, greatest = ((one[0], one[1], one[2]) for one in ends)
    far = sum(one == ReachVerdict.TOO_FAR for one in judged(figures).values())
    return FarSpread(len(known), least, middle, greatest, far)


def far_lines(result: Result, query: str) -> dict[str, ReachLine]:
    """By name each case manager, and everyone together; else everyone alone, or the own people."""
    question, figures = result.question, figures_of(result)
    everyone = figures.reach_of_all
    if figures.seen == Seen.OWN:
        return {"": _line(result, query, _("Your people"), everyone, {})}
    total = _line(result, query, _("Everyone together"), everyone, {}, is_total=True)
    if figures.seen == Seen.SPREAD:
        viewer = viewer_of(question)
        if viewer not in figures.reach or far_spread(figures, viewer) is None:
            return {"": total}
        own = _line(result, query, _("Your own caseload"), figures.reach[viewer], None, group=viewer)
        return {viewer: own, "": total}
    lines = {}
    for group in in_order_of_names(question, figures.reach):
        cell = None if group == WITHIN else {"worker": worker_public(question, group)}
        lines[group] = _line(result, query, worker_label(question, group), figures.reach[group], cell, group=group)
    return {**lines, "": total}


def far_tables(result: Result, query: str) -> list[PageTable]:
    """The table of those lines, and the spread where case managers are not named; none while the year is not over."""
    figures = figures_of(result)
    if not figures.reach:
        return []
    corner = Heading(_("Case manager") if figures.seen == Seen.NAMED else _("People"), "", is_figure=False)
    viewer, lines = viewer_of(result.question), far_lines(result, query)
    found = {group: one for group, one in judged(figures).items() if group in lines}
    spread = far_spread(figures, viewer) if figures.seen == Seen.SPREAD else None
    said = []
    if figures.seen == Seen.SPREAD and spread is None and not figures.is_beyond(REALISED):
        said = [_("No spread: there are fewer than three case managers, besides you, with ten people or more.")]
    table = reach_table(result, corner, lines, found, said)
    return [table] if spread is None else [table, _spread_table(result.question, figures, spread)]


def far_words(question: Question, figures: Differences) -> str:
    """Who expects clearly further than it comes: by name, or how many do."""
    if figures.seen == Seen.NAMED:
        found = judged(figures)
        groups = [one for one in in_order_of_names(question, found) if found[one] == ReachVerdict.TOO_FAR]
        return too_far_words([worker_label(question, group) for group in groups])
    spread = far_spread(figures, viewer_of(question)) if figures.seen == Seen.SPREAD else None
    if spread is None or not spread.too_far:
        return ""
    text = ngettext(
        "What {count} case manager expects lies clearly further from what comes than with the others.",
        "What {count} case managers expect lies clearly further from what comes than with the others.",
        spread.too_far,
    )
    return text.format(count=number(spread.too_far))


def spread_values(spread: FarSpread | None) -> dict[str, Decimal | int]:
    """The spread of the difference, for files."""
    if spread is None:
        return {}
    ends = {"steps_least": spread.least, "steps_middle": spread.middle, "steps_greatest": spread.greatest}
    return {**{key: means[2] for key, means in ends.items()}, "too_far": spread.too_far}


def _line(
    result: Result,
    query: str,
    name: str,
    reach: Reach,
    cell: Mapping[str, str] | None,
    *,
    group: str | None = None,
    is_total: bool = False,
) -> ReachLine:
    figures = figures_of(result)
    beyond = figures.handed.most(group) if figures.is_beyond(REALISED) else 0
    return ReachLine(RowHead(name), reach, _leading(result, query, cell), beyond, is_total)


def _leading(result: Result, query: str, cell: Mapping[str, str] | None) -> Callable[[str], str]:
    def url(reach: str) -> str:
        if cell is None:
            return ""
        return people_url(result, query, {**cell, "measure": REALISED, **({"reach": reach} if reach else {})})

    return url


def _spread_table(question: Question, figures: Differences, spread: FarSpread) -> PageTable:
    headings = (
        Heading(_("Case managers"), "", is_figure=False),
        Heading(_("Expected"), _("How many levels higher was expected, on average."), is_figure=True),
        Heading(_("Reached"), _("How many levels higher the highest one was within the year, on average."), True),
        Heading(_("Difference"), _("Reached less expected: below 0 less came than was expected."), is_figure=True),
    )
    named = ((_("Lowest"), spread.least), (_("Middle"), spread.middle), (_("Highest"), spread.greatest))
    rows = tuple(_spread_row(headings, name, means) for name, means in named)
    text = _(
        "Of {n} case managers with ten people or more of whom it is known, each column apart: a row is not one case "
        "manager."
    )
    said = (text.format(n=number(spread.workers)), far_words(question, figures))
    caption = _("How far case managers lie apart in what they expect")
    return PageTable(caption, headings, rows, is_narrow=True, foot=" ".join(part for part in said if part))


def _spread_row(headings: Sequence[Heading], name: str, means: Means) -> PageRow:
    cells = [
        Cell(number(one, SPREAD_DECIMALS).replace("-", "\N{MINUS SIGN}"), heading.label, is_figure=True, is_key=True)
        for one, heading in zip(means, headings[1:], strict=True)
    ]
    return PageRow((Cell(name, "", is_figure=False, is_key=True), *cells), is_total=False)


def _means(reach: Reach) -> Means:
    expected, reached = (_rounded(total / reach.known) for total in (reach.expected, reach.reached))
    return expected, reached, _rounded((reach.reached - reach.expected) / reach.known)


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-SPREAD_DECIMALS), ROUND_HALF_UP) + 0
