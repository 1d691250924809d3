"""The coverage in words: the answer of the report, the line beside every other report, and the name of a cell."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.coverage import coverage_beside, lately_in
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label


def lead(result: Result) -> str:
    """How many are placed, and how many of them lately."""
    totals = result.totals
    sentences = [_line(result.question, result.base, int(totals["placed"]), int(totals["placed_last_year"]))]
    undetermined = int(totals["not_determined"])
    if undetermined:
        text = ngettext(
            "Of {n} person a level was never determined.",
            "Of {n} people a level was never determined.",
            undetermined,
        )
        sentences.append(text.format(n=number(undetermined)))
    return " ".join(sentences)


def beside(question: Question, *, has_scale: bool) -> str:
    """The line that stands beside every other report; empty where it counts nobody."""
    row = coverage_beside(question)
    return _line(question, row.base, row.placed, row.placed_last_year, has_scale=has_scale) if row.base else ""


def placed_lately(question: Question) -> str:
    """Who was placed within the months after which a placement is old."""
    return _("placed in the last {months} months").format(months=lately_in(question))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    del language
    having = {
        "": "",
        "placed": _("ever placed"),
        "placed_last_year": placed_lately(question),
        "placed_twice": _("placed twice or more"),
        "not_determined": _("never determined"),
        "not_placed": _("without a placement"),
    }[cell.get("having", "")]
    group = cell.get("group", "")
    return ", ".join(part for part in (group_label(question, group) if group else "", having) if part) or _("everyone")


def _line(question: Question, base: int, placed: int, recent: int, *, has_scale: bool = True) -> str:
    people = ngettext("Of {n} person in follow-up", "Of {n} people in follow-up", base).format(n=number(base))
    if question.crosswalk is not None or not has_scale:
        text = ngettext(
            "{people}, {placed} ({share}) was ever placed on {scale}; "
            "{recent} ({recent_share}) in the last {months} months.",
            "{people}, {placed} ({share}) were ever placed on {scale}; "
            "{recent} ({recent_share}) in the last {months} months.",
            placed,
        )
    elif question.scale.is_ladder:
        text = ngettext(
            "{people}, {placed} ({share}) was ever placed on this ladder; "
            "{recent} ({recent_share}) in the last {months} months.",
            "{people}, {placed} ({share}) were ever placed on this ladder; "
            "{recent} ({recent_share}) in the last {months} months.",
            placed,
        )
    else:
        text = ngettext(
            "{people}, {placed} ({share}) was ever in a client group; "
            "{recent} ({recent_share}) in the last {months} months.",
            "{people}, {placed} ({share}) were ever in a client group; "
            "{recent} ({recent_share}) in the last {months} months.",
            placed,
        )
    language = get_language() or "nl"
    scale = question.crosswalk.source if question.crosswalk else question.scale
    return text.format(
        months=lately_in(question),
        people=people,
        placed=number(placed),
        share=share_words(share(placed, base)),
        recent=number(recent),
        recent_share=share_words(share(recent, base)),
        scale=scale.name(language),
    )
