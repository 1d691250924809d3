"""Forms of the privacy room."""

from opstap.privacy.forms.judging import JudgementForm
from opstap.privacy.forms.requests import AnswerForm, ExtensionForm, RequestForm

__all__ = ["AnswerForm", "ExtensionForm", "JudgementForm", "RequestForm"]
