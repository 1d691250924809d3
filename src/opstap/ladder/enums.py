"""Closed choices of the ladder room."""

from enum import IntEnum, StrEnum

UNDETERMINED = "0"
NO_COUNTERPART = "no_counterpart"  # the code of those whose level a crosswalk leads nowhere


class ScaleKind(StrEnum):
    """A ladder has an order, a grouping has none."""

    ORDINAL = "ordinal"
    NOMINAL = "nominal"


class Growth(IntEnum):
    """Growth potential as recorded, never derived from the goal."""

    UNKNOWN = -1
    NO = 0
    YES = 1


class QuestionPart(StrEnum):
    """What a question leads to: where someone stands, or where they could be within the horizon."""

    CURRENT = "current"
    GROWTH = "growth"
