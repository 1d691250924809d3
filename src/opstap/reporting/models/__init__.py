"""Models of the reporting room: what may be studied, and what a municipality composes of its own.

Every figure is counted from the facts of other rooms.
"""

from opstap.reporting.models.indicators import ComposedIndicator, IndicatorTarget
from opstap.reporting.models.research import ResearchPermit

__all__ = ["ComposedIndicator", "IndicatorTarget", "ResearchPermit"]
