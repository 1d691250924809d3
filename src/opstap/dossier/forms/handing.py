"""The forms of handing over and standing in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.dossier.forms.caseload import MOST_DAYS_AHEAD, Choices
from opstap.foundation import dates

MOST_WORDS = 2000


def _day(label: Any, required: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": required, "invalid": _("This is not a day.")},
    )


def _note(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=help_text,
        error_messages={"max_length": _("Keep it to %(limit_value)d characters.")},
    )  # fmt: skip


class HandOverForm(forms.Form):
    """To whom, from which day, and what the colleague should know."""

    help_names = {"receivers": "hand_over", "note": "hand_over_note"}
    receivers = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose one colleague, or several: the clients are then divided evenly."),
        error_messages={"required": _("Choose at least one colleague.")},
    )
    from_on = _day(_("From"), _("Say from which day."))
    note = _note(_("What your colleague should know"))

    def __init__(self, *args: Any, colleagues: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["receivers"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = colleagues

    def clean_from_on(self) -> date:
        """From today on, a year ahead at most."""
        day: date = self.cleaned_data["from_on"]
        today = dates.today()
        if not today <= day <= today + timedelta(days=MOST_DAYS_AHEAD):
            raise forms.ValidationError(_("Choose a day from today on that is at most a year ahead."))
        return day


class StandInForm(forms.Form):
    """Who stands in, and in which period; for whom, where one leads a team."""

    help_names = {"colleague": "stand_in", "note": "stand_in_note"}
    absent = forms.ChoiceField(
        label=_("Who is away"),
        help_text=_("Whose caseload it is about."),
        error_messages={"required": _("Choose who is away.")},
    )
    colleague = forms.ChoiceField(label=_("Who stands in"), error_messages={"required": _("Choose who stands in.")})
    first = _day(_("First day"), _("Say from which day."), _("From this day on the caseload is open."))
    last = _day(_("Last day"), _("Say up to and including which day."), _("This day still counts."))
    note = _note(_("What your colleague should know"))

    def __init__(self, *args: Any, absent: Choices, colleagues: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("absent", absent), ("colleague", colleagues)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *choices]
        if not absent:
            del self.fields["absent"]


class RefusalForm(forms.Form):
    """Why not."""

    why = forms.CharField(
        label=_("Why not"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why, so that your colleague can go on.")},
    )  # fmt: skip
