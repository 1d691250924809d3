"""Writes of the reporting room: permitting research and ending it, composing indicators, and their targets."""

from opstap.reporting.operations.indicators import (
    IndicatorRefused,
    compose_indicator,
    correct_indicator,
    withdraw_indicator,
)
from opstap.reporting.operations.research import ResearchRefused, ResearchTerms, end_research, permit_research
from opstap.reporting.operations.targets import (
    TargetRefused,
    TargetTerms,
    correct_target,
    set_target,
    withdraw_target,
)

__all__ = [
    "IndicatorRefused",
    "ResearchRefused",
    "ResearchTerms",
    "TargetRefused",
    "TargetTerms",
    "compose_indicator",
    "correct_indicator",
    "correct_target",
    "end_research",
    "permit_research",
    "set_target",
    "withdraw_indicator",
    "withdraw_target",
]
