"""Codes of one's own: new, another label, no longer to be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.administration.tables.traits import NOT_RECORDED
from opstap.foundation.ui.fields import DayField
from opstap.municipality.logic import (
    kinds_not_recorded,
)

NEEDED = {"required": _("Fill this in.")}


class NewCodeForm(forms.Form):
    """A code of one's own."""

    help_names = {"since": "code_since"}
    nl = forms.CharField(label=_("In Dutch"), max_length=200, error_messages=NEEDED)
    en = forms.CharField(label=_("In English"), max_length=200, error_messages=NEEDED)
    since = DayField(label=_("Can be chosen from"), error_messages=NEEDED)
    counts_as_benefit = forms.BooleanField(
        label=_("Counts as a benefit, for how long somebody is on benefit"), required=False
    )

    def __init__(self, *args: Any, labels: Sequence[str], is_benefit: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.labels = {label.casefold() for label in labels}
        if not is_benefit:
            del self.fields["counts_as_benefit"]

    def clean_nl(self) -> str:
        """Two codes of one name could not be told apart."""
        label = str(self.cleaned_data["nl"]).strip()
        if label.casefold() in self.labels:
            raise forms.ValidationError(_("This list has a code with this name already."))
        return _recorded(label)

    def clean_en(self) -> str:
        """Nor may it name what is not recorded."""
        return _recorded(str(self.cleaned_data["en"]).strip())


def _recorded(label: str) -> str:
    """A label that names nothing of what Opstap does not record about a person."""
    if kinds_not_recorded(label):
        raise forms.ValidationError(NOT_RECORDED)
    return label


class LabelForm(forms.Form):
    """Another label from a day on."""

    help_names = {"since": "label_since"}
    nl = forms.CharField(label=_("In Dutch"), max_length=200, error_messages=NEEDED)
    en = forms.CharField(label=_("In English"), max_length=200, error_messages=NEEDED)
    since = DayField(label=_("From"), error_messages=NEEDED)

    def clean_nl(self) -> str:
        """As of a new code."""
        return _recorded(str(self.cleaned_data["nl"]).strip())

    def clean_en(self) -> str:
        """As of a new code."""
        return _recorded(str(self.cleaned_data["en"]).strip())


class EndCodeForm(forms.Form):
    """The first day on which a code can't be chosen; empty lets it be chosen again."""

    ends_on = DayField(
        label=_("First day on which it can't be chosen"),
        required=False,
        help_text=_("Empty: it can be chosen. What was recorded with this code stays readable and counts as before."),
    )
