"""Models of the reporting room: what may be studied, what a municipality composes of its own, and what was set down.

Every other figure is counted from the facts of other rooms.
"""

from opstap.reporting.models.earlier import EarlierFigures
from opstap.reporting.models.indicators import ComposedIndicator, IndicatorTarget
from opstap.reporting.models.publications import Publication
from opstap.reporting.models.research import ResearchPermit

__all__ = ["ComposedIndicator", "EarlierFigures", "IndicatorTarget", "Publication", "ResearchPermit"]
