"""The tables of the report `movement` on its page: what became of people, and from which level to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.transitions import HANDED_OVER, LEFT, NOT_MEASURED_AGAIN, TAKEN_OVER, Movement, MovementPart
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import ENTERED
from opstap.reporting.tables.handed import bounds_foot, own_words
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.movement.rows import ends_of, figures_of, outcome_shares
from opstap.reporting.tables.movement.sentences import between_foot, caseload_words, earlier_words
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import group_label, in_order, level_head


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """What became of everyone (and of each group), and the matrix of everyone."""
    figures = figures_of(result)
    first = _by_group(result, figures, query) if result.question.by else _outcomes(result, figures.overall, query)
    return [first, on_page(result, matrix(result, query))]


def _outcomes(result: Result, part: MovementPart, query: str) -> PageTable:
    totals, handed = part.totals, figures_of(result).handed
    ends = ends_of(part, handed)
    caption = _("What became of who was placed on {day}")
    whole = _("Share of all who were placed on the earlier day.")
    if handed.persons:
        caption = _("What became of who was placed on {day}, or was handed over since")
        whole = _("Share of all who were placed on the earlier day or were handed over since.")
    headings = (
        Heading(_("By {day}").format(day=day(result.question.on)), "", is_figure=False),
        Heading(_("Clients"), _("People placed on the earlier day."), is_figure=True),
        Heading("%", whole, is_figure=True),
    )
    rows, shares = [], outcome_shares(part, result.question, handed)
    for key, count in ends.items():
        shown = share_words(shares[key], result.question.decimals)
        rows.append(_row(headings, outcome_of(key).words, _people(result, query, key, count), shown))
    rows.append(_row(headings, _("Total"), _plain(sum(ends.values())), "", is_total=True))
    new = _row(headings, outcome_of(ENTERED).words, _people(result, query, ENTERED, totals.entered), "")
    rows.append(PageRow(new.cells, new.is_total, group_head=_("Apart from these")))
    found = figures_of(result).standing
    if found is not None:
        taken = _people(result, query, TAKEN_OVER, found.taken_over)
        rows.append(_row(headings, outcome_of(TAKEN_OVER).words, taken, ""))
    closes = handed.persons and found is not None
    said = [between_foot(figures_of(result), result.question)]
    said += [earlier_words(figures_of(result), result.question)] if closes else []
    said += [caseload_words(found, result.question)] if found is not None else []
    caption = caption.format(day=day(result.question.compared_with))
    return PageTable(caption, headings, tuple(rows), is_narrow=True, foot=" ".join(filter(None, said)))


def _by_group(result: Result, figures: Movement, query: str) -> PageTable:
    question = result.question
    caption = _("What became of who was placed on {day}, by {dimension}").format(
        day=day(question.compared_with), dimension=question.dimension_name(question.by or "")
    )
    handed = figures.handed
    told = handed.is_any and handed.is_told_by_group
    keys = [*figures.overall.totals.outcomes, *([HANDED_OVER] if told else [])]
    headings = [
        Heading(question.dimension_name(question.by or "").capitalize(), "", is_figure=False),
        Heading(_("Placed"), _("People placed on the earlier day."), is_figure=True),
    ]
    share_of = _("Share of who was placed and who was handed over.") if told else _("Share of the group.")
    for key in keys:
        outcome = outcome_of(key)
        together = f"{outcome.sign}\N{NO-BREAK SPACE}{outcome.label}" if outcome.sign else outcome.label
        headings.append(Heading(together, f"{outcome.meaning} {share_of}", is_figure=True))
    headings.append(Heading(outcome_of(ENTERED).words, outcome_of(ENTERED).meaning, is_figure=True))
    rows = [
        _group_row(result, part, group_label(question, part.group), query)
        for part in in_order(question, figures.groups)
    ]
    rows.append(_group_row(result, figures.overall, _("Everyone together"), query))
    said = [between_foot(figures, question), own_words(handed)] if told else [bounds_foot(handed, question)]
    return PageTable(caption, tuple(headings), tuple(rows), foot=" ".join(filter(None, said)))


def _group_row(result: Result, part: MovementPart, name: str, query: str) -> PageRow:
    totals, group, decimals = part.totals, part.group or "", result.question.decimals
    handed = figures_of(result).handed
    ends = {key: count for key, count in ends_of(part, handed).items() if key != HANDED_OVER or handed.is_told_by_group}
    cells = [
        Cell(name, "", is_figure=False, is_key=True),
        figure_cell(
            totals.cohort, _("Placed"), url=people_url(result, query, {}, group) if totals.cohort else "", is_key=True
        ),
    ]
    shares = outcome_shares(part, result.question, handed)
    for key, count in ends.items():
        label = outcome_of(key).words
        url = people_url(result, query, {"outcome": key}, group) if key != HANDED_OVER else ""
        shown = "" if shares[key] is None else share_words(shares[key], decimals)
        cells.append(replace(figure_cell(count, label, url=url, is_key=key == "risen"), beside=shown))
    url = people_url(result, query, {"outcome": ENTERED}, group)
    cells.append(figure_cell(totals.entered, outcome_of(ENTERED).words, url=url))
    return PageRow(tuple(cells), is_total=part.group is None)


def _row(headings: Sequence[Heading], name: str, clients: Cell, shown: str, *, is_total: bool = False) -> PageRow:
    last = Cell(shown, headings[2].label, is_figure=True, is_key=bool(shown), is_silent=not shown)
    return PageRow((Cell(name, "", is_figure=False, is_key=True), clients, last), is_total)


def _people(result: Result, query: str, key: str, count: int) -> Cell:
    """A number that leads to its people; of who was handed over it leads nowhere."""
    if key == HANDED_OVER:
        return _plain(count)
    return figure_cell(count, _("Clients"), url=people_url(result, query, {"outcome": key}), is_key=True)


def _plain(count: int) -> Cell:
    return figure_cell(count, _("Clients"), is_key=True)


def matrix(result: Result, query: str) -> Matrix:
    """From which level to which, of everyone; the new apart."""
    question, part = result.question, figures_of(result).overall
    caption = _("From {earlier} to {later}, level by level").format(
        earlier=day(question.compared_with), later=day(question.on)
    )
    if not question.scale.is_ladder:
        caption = _("From {earlier} to {later}, group by group").format(
            earlier=day(question.compared_with), later=day(question.on)
        )
    counts = {(row.origin, row.destination): row.clients for row in part.rows}
    codes = list(dict.fromkeys(row.origin for row in part.rows))
    levels = [Line(code, level_head(question, code, get_language() or "nl")) for code in codes]
    endings = [Line(key, RowHead(outcome_of(key).label), outcome_of(key).meaning) for key in (LEFT, NOT_MEASURED_AGAIN)]
    everyone = Line("", RowHead(_("Total")), _("Everyone of this row."))
    columns = [*levels, *endings, everyone]

    def figures(origins: Sequence[str]) -> list[int]:
        out = [sum(counts[origin, line.key] for origin in origins) for line in columns[:-1]]
        return [*out, sum(out)]

    def url(extra: dict[str, str], to: str) -> str:
        return people_url(result, query, {**extra, **({"to": to} if to else {})})

    rows = [MatrixRow(line, figures([line.key]), partial(url, {"from": line.key})) for line in levels]
    rows.append(MatrixRow(everyone, figures(codes), partial(url, {}), is_total=True))
    new: list[int] = [entry.clients for entry in part.entries]
    line = Line(ENTERED, RowHead(outcome_of(ENTERED).words))
    apart = _("Apart from these")
    rows.append(MatrixRow(line, [*new, None, None, sum(new)], partial(url, {"outcome": ENTERED}), group_head=apart))
    return Matrix(caption, _("From level"), columns, rows)
