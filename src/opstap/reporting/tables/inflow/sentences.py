"""The answer of the report `inflow` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Difference, Estimate
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.inflow import NEW, RETURNED, TAKEN_OVER, THERE, WENT
from opstap.reporting.selectors.profile import shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.inflow.rows import compared, figures_of
from opstap.reporting.tables.profile.definition import FEATURES
from opstap.reporting.tables.profile.sentences import cell_words as profile_cell_words
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import level_name, people_in_follow_up

LEAST_POINT = 0.01


def lead(result: Result) -> str:
    """How many are new, where most of them began, who returned or left again, and how they differ."""
    question, figures, totals = result.question, figures_of(result), result.totals
    text = _("{people} on {later}: {new} came since {earlier} ({share}) and {there} were there already.")
    said = [
        text.format(
            people=people_in_follow_up(figures.followed),
            later=day(question.on),
            earlier=day(question.compared_with),
            new=number(totals["new"]),
            there=number(totals["there"]),
            share=share_words(totals["new_share"], question.decimals),
        ),
        _levels(result),
    ]
    if figures.taken_over:
        text = ngettext(
            "Of who was there already {n} person came from another caseload in this period, or from none.",
            "Of who was there already {n} people came from another caseload in this period, or from none.",
            figures.taken_over,
        )
        said.insert(1, text.format(n=number(figures.taken_over)))
    if figures.returned:
        text = ngettext(
            "{n} of the new was in follow-up before.", "{n} of the new were in follow-up before.", figures.returned
        )
        said.append(text.format(n=number(figures.returned)))
    if figures.back:
        text = ngettext(
            "{n} of these was so on {earlier} as well, was away for more than 30 days and came back; the report Out "
            "of follow-up counts this person as stayed.",
            "{n} of these were so on {earlier} as well, were away for more than 30 days and came back; the report "
            "Out of follow-up counts these people as stayed.",
            figures.back,
        )
        said.append(text.format(n=number(figures.back), earlier=day(question.compared_with)))
    if figures.went:
        text = ngettext(
            "{n} person came and left again in this period.",
            "{n} people came and left again in this period.",
            figures.went,
        )
        said.append(text.format(n=number(figures.went)))
    said.append(_differences(result))
    return " ".join(sentence for sentence in said if sentence)


def _levels(result: Result) -> str:
    """On which level most of the new began, and how many are not placed yet."""
    rows = figures_of(result).new.overall.rows
    unplaced = sum(row.clients for row in rows if row.level in {None, "0"})
    placed = [row for row in rows if row.level not in {None, "0"} and row.clients]
    if not placed:
        return ""
    most = max(placed, key=lambda row: row.clients)
    name = level_name(result.question, most.level, get_language() or "nl")
    text = _("Most of the new began on {level} {name} ({n}). Not placed yet or not determined: {unplaced}.")
    return text.format(level=most.level, name=name, n=number(most.clients), unplaced=number(unplaced))


def _differences(result: Result) -> str:
    """The features that the new have clearly more or less often than who was there."""
    found = compared(result)
    clear = {key: found[key][2].sign for key in shown_features(result.question) if _is_clear(*found[key])}
    more = [str(FEATURES[key][0]).lower() for key, sign in clear.items() if sign > 0]
    less = [str(FEATURES[key][0]).lower() for key, sign in clear.items() if sign < 0]
    said = []
    if more:
        said.append(_("More often than who was there they have: {features}.").format(features=", ".join(more)))
    if less:
        said.append(_("Less often than who was there they have: {features}.").format(features=", ".join(less)))
    return " ".join(said)


def _is_clear(new: Estimate, there: Estimate, found: Difference) -> bool:
    small = new.is_small or there.is_small
    return bool(found.sign) and not small and found.found is not None and abs(found.found) >= LEAST_POINT


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    who = {
        NEW: _("new"),
        THERE: _("were there already"),
        RETURNED: _("new, and in follow-up before"),
        WENT: _("came and left again"),
        TAKEN_OVER: _("came from another caseload, or from none"),
    }
    rest = {key: text for key, text in cell.items() if key != "who" and text}
    parts = [who.get(cell.get("who", ""), ""), profile_cell_words(question, rest, language) if rest else ""]
    return ", ".join(part for part in parts if part) or _("everyone")
