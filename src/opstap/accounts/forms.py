"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Sign-in name and password; what was wrong is not told apart."""

    username = forms.CharField(label=_("Sign-in name"), max_length=120)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, strip=False)

    error_messages = {
        "invalid_login": _("This sign-in name and password do not belong together. Check them and try again."),
        "inactive": _("This account is closed. Ask your functional administrator."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autofocus": True})
        self.fields["password"].widget.attrs.update({"autocomplete": "current-password"})
