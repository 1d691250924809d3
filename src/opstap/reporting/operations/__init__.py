"""Writes of the reporting room: permitting research and ending it."""

from opstap.reporting.operations.research import ResearchRefused, ResearchTerms, end_research, permit_research

__all__ = ["ResearchRefused", "ResearchTerms", "end_research", "permit_research"]
