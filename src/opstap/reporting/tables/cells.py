"""What a cell of a table is called, above the list of its people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import CAN_GROW, NOT_FILLED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.words import group_label, level_name


def level_cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """A cell of a level, perhaps of one answer on growth and of one group."""
    parts = []
    group, level, growth = (cell.get(key, "") for key in ("group", "level", "growth"))
    if group:
        parts.append(group_label(question, group))
    if level == NOT_FILLED:
        parts.append(level_name(question, None, language))
    elif level == CAN_GROW:
        parts.append(_("on levels that can have it") if growth else _("on levels that can have growth potential"))
    elif level == NO_COUNTERPART:
        parts.append(level_name(question, level, language))
    elif level:
        parts.append(f"{level} {level_name(question, level, language)}")
    if growth:
        words = {"with": _("growth potential"), "without": _("no growth potential"), "unknown": _("growth unknown")}
        parts.append(words[growth])
    return ", ".join(parts) or _("everyone")
