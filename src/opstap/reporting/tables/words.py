"""Names of levels, bands and groups for a question."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.ladder.selectors.scales import LevelOnDay
from opstap.reporting.selectors.questions import Question


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
