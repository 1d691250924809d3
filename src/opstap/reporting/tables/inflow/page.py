"""The tables of the report `inflow` on its page: by level, and the features beside those of who was there."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Difference, Estimate
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.inflow import NEW, RETURNED, TAKEN_OVER, THERE, WENT
from opstap.reporting.selectors.profile import INCOME, shown_features
from opstap.reporting.tables.inflow.rows import compared, figures_of
from opstap.reporting.tables.intervals import between, comparisons_note, difference_words, small_note
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, people_url, table_of
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.results import Result


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The second and third are about everyone together."""
    return [table_of(result, query), _features(result, query), _apart(result, query)]


def _features(result: Result, query: str) -> PageTable:
    """Each feature of the new beside who was there: how many of whom it is known, the share, and the difference."""
    headings = (
        Heading(_("Feature"), "", is_figure=False),
        Heading(
            _("New"), _("How many of the new have it, and their share of those of whom it is known."), is_figure=True
        ),
        Heading(_("How sure"), _("Between which shares that of all the new lies."), is_figure=False),
        Heading(
            _("Were there already"), _("How many of those who were there have it, and their share."), is_figure=True
        ),
        Heading(_("How sure"), _("Between which shares that of all who were there lies."), is_figure=False),
        Heading(_("The new have it"), _("In percentage points; a difference only when it is one."), is_figure=False),
    )
    income = result.question.words["income"]
    rows: list[PageRow] = []
    found = compared(result)
    for key in (*shown_features(result.question), *(key for key in found if key.startswith(INCOME))):
        new, there, apart = found[key]
        is_income = key.startswith(INCOME)
        if is_income and not (new.part or there.part):
            continue
        code = key.removeprefix(INCOME)
        name = income[code].label.capitalize() if is_income else str(FEATURES[key][0])
        head = _("What they live on") if is_income and not any(row.group_head for row in rows) else ""
        rows.append(_row(result, query, key, name, (new, there, apart), headings, head))
    few = small_note() if any(cell.is_small for row in rows for cell in row.cells) else ""
    foot = " ".join(part for part in (comparisons_note(result.totals["comparisons"]), few) if part)
    return PageTable(_("What the new are like"), headings, tuple(rows), foot=foot)


def _row(  # noqa: PLR0917 # one row of one table
    result: Result,
    query: str,
    key: str,
    name: str,
    found: tuple[Estimate, Estimate, Difference],
    headings: Sequence[Heading],
    head: str,
) -> PageRow:
    new, there, apart = found
    cells = [Cell(name, "", is_figure=False, is_key=True)]
    for place, (who, one) in enumerate(((NEW, new), (THERE, there))):
        decimals, label = result.question.decimals, headings[1 + 2 * place].label
        url = people_url(result, query, {"who": who, "having": key}) if one.part else ""
        beside = share_words(one.share(decimals), decimals) if one.known else ""
        small = one.is_small and bool(one.known)
        cells += [
            Cell(number(one.part), label, is_figure=True, is_key=not place, url=url, beside=beside, is_small=small),
            Cell(between(one), f"{label}, {headings[2].label.lower()}", is_figure=False, is_key=False),
        ]
    cells.append(Cell(difference_words(apart), headings[-1].label, is_figure=False, is_key=True))
    return PageRow(tuple(cells), is_total=False, group_head=head)


def _apart(result: Result, query: str) -> PageTable:
    """Who returned, who came from another caseload or from none, and who came and left again."""
    figures, label = figures_of(result), _("Clients")
    headings = (Heading(_("Apart from these"), "", is_figure=False), Heading(label, "", is_figure=True))
    lines = [(_("New, and in follow-up before"), RETURNED, figures.returned)]
    if figures.taken_over is not None:
        lines.append((_("Came from another caseload, or from none"), TAKEN_OVER, figures.taken_over))
    if figures.went is not None:
        lines.append((_("Came and left again in this period"), WENT, figures.went))
    rows = [
        PageRow(
            (
                Cell(name, "", is_figure=False, is_key=True),
                figure_cell(count, label, url="" if result.question.by else people_url(result, query, {"who": who})),
            ),
            is_total=False,
        )
        for name, who, count in lines
    ]
    caption, foot = _("Who returned, and who left again"), ""
    if figures.taken_over is not None:
        caption = _("Who returned, and who came from another caseload")
        foot = _(
            "From another caseload or from none: already in follow-up on the earlier day, and not in this caseload "
            "then."
        )
    return PageTable(caption, headings, tuple(rows), is_narrow=True, foot=foot)
