"""What people live on, by level: as a table on the page of `profile`, and in its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import Profile, ProfilePart
from opstap.analytics.uncertainty import Estimate
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.intervals import ends_note, ends_words, small_note
from opstap.reporting.tables.matrix import Line, Matrix, MatrixRow, on_page
from opstap.reporting.tables.pages import Cell, Heading, PageTable, people_url
from opstap.reporting.tables.profile.situations import Situation, situations
from opstap.reporting.tables.results import Result, RowHead
from opstap.reporting.tables.words import level_head


def matrix(result: Result, query: str) -> Matrix:
    """The situations that occur, whoever's is not known, and everyone, by level."""
    question, part, language = result.question, _everyone(result), get_language() or "nl"
    levels = [Line(row.level or NOT_FILLED, level_head(question, row.level, language)) for row in part.rows]
    everyone = Line("", RowHead(_("Total")), _("Everyone of this row."))

    def url(cell: dict[str, str] | None, level: str) -> str:
        if cell is None:
            return ""
        return people_url(result, query, {**cell, **({"level": level} if level else {})})

    rows = [
        MatrixRow(
            Line(one.code or "unknown", RowHead(_named(question, one))),
            [*one.by_level, one.clients],
            partial(url, one.cell or None),
        )
        for one in _shown(part)
    ]
    whole = [*(row.clients for row in part.rows), part.clients]
    rows.append(MatrixRow(everyone, whole, partial(url, {}), is_total=True))
    return Matrix(_("What they live on, by level"), _("Income situation"), [*levels, everyone], rows)


def by_income(result: Result, query: str) -> PageTable:
    """The same with, behind it, the share of each among those of whom it is known, and how sure that is."""
    part, decimals, table = _everyone(result), result.question.decimals, on_page(result, matrix(result, query))
    label = _("% of those known")
    heading = Heading(label, _("Share of those of whom it is known."), is_figure=True)
    found = [*(one.found for one in _shown(part)), None]
    rows = tuple(
        replace(row, cells=(*row.cells, _share(one, label, decimals)))
        for row, one in zip(table.rows, found, strict=True)
    )
    shares = [row.cells[-1] for row in rows]
    said = (
        _known_words(found),
        ends_note() if any(cell.under for cell in shares) else "",
        small_note() if any(cell.is_small for cell in shares) else "",
    )
    foot = " ".join(one for one in said if one)
    return replace(table, headings=(*table.headings, heading), rows=rows, foot=foot)


def _share(found: Estimate | None, label: str, decimals: int) -> Cell:
    if found is None or not found.known:
        return Cell("", label, is_figure=True, is_key=False, is_silent=True)
    said, under = share_words(found.share(decimals), decimals), ends_words(*(found.bounds(0) or (None, None)))
    return Cell(said, label, is_figure=True, is_key=False, under=under, is_small=found.is_small)


def _known_words(found: Sequence[Estimate | None]) -> str:
    """Of how many it is known, where that is not everybody."""
    one = next((estimate for estimate in found if estimate is not None), None)
    if one is None or one.is_exact:
        return ""
    text = _("Known of {known} of {whole} people ({coverage}).")
    return text.format(known=number(one.known), whole=number(one.whole), coverage=share_words(one.coverage(0), 0))


def _shown(part: ProfilePart) -> list[Situation]:
    return [one for one in situations(part) if one.clients or not one.code]


def _named(question: Question, one: Situation) -> str:
    if not one.code:
        return _("Not known")
    return question.words["income"][one.code].label.capitalize() if one.is_listed else _("Another, not on the list")


def _everyone(result: Result) -> ProfilePart:
    if not isinstance(result.figures, Profile):
        raise TypeError(result.definition.key)
    return result.figures.overall
