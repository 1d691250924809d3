"""Names of levels, bands and groups for a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import number
from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.selectors.scales import LevelOnDay
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn, ReportDefinition
from opstap.reporting.tables.results import RowHead


def columns_for(definition: ReportDefinition, question: Question) -> tuple[ReportColumn, ...]:
    """The columns that have something to say: a group only by groups, a distance only where the scale has them, and
    nothing of a part that is off.
    """
    has_bands = any(level.band_nl for level in question.scale.levels)
    return tuple(
        column
        for column in definition.columns
        if (column.key != "group" or question.by)
        and (column.key != "band" or has_bands)
        and column.part in {"", *question.parts}
    )


def column_label(question: Question, column: ReportColumn) -> str:
    """The heading of a column: a grouping has groups, not levels."""
    return str(column.label if question.scale.is_ladder else column.grouping_label or column.label)


def level_of(question: Question, code: str | None) -> LevelOnDay | None:
    """The level with a code on the scale of the question."""
    return next((level for level in question.scale.levels if level.code == code), None)


def level_name(question: Question, code: str | None, language: str) -> str:
    """The name on the reference date; "not filled" for no level."""
    level = level_of(question, code)
    return _("not filled") if level is None else level.name(language)


def name_of(question: Question, code: str) -> str:
    """The name of a level in the language of the screen."""
    return level_name(question, code, get_language() or "nl")


def band_name(question: Question, code: str | None, language: str) -> str:
    """The distance band of a level, empty when it has none."""
    level = level_of(question, code)
    return "" if level is None else level.band(language)


def level_head(question: Question, code: str | None, language: str) -> RowHead:
    """A level as the head of a row: its name, and its distance where it has one."""
    name = level_name(question, code, language)
    if code is None or code == NO_COUNTERPART:
        return RowHead(name.capitalize())
    band = band_name(question, code, language)
    return RowHead(f"{name} ({band})" if band else name, level=code)


class _OfGroup(Protocol):
    @property
    def group(self) -> str | None: ...


Part = TypeVar("Part", bound=_OfGroup)


def in_order(question: Question, parts: Sequence[Part]) -> list[Part]:
    """The parts of groups in the order of the dimension's own list."""
    order = list(question.words[question.by]) if question.by else []
    return sorted(parts, key=lambda part: order.index(part.group) if part.group in order else len(order))


def group_label(question: Question, code: str | None) -> str:
    """A group in words."""
    if not question.by or code is None:
        return ""
    if code == WITHIN and question.by == "worker":
        return _("handed over within the team")
    group = question.words[question.by].get(code)
    return group.label if group else code


def group_public(question: Question, code: str | None) -> str | None:
    """A group as JSON and files name it: by its code, or by its name where the code is ours alone."""
    if not question.by or code is None:
        return None
    group = question.words[question.by].get(code)
    if group is None:
        return group_label(question, code)
    return group.label if group.public != group.code else group.public


def total_name(question: Question, group: str | None) -> str:
    """What the row of everyone, or of everyone in a group, is called."""
    if not group:
        return _("Total")
    return _("Total {group}").format(group=group_label(question, group))


def people_in_follow_up(count: int) -> str:
    """The beginning of an answer about the people who are counted."""
    return ngettext("{n} person in follow-up", "{n} people in follow-up", count).format(n=number(count))


def nobody_in_follow_up(question: Question) -> str:
    """The answer of a report that counts people in follow-up, when there are none."""
    del question
    return _("Nobody was in follow-up on this day, as far as you may see and with these filters.")
