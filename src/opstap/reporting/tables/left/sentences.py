"""The answer of the report `left` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.left import LEFT, STAYED, UNRECORDED, reason_words
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.crosstab import figures_of
from opstap.reporting.tables.handed import handed_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.left.rows import handed_in, left_of
from opstap.reporting.tables.left.shape import reasons_of, shape_of
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result

MOST_NAMED = 3


def lead(result: Result) -> str:
    """How many left, the reasons that occur most, and of how many there is none."""
    question, totals = result.question, result.totals
    earlier, later = day(question.compared_with), day(question.on)
    start = ngettext(
        "Of the {cohort} person who was in follow-up on {earlier},",
        "Of the {cohort} people who were in follow-up on {earlier},",
        result.base,
    ).format(cohort=number(result.base), earlier=earlier)
    if not totals["left"]:
        said = [start, _("nobody is out of follow-up on {later}.").format(later=later)]
    else:
        words = _("{left} are no longer in follow-up on {later} ({share}).")
        if totals["left_share"] is None:
            words = _("{left} are no longer in follow-up on {later}.")
        share = share_words(totals["left_share"], question.decimals)
        said = [start, words.format(left=number(totals["left"]), later=later, share=share), _most(result)]
    if totals["unrecorded"]:
        said.append(_("Of {n} no reason is recorded.").format(n=number(totals["unrecorded"])))
    return " ".join(sentence for sentence in (*said, *_with_handed_over(result)) if sentence)


def _with_handed_over(result: Result) -> list[str]:
    """How many were handed over, and between what the share that left then lies."""
    handed, part = handed_in(result), figures_of(result).overall
    if not handed.persons:
        return []
    text = _("Of all of them together {sure} left.")
    found = left_of(part.clients, part.columns[STAYED], handed.persons)
    return [handed_words(handed, result.question), text.format(sure=between(found))]


def _most(result: Result) -> str:
    """The reasons that occur most, the first of them first."""
    part = figures_of(result).overall
    reasons = [one for one in reasons_of(shape_of(result.question, figures_of(result))) if one.key != UNRECORDED]
    ordered = sorted(reasons, key=lambda one: -part.columns[one.key])[:MOST_NAMED]
    if not ordered:
        return ""
    listed = ", ".join(f"{one.label} ({number(part.columns[one.key])})" for one in ordered)
    return _("Most often because of: {reasons}.").format(reasons=listed)


def nobody_then(question: Question) -> str:
    """The answer when there was nobody who could leave."""
    text = _("Nobody was in follow-up on {day}, as far as you may see and with these filters.")
    return text.format(day=day(question.compared_with))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    asked = cell.get("reason", "")
    own = {UNRECORDED: _("no reason"), LEFT: _("out of follow-up"), STAYED: _("still in follow-up")}
    name = own.get(asked) or reason_words(question).get(asked, asked)
    where = {key: text for key, text in cell.items() if key in {"level", "group"} and text}
    if name and not where:
        return name
    return ", ".join(part for part in (level_cell_words(question, where, language), name) if part)
