"""When the roles are looked over again."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.foundation.ui.fields import DayField

LONGEST = timedelta(days=366)


class NextReviewForm(forms.Form):
    """The day of the next time, within a year."""

    next_on = DayField(
        label=_("The next time"),
        help_text=_("Half a year from now is usual."),
        error_messages={"required": _("Fill this in.")},
    )

    def clean_next_on(self) -> date:
        """Later than today, and not years away."""
        day: date = self.cleaned_data["next_on"]
        if not dates.today() < day <= dates.today() + LONGEST:
            raise forms.ValidationError(_("Choose a day within a year from now."))
        return day
