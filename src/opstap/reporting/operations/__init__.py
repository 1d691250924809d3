"""Writes of the reporting room: permitting research, composing indicators, their targets, and setting figures down."""

from opstap.reporting.operations.indicators import (
    IndicatorRefused,
    compose_indicator,
    correct_indicator,
    withdraw_indicator,
)
from opstap.reporting.operations.publications import (
    MONTHS,
    PublicationRefused,
    PublicationTerms,
    TableTerms,
    ask_publication,
    ask_table,
    make_asked,
    withdraw_publication,
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
    "MONTHS",
    "IndicatorRefused",
    "PublicationRefused",
    "PublicationTerms",
    "ResearchRefused",
    "ResearchTerms",
    "TableTerms",
    "TargetRefused",
    "TargetTerms",
    "ask_publication",
    "ask_table",
    "compose_indicator",
    "correct_indicator",
    "correct_target",
    "end_research",
    "make_asked",
    "permit_research",
    "set_target",
    "withdraw_indicator",
    "withdraw_publication",
    "withdraw_target",
]
