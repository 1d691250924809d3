"""Noting what a client asks, taking more time, and answering."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.tables.words import OUTCOMES, REQUEST_KINDS

NEEDED = {"required": _("Fill in the day."), "invalid": _("This is not a day. Write it as 4-3-2026.")}


class DayField(forms.DateField):
    """A day that has been, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, error_messages=NEEDED, **options)

    def clean(self, value: Any) -> date | None:
        """Not later than today."""
        given: date | None = super().clean(value)
        if given is not None and given > dates.today():
            raise forms.ValidationError(_("This day is still to come. Fill in the day it was."))
        return given


class RequestForm(forms.Form):
    """What somebody asks, and when it came in."""

    kind = forms.ChoiceField(
        label=_("What does the client ask?"),
        choices=[(kind.value, REQUEST_KINDS[kind]) for kind in RequestKind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is asked.")},
    )
    received_on = DayField(label=_("Received on"))
    words = forms.CharField(
        label=_("In the client's own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What came of it, on or after the day it was received."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(outcome.value, OUTCOMES[outcome]) for outcome in RequestOutcome],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    settled_on = DayField(label=_("Answered on"))
    reason = forms.CharField(
        label=_("What was told to the client"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *given: Any, received_on: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.received_on = received_on

    def clean_settled_on(self) -> date:
        """Not before it was asked."""
        given: date = self.cleaned_data["settled_on"]
        if given < self.received_on:
            said = _("An answer comes after the question: fill in %(day)s, when it was received, or a later day.")
            raise forms.ValidationError(said % {"day": day(self.received_on)})
        return given

    def clean(self) -> dict[str, Any]:
        """Whoever does not do all that was asked says why."""
        given = super().clean() or {}
        short = given.get("outcome") in {RequestOutcome.PARTLY.value, RequestOutcome.REFUSED.value}
        if short and not str(given.get("reason", "")).strip():
            self.add_error("reason", _("Say why not all was done: the client has a right to know, and can complain."))
        return given


class ExtensionForm(forms.Form):
    """More time, once."""

    extension = forms.CharField(
        label=_("Why is more time needed?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why. Tell the client too, within the first month.")},
    )
