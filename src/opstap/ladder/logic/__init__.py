"""Rows of placements with the checks on them, and the questions that lead to a level: pure, the clock an argument."""

from opstap.ladder.logic.questions import (
    Question,
    Walk,
    answers_as_text,
    growth_walk,
    text_as_answers,
    walk,
)
from opstap.ladder.logic.rows import (
    LevelPlace,
    MeasurementRow,
    MeasurementsRefused,
    Remark,
    Surroundings,
    faults_of,
    warnings_of,
)

__all__ = [
    "LevelPlace",
    "MeasurementRow",
    "MeasurementsRefused",
    "Question",
    "Remark",
    "Surroundings",
    "Walk",
    "answers_as_text",
    "faults_of",
    "growth_walk",
    "text_as_answers",
    "walk",
    "warnings_of",
]
