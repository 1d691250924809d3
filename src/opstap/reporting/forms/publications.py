"""Setting figures down, asking for a table beside them, and saying why something is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import offer
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.forms.free_text import nobody_in_it
from opstap.reporting.logic.released import ReleasedAxis
from opstap.reporting.operations import PublicationTerms, TableTerms

MOST_DIMENSIONS = 3


class PublicationForm(forms.Form):
    """Which month end, under what title, and which promise to the council it settles."""

    on = forms.ChoiceField(
        label=_("Reference date"),
        choices=[],
        help_text=_(
            "The last day of a month. Figures are those known now; who records something later changes nothing."
        ),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        validators=[nobody_in_it],
        help_text=_("As the council will read it, such as: The ladder in the third quarter of 2026. Name nobody."),
        error_messages={"required": _("Fill in a title.")},
    )
    promise = forms.CharField(
        label=_("Which promise or motion does it settle?"),
        max_length=300,
        required=False,
        validators=[nobody_in_it],
        help_text=_("Such as: motion 2026-41, report on the participation ladder twice a year. Name nobody."),
    )

    def __init__(self, *args: Any, days: Iterable[date], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "on", [(one.isoformat(), day(one)) for one in days])

    def terms(self) -> PublicationTerms:
        """What was filled in."""
        given = self.cleaned_data
        return PublicationTerms(given["title"], date.fromisoformat(given["on"]), given["promise"])


class TableForm(forms.Form):
    """A question of somebody, and the dimensions of the table that answers it."""

    question = forms.CharField(
        label=_("Which question does the table answer?"),
        max_length=120,
        validators=[nobody_in_it],
        help_text=_("It is the title above the table. Name nobody."),
        error_messages={"required": _("Fill in the question.")},
    )
    asker = forms.CharField(
        label=_("Who asks it?"),
        max_length=120,
        validators=[nobody_in_it],
        help_text=_(
            "The council, a party, the alderman, a department. It stands with the table and in the log. Name nobody."
        ),
        error_messages={"required": _("Fill in who asks it.")},
    )
    dimensions = forms.MultipleChoiceField(
        label=_("What is it split by?"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One to three. The more there are, the more numbers are too small to be shown."),
        error_messages={"required": _("Choose one to three of these.")},
    )

    def __init__(self, *args: Any, axes: Iterable[ReleasedAxis], **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "nl"
        offer(self, "dimensions", [(axis.dimension, axis.name(language)) for axis in axes])

    def clean_dimensions(self) -> list[str]:
        """No more than are released together."""
        chosen: list[str] = self.cleaned_data["dimensions"]
        if len(chosen) > MOST_DIMENSIONS:
            raise forms.ValidationError(_("Choose one to three of these."))
        return chosen

    def terms(self) -> TableTerms:
        """What was filled in."""
        given = self.cleaned_data
        return TableTerms(given["question"], given["asker"], tuple(given["dimensions"]))


class WithdrawForm(forms.Form):
    """What is wrong with it."""

    why = forms.CharField(
        label=_("What is not right?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[nobody_in_it],
        help_text=_("Whoever opens the publication reads this instead of the figures. Name nobody."),
        error_messages={"required": _("Say what is not right.")},
    )
