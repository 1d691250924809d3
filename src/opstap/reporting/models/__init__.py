"""Models of the reporting room: what may be studied. Every figure is counted from the facts of other rooms."""

from opstap.reporting.models.research import ResearchPermit

__all__ = ["ResearchPermit"]
