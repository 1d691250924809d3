"""Fields that the forms of a dossier share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        words = {"required": _("Fill in a day."), "invalid": _("Fill in a day as day, month and year.")}
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, error_messages=words, **options)


class WhyField(forms.CharField):
    """The reason of a correction or a withdrawal."""

    def __init__(self, **options: Any) -> None:
        words = {"required": _("Say in a few words why.")}
        super().__init__(**{"label": _("Why?"), "max_length": 400, "error_messages": words, **options})
