"""What a client wants put right in one record, and the decision about it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.privacy.forms.requests import AnswerForm, DayField


class CorrectionForm(forms.Form):
    """What is wrong, in the client's own words."""

    received_on = DayField(label=_("Received on"))
    words = forms.CharField(
        label=_("What is wrong, in the client's own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write down what the client says is wrong.")},
    )


class DecisionForm(AnswerForm):
    """What is decided; why is always said."""

    reason = forms.CharField(
        label=_("What was told to the client"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why, also when all was done: the client reads it.")},
    )
