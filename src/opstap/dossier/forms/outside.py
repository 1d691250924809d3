"""Who is calling, and the note for the worker of that client."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.clients.logic.outside import Sought


class OutsideForm(forms.Form):
    """A number, or a surname with a birth date; all of it exact."""

    help_names = {"number": "outside_number", "surname": "outside_name"}
    number = forms.CharField(
        label=_("BSN or client number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autofocus": True}),  # somebody is on the line
    )
    surname = forms.CharField(
        label=_("Surname"),
        required=False,
        max_length=120,
        help_text=_("Whole, as it is spelled; with or without prefix."),
    )
    given_names = forms.CharField(
        label=_("Given name"),
        required=False,
        max_length=120,
        help_text=_("Only needed where two people share the rest."),
    )
    birth_date = forms.DateField(
        label=_("Birth date"), required=False, help_text=_("Ask the caller for it."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is not a day.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Enough to mean one person."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("number") and not (given.get("surname") and given.get("birth_date")):
            raise forms.ValidationError(
                _("Fill in the number, or the surname with the birth date: with less nobody is looked for.")
            )
        return given

    @property
    def sought(self) -> Sought:
        """What is asked."""
        given = self.cleaned_data
        return Sought(given["number"], given["surname"], given["given_names"], given["birth_date"])


class CallBackForm(forms.Form):
    """On which number, and about what."""

    help_names = {"text": "call_back"}
    phone = forms.CharField(
        label=_("Telephone number to call back"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        error_messages={"required": _("Ask on which number the client can be called back.")},
        help_text=_("As the caller says it."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What it is about"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
