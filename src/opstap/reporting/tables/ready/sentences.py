"""The answer of the report `ready` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.distribution import NOT_PLACED
from opstap.analytics.distribution.ready import LONG_AGO, NO_GOAL, NOT_KNOWN, ON_THEIR_WAY
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.crosstab import figures_of
from opstap.reporting.tables.ready.shape import shape_of
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up


def lead(result: Result) -> str:
    """How many are ready, how many are on their way, and of how many it can't be told."""
    people, columns = people_in_follow_up(result.base), figures_of(result).overall.columns
    if not result.question.scale.is_ladder:
        why = _("On this scale there is no higher or lower, so nobody can be said to be ready for a step.")
        return f"{people}. {why}"
    share = share_words(result.totals["ready_share"], result.question.decimals)
    text = _("{people}: {ready} ready for a step ({share}).")
    said = [text.format(people=people, ready=number(result.totals["ready"]), share=share)]
    if columns[LONG_AGO]:
        text = _("Of {n} a higher level is expected, but the placement is of 12 months ago or longer.")
        said.append(text.format(n=number(columns[LONG_AGO])))
    if columns[ON_THEIR_WAY]:
        text = ngettext(
            "Of the others of whom a higher level is expected {n} already has a trajectory upward.",
            "Of the others of whom a higher level is expected {n} already have a trajectory upward.",
            columns[ON_THEIR_WAY],
        )
        said.append(text.format(n=number(columns[ON_THEIR_WAY])))
    if columns[NO_GOAL]:
        text = ngettext(
            "{n} has a trajectory of which it was not recorded where it leads.",
            "{n} have a trajectory of which it was not recorded where it leads.",
            columns[NO_GOAL],
        )
        said.append(text.format(n=number(columns[NO_GOAL])))
    unknown = columns[NOT_KNOWN] + columns[NOT_PLACED]
    if unknown:
        said.append(_("Of {n} it can't be said: not placed, or no expected level.").format(n=number(unknown)))
    return " ".join(said)


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    asked = cell.get("readiness", "")
    name = next((one.label for one in shape_of(question).across if one.key == asked), "")
    where = {key: text for key, text in cell.items() if key in {"level", "group"} and text}
    if name and not where:
        return name
    return ", ".join(part for part in (level_cell_words(question, where, language), name) if part)
