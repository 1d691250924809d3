"""Names of levels, bands and groups for a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from opstap.ladder.selectors.scales import LevelOnDay
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn


def column_label(question: Question, column: ReportColumn) -> str:
    """The heading of a column: a grouping has groups, not levels."""
    if question.scale.is_ladder:
        return str(column.label)
    if column.key == "level":
        return _("Client group") if question.report == "placement" else _("Expected client group")
    return _("% of the group") if column.key.endswith("_growth_share") else str(column.label)


def level_of(question: Question, code: str | None) -> LevelOnDay | None:
    """The level with a code on the scale of the question."""
    return next((level for level in question.scale.levels if level.code == code), None)


def level_name(question: Question, code: str | None, language: str) -> str:
    """The name on the reference date; "not filled" for no level."""
    level = level_of(question, code)
    return _("not filled") if level is None else level.name(language)


def band_name(question: Question, code: str | None, language: str) -> str:
    """The distance band of a level, empty when it has none."""
    level = level_of(question, code)
    return "" if level is None else level.band(language)


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
    group = question.words[question.by].get(code)
    return group.label if group else code


def group_public(question: Question, code: str | None) -> str | None:
    """A group as JSON and files name it: by its code, or by its name where the code is ours alone."""
    if not question.by or code is None:
        return None
    group = question.words[question.by].get(code)
    if group is None:
        return code
    return group.label if group.public != group.code else group.public
