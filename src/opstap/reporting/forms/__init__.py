"""Forms of the reporting room."""

from opstap.reporting.forms.indicators import IndicatorForm
from opstap.reporting.forms.research import ResearchForm

__all__ = ["IndicatorForm", "ResearchForm"]
