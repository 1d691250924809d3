"""Growth potential beside the level expected: growth is yes if and only if that level is higher (FIELD 1.4). Pure."""

from __future__ import annotations

from opstap.ladder.enums import Growth

HIGHER_WITHOUT_GROWTH = "higher_without_growth"
GROWTH_WITHOUT_HIGHER = "growth_without_higher"
GROWTH_WITHOUT_GOAL = "growth_without_goal"
HIGHER_BUT_UNKNOWN = "higher_but_unknown"


def against_goal(growth: int, level: int, goal: int) -> str:
    """What is said against each other, by the places of the two levels on the ladder; empty for nothing."""
    if growth == Growth.NO and goal > level:
        return HIGHER_WITHOUT_GROWTH
    if growth == Growth.YES and goal <= level:
        return GROWTH_WITHOUT_HIGHER
    return ""


def to_settle(growth: int, level: int, goal: int | None) -> str:
    """The same, and what somebody who places can say but left open; empty for nothing."""
    if goal is None:
        return GROWTH_WITHOUT_GOAL if growth == Growth.YES else ""
    if growth == Growth.UNKNOWN and goal > level:
        return HIGHER_BUT_UNKNOWN
    return against_goal(growth, level, goal)
