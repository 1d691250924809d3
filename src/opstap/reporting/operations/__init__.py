"""Writes of the reporting room: permitting research and ending it, and composing indicators."""

from opstap.reporting.operations.indicators import (
    IndicatorRefused,
    compose_indicator,
    correct_indicator,
    withdraw_indicator,
)
from opstap.reporting.operations.research import ResearchRefused, ResearchTerms, end_research, permit_research

__all__ = [
    "IndicatorRefused",
    "ResearchRefused",
    "ResearchTerms",
    "compose_indicator",
    "correct_indicator",
    "end_research",
    "permit_research",
    "withdraw_indicator",
]
