"""The answer of the report `trajectories` in words, and what its goals and cells are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.distribution.trajectories import KEEP, OTHER_SCALE
from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, level_name, people_in_follow_up


def lead(result: Result) -> str:
    """How many have a trajectory, and how many of these lead to keeping the level."""
    with_one = int(result.totals["with_trajectory"])
    text = _("{people}; {with_one} of them ({share}) are in a trajectory. {runs}")
    total = int(result.totals["trajectories"])
    runs = ngettext(
        "{n} trajectory runs, {keeps} of them to keep the level.",
        "{n} trajectories run, {keeps} of them to keep the level.",
        total,
    ).format(n=number(total), keeps=number(int(result.totals["maintaining"])))
    return text.format(
        people=people_in_follow_up(result.base),
        with_one=number(with_one),
        share=share_words(share(with_one, result.base)),
        runs=runs,
    )


def kind_name(question: Question, kind: str) -> str:
    """A kind as it is called on the reference date."""
    group = question.words["trajectory"].get(kind)
    return group.label if group else kind


def goal_name(question: Question, goal: str | None, language: str) -> str:
    """A goal in words."""
    if goal is None:
        return _("no goal recorded")
    if goal == KEEP:
        return _("keep the level")
    return _("a level of another scale") if goal == OTHER_SCALE else level_name(question, goal, language)


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called, above the list of its people."""
    group, kind, goal = (cell.get(key, "") for key in ("group", "kind", "goal"))
    parts = [group_label(question, group)] if group else []
    if kind:
        parts.append(kind_name(question, kind))
    if goal:
        code = None if goal == NOT_FILLED else goal
        name = goal_name(question, code, language)
        parts.append(name if code in {None, KEEP, OTHER_SCALE} else f"{code} {name}")
    return ", ".join(parts) or _("everyone in a trajectory")
