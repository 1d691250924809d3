"""Writes of the reporting room: research, indicators, targets, figures that are set down or were printed before."""

from opstap.reporting.operations.earlier import (
    EarlierRefused,
    EarlierTerms,
    correct_earlier,
    enter_earlier,
    withdraw_earlier,
)
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
    "EarlierRefused",
    "EarlierTerms",
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
    "correct_earlier",
    "correct_indicator",
    "correct_target",
    "end_research",
    "enter_earlier",
    "make_asked",
    "permit_research",
    "set_target",
    "withdraw_earlier",
    "withdraw_indicator",
    "withdraw_publication",
    "withdraw_target",
]
