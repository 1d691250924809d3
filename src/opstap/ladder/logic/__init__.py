"""Rows of placements with checks and traits, the questions that lead to a level, and designs of scales. All pure."""

from opstap.ladder.logic.designs import (
    DesignFault,
    DesignRefused,
    InUse,
    LevelDesign,
    QuestionDesign,
    ScaleDesign,
    design_faults,
    merged_order,
)
from opstap.ladder.logic.growth import (
    GROWTH_WITHOUT_GOAL,
    GROWTH_WITHOUT_HIGHER,
    HIGHER_BUT_UNKNOWN,
    HIGHER_WITHOUT_GROWTH,
    against_goal,
    to_settle,
)
from opstap.ladder.logic.questions import (
    Question,
    Walk,
    answers_as_text,
    growth_walk,
    overridden,
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
from opstap.ladder.logic.traits import changed_trait, copied, held_on, shortened

__all__ = [
    "GROWTH_WITHOUT_GOAL",
    "GROWTH_WITHOUT_HIGHER",
    "HIGHER_BUT_UNKNOWN",
    "HIGHER_WITHOUT_GROWTH",
    "DesignFault",
    "DesignRefused",
    "InUse",
    "LevelDesign",
    "LevelPlace",
    "MeasurementRow",
    "MeasurementsRefused",
    "Question",
    "QuestionDesign",
    "Remark",
    "ScaleDesign",
    "Surroundings",
    "Walk",
    "against_goal",
    "answers_as_text",
    "changed_trait",
    "copied",
    "design_faults",
    "faults_of",
    "growth_walk",
    "held_on",
    "merged_order",
    "overridden",
    "shortened",
    "text_as_answers",
    "to_settle",
    "walk",
    "warnings_of",
]
