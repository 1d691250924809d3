"""The forms of a team: to whom clients go, from which day, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates

Choices = Sequence[tuple[str, str | Promise]]
MOST_DAYS_AHEAD = 365


class AssignForm(forms.Form):
    """To one colleague, or divided evenly over several."""

    help_names = {"reason": "assign_reason"}
    workers = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose one colleague, or several: the clients are then divided evenly."),
        error_messages={"required": _("Choose at least one colleague.")},
    )
    from_on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say from which day."), "invalid": _("This is not a day.")},
    )
    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose a reason.")})

    def __init__(self, *args: Any, workers: Choices, reasons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen, reason = self.fields["workers"], self.fields["reason"]
        if isinstance(chosen, forms.MultipleChoiceField):
            chosen.choices = workers
        if isinstance(reason, forms.ChoiceField):
            reason.choices = reasons

    def clean_from_on(self) -> object:
        """Not before the first day that people mean, and not more than a year ahead."""
        day = self.cleaned_data["from_on"]
        if not day >= dates.FIRST_DAY or (day - dates.today()).days > MOST_DAYS_AHEAD:
            raise forms.ValidationError(_("Choose a day that is at most a year ahead."))
        return day


class MarkForm(forms.Form):
    """A worker's own star and note."""

    starred = forms.BooleanField(label=_("Mark with a star"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words for yourself, such as what to do first."),
        error_messages={"max_length": _("Keep it to %(limit_value)d characters.")},
    )  # fmt: skip
