"""Forms of the reporting room."""

from opstap.reporting.forms.indicators import IndicatorForm
from opstap.reporting.forms.publications import PublicationForm, TableForm, WithdrawForm
from opstap.reporting.forms.research import ResearchForm
from opstap.reporting.forms.targets import TargetForm, TargetValueForm

__all__ = [
    "IndicatorForm",
    "PublicationForm",
    "ResearchForm",
    "TableForm",
    "TargetForm",
    "TargetValueForm",
    "WithdrawForm",
]
