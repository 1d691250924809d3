"""A code of an app or a recovery code, and the name of a passkey."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NEEDED = {"required": _("Fill this in.")}


class CodeForm(forms.Form):
    """The code that an app shows, or a recovery code."""

    code = forms.CharField(label=_("Code"), max_length=40, error_messages=NEEDED)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        told = {"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        self.fields["code"].widget.attrs.update(told)


class PasskeyForm(forms.Form):
    """By which name its owner knows it."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("So that you know it again, such as 'laptop work'."),
        error_messages=NEEDED,
    )
    passkey = forms.CharField(widget=forms.HiddenInput, required=False)
