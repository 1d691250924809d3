"""From a question to its result: which counting and which table belong to a report."""

from __future__ import annotations

from opstap.reporting.selectors.counting import count_goals, count_placement
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.goals import goals_result
from opstap.reporting.tables.placement import placement_result
from opstap.reporting.tables.results import Result


def answer(question: Question, language: str) -> Result:
    """Count, and give the figures their words."""
    if question.report == "placement":
        return placement_result(count_placement(question), question, language)
    return goals_result(count_goals(question), question, language)
