"""The tables of the report `profile` on its page: by level, how sure the shares are, and by income."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Split
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.profile import shown_features
from opstap.reporting.tables.intervals import between, ends_note, ends_words, small_note
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, figure_cell, head_cell, people_url
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.profile.income import by_income
from opstap.reporting.tables.profile.rows import estimates_of
from opstap.reporting.tables.results import Result, ResultRow
from opstap.reporting.tables.words import column_label, group_label


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """Three tables; the second and third are about everyone together."""
    features: Mapping[str, Split] = result.figures.overall.features  # type: ignore[union-attr]  # those of a profile
    return [_by_level(result, query), _how_sure(result, query, features), by_income(result, query)]


def _by_level(result: Result, query: str) -> PageTable:
    """The rows of the result, each share in the cell of its count: two columns a feature would be too wide to read."""
    counted = [column for column in result.columns if column.kind == "integer" and not column.off_page]
    level = next(column for column in result.columns if column.key == "level")
    headings = [
        Heading(column_label(result.question, one), str(one.meaning), one is not level) for one in (level, *counted)
    ]
    rows, previous = [], ""
    for row in result.all_rows:
        head = group_label(result.question, row.group) if row.group and row.group != previous else ""
        if row.group == "" and previous:
            head = _("Everyone together")
        previous = row.group
        named = zip(counted, headings[1:], strict=True)
        cells = [head_cell(result, row.head, headings[0].label)]
        cells.extend(_count(result, row, (one.key, heading.label), query) for one, heading in named)
        rows.append(PageRow(tuple(cells), row.is_total, head))
    cells = [cell for row in rows for cell in row.cells]
    said = (
        ends_note() if any(cell.under for cell in cells) else "",
        small_note() if any(cell.is_small for cell in cells) else "",
    )
    foot = " ".join(one for one in said if one)
    return PageTable(str(result.definition.title), tuple(headings), tuple(rows), foot=foot)


def _count(result: Result, row: ResultRow, column: tuple[str, str], query: str) -> Cell:
    key, label = column
    count, share = row.values.get(key), row.values.get("share" if key == "clients" else f"{key}_share")
    if not isinstance(count, int) or (key in row.silent and not count):
        return Cell("", label, is_figure=True, is_key=False, is_silent=True)
    url = people_url(result, query, row.cells[key], row.group) if count and key in row.cells else ""
    decimals = result.question.decimals
    return Cell(
        number(count),
        label,
        is_figure=True,
        is_key=key in {"clients", "growth"},
        url=url,
        beside=share_words(share, decimals) if isinstance(share, Decimal) else "",
        under=ends_words(row.values.get(f"{key}_low"), row.values.get(f"{key}_high")),
        is_small=f"{key}_share" in row.small,
    )


def _how_sure(result: Result, query: str, features: Mapping[str, Split]) -> PageTable:
    """Of how many it is known, the share among those, and between which shares that of all lies."""
    headings = (
        Heading(_("Feature"), "", is_figure=False),
        Heading(_("Known of"), _("Of how many people it is recorded."), is_figure=True),
        Heading(_("Not known"), _("Of how many it is not."), is_figure=True),
        Heading(_("Has it"), _("How many have it."), is_figure=True),
        Heading("%", _("Share of those of whom it is known."), is_figure=True),
        Heading(
            _("How sure"), _("Between which shares that of all of them lies, 19 times out of 20."), is_figure=False
        ),
    )
    estimates = estimates_of({key: features[key] for key in shown_features(result.question)})
    rows = [_sure_row(result, query, key, found, headings) for key, found in estimates.items()]
    return PageTable(_("How sure the shares are"), headings, tuple(rows), facts=(4, 5))


def _sure_row(result: Result, query: str, key: str, found: Estimate, headings: Sequence[Heading]) -> PageRow:
    decimals = result.question.decimals
    unknown = people_url(result, query, {"having": key, "answer": "unknown"})
    known = _("{known} ({coverage})").format(known=number(found.known), coverage=share_words(found.coverage(0), 0))
    return PageRow(
        (
            Cell(str(FEATURES[key][0]), "", is_figure=False, is_key=True),
            Cell(known, headings[1].label, is_figure=True, is_key=False),
            figure_cell(found.whole - found.known, headings[2].label, url=unknown),
            figure_cell(found.part, headings[3].label, url=people_url(result, query, {"having": key})),
            Cell(share_words(found.share(decimals), decimals), headings[4].label, is_figure=True, is_key=True),
            Cell(between(found), headings[5].label, is_figure=False, is_key=True),
        ),
        is_total=False,
    )
