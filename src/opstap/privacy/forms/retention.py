"""Another term of retention, and holding a dossier back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.privacy.forms.requests import NEEDED, DayField
from opstap.privacy.logic.retention import CLOSED, DECIDED

STARTS = ((CLOSED, _("when the dossier was closed")), (DECIDED, _("when the application was decided")))


class TermForm(forms.Form):
    """How long, from when, who says so, and from which day this holds."""

    years = forms.IntegerField(
        label=_("Years"),
        min_value=1,
        max_value=50,
        error_messages={"required": _("Fill in a number of years.")},
    )
    starts_at = forms.ChoiceField(label=_("The clock starts"), choices=STARTS)
    source = forms.CharField(
        label=_("Who says so"),
        max_length=200,
        error_messages={"required": _("Name the list or the decision that this term comes from.")},
    )
    since = DayField(label=_("Holds from"))


class HoldForm(forms.Form):
    """Why a dossier may not go, and until when."""

    why = forms.CharField(
        label=_("Why may this dossier not be erased?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why.")},
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=NEEDED,
    )
