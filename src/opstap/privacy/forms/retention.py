"""Another term of retention, and holding a dossier back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.privacy.forms.requests import NEEDED
from opstap.privacy.logic.retention import CLOSED, DECIDED

STARTS = (
    (CLOSED, _("when the dossier was closed")),
    (DECIDED, _("when the application or objection was decided")),
)


class ComingDayField(forms.DateField):
    """A day that is still to come, or today (`first` days after today at the earliest), with the browser's calendar."""

    def __init__(self, *, first: int = 0, **options: Any) -> None:
        self.first = first
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, error_messages=NEEDED, **options)

    def clean(self, value: Any) -> date | None:
        """Not earlier than that."""
        given: date | None = super().clean(value)
        if given is not None and given < dates.today() + timedelta(days=self.first):
            if self.first:
                raise forms.ValidationError(_("Fill in a day after today: until then the dossier stays."))
            raise forms.ValidationError(_("Fill in today or a later day: what was erased keeps the term of then."))
        return given


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
    since = ComingDayField(label=_("Holds from"))


class HoldForm(forms.Form):
    """Why a dossier may not go, and until when."""

    why = forms.CharField(
        label=_("Why may this dossier not be erased?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why.")},
    )
    until = ComingDayField(label=_("Until"), first=1, required=False)
