"""The tables of the report `traits-changed` on its page: what became of each trait, and whether that is a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.intervals import change_words, comparisons_note
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable, places_of, table_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.traits_changed.rows import changes_of, comparisons_in, figures_of
from opstap.reporting.tables.traits_changed.words import trait_label


def tables(result: Result, query: str) -> Sequence[PageTable]:
    """The second is about everyone together."""
    shares = ("gone", "new") if figures_of(result).handed.is_any else ("then_share", "now_share")
    found = replace(table_of(result, query), facts=places_of(result, *shares))
    return [found, _changes(result)]


def _changes(result: Result) -> PageTable:
    """Of how many it is known on both days, and what the change is in words."""
    headings = (
        Heading(_("Trait"), "", is_figure=False),
        Heading(_("Known of"), _("Of how many it is known on both days."), is_figure=True),
        Heading(_("What changed"), _("Whether more or fewer of them have it, and how sure that is."), is_figure=False),
    )
    rows, part = [], figures_of(result).overall
    handed = figures_of(result).handed
    changes = changes_of(part, handed)
    for key, ways in part.traits.items():
        coverage = share_words(share(ways.known, sum(ways), 0), 0)
        known = _("{known} ({coverage})").format(known=number(ways.known), coverage=coverage)
        cells = (
            Cell(trait_label(key), "", is_figure=False, is_key=True),
            Cell(known, headings[1].label, is_figure=True, is_key=False),
            Cell(change_words(changes[key]), headings[2].label, is_figure=False, is_key=True),
        )
        rows.append(PageRow(cells, is_total=False))
    said = (bounds_foot(handed, result.question), comparisons_note(comparisons_in(part)))
    foot = " ".join(one for one in said if one)
    return PageTable(_("Is that a change?"), headings, tuple(rows), is_narrow=True, foot=foot)
