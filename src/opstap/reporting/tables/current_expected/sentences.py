"""The answer of the report `current-expected` in words, and what its cells are called."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.levels import split_codes
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.counting import levels_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.current_expected.rows import known_name
from opstap.reporting.tables.definitions import MEAN_DECIMALS
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, people_in_follow_up


def lead(result: Result) -> str:
    """Of how many a higher level is expected, of how many it is unknown, and both means."""
    totals, decimals = result.totals, result.question.decimals
    words = {
        key: share_words(value, decimals) if key.endswith("_share") else number(value)
        for key, value in totals.items()
        if isinstance(value, int | Decimal) and not key.startswith("mean_")
    }
    words["people"] = people_in_follow_up(result.base)
    if not result.question.scale.is_ladder:
        text = _(
            "{people}. Of {other} another group is expected ({other_share}), of {same} the same ({same_share}), and of "
            "{unknown} the one or the other is unknown ({unknown_share})."
        )
        return text.format(**words)
    text = _(
        "{people}. Of {higher} a higher level is expected ({higher_share}), of {same} the same ({same_share}), of "
        "{lower} a lower one ({lower_share}), and of {unknown} the one or the other is unknown ({unknown_share})."
    )
    sentences = [text.format(**words)]
    if totals["mean_current"] is not None and totals["mean_expected"] is not None:
        means = {key: number(totals[f"mean_{key}"], MEAN_DECIMALS) for key in ("current", "expected")}
        text = ngettext(
            "Of the {n} person of whom both are known the mean level is {current} now, and {expected} is expected.",
            "Of the {n} people of whom both are known the mean level is {current} now, and {expected} is expected.",
            totals["both_known"],
        )
        sentences.append(text.format(n=number(totals["both_known"]), **means))
        if split_codes(levels_of(result.question.scale)):
            sentences.append(_("An upper half-level counts half a level more in it."))
    return " ".join(sentences)


def shift_label(question: Question, kind: str) -> str:
    """What is expected, as the head of a row."""
    if question.scale.is_ladder:
        words = {"higher": _("▲ A higher level"), "same": _("= The same level"), "lower": _("▼ A lower level")}
    else:
        words = {"same": _("= The same group"), "other": _("Another group")}
    return {**words, "unknown": _("Current or expected unknown")}.get(kind, kind)


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """A cell of a distribution, of the shifts, or one expectation."""
    group, current, expected, shift = (cell.get(key, "") for key in ("group", "current", "expected", "shift"))
    parts = [group_label(question, group)] if group else []
    if shift:
        parts.append(shift_label(question, shift))
    if current:
        parts.append(_("now {level}").format(level=_level(question, current, language)))
    if expected:
        parts.append(_("expected {level}").format(level=_level(question, expected, language)))
    return ", ".join(parts) or _("everyone")


def _level(question: Question, code: str, language: str) -> str:
    if code == NOT_FILLED:
        return known_name(question, None, language)
    name = known_name(question, code, language)
    return name if code == NO_COUNTERPART else f"{code} {name}"
