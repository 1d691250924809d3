"""A code list in words: what holds on the day first, then what can be chosen for other days only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from opstap.foundation.ui.templatetags.ui_format import day as day_words
from opstap.municipality.selectors import CodeOption

Choice = tuple[str, str]
Choices = list[Choice | tuple[str, list[Choice]]]


def dated_choices(options: Iterable[CodeOption], language: str, *, held: str = "") -> Choices:
    """What can be chosen on the day, or is held already; below it, as a group, the rest with until or from when."""
    now: Choices = []
    other: list[Choice] = []
    for one in options:
        if one.is_offered or one.code == held:
            now.append((one.code, one.label(language)))
        else:
            other.append((one.code, _("%(label)s (%(when)s)") % {"label": one.label(language), "when": _when(one)}))
    return [*now, (_("For other days only"), other)] if other else now


def not_then(option: CodeOption | None, first: date, last: date | None = None) -> str:
    """Why a code could not be chosen on any day from the first to the last; empty when it could. Without a last day
    only the first counts.
    """
    if option is None or option.holds_in(first, last or first):
        return ""
    said = {"day": day_words(first), "until": day_words(option.valid_until), "from": day_words(option.valid_from)}
    if option.valid_until is not None and option.valid_until <= first:
        words = _("On %(day)s this could be chosen no more: it ended on %(until)s. Choose another, or check the day.")
        return words % said
    return _("On %(day)s this could not be chosen yet: it begins on %(from)s. Choose another, or check the day.") % said


def _when(option: CodeOption) -> str:
    """Of what is not offered: from when, and until when."""
    said = {"from": day_words(option.valid_from), "until": day_words(option.valid_until)}
    if option.valid_from is None:
        return _("until %(until)s") % said
    return (_("from %(from)s") if option.valid_until is None else _("from %(from)s until %(until)s")) % said
