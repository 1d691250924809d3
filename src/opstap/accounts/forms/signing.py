"""Signing in, and choosing another password oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from opstap.accounts.selectors.organisation import may_sign_in_here
from opstap.accounts.selectors.passwords import one_time_is_over


class SignInForm(AuthenticationForm):
    """Sign-in name and password; what was wrong is not told apart."""

    username = forms.CharField(label=_("Sign-in name"), max_length=120)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, strip=False)

    error_messages = {
        "invalid_login": _("This sign-in name and password do not belong together. Check them and try again."),
        "organisation": _("You sign in with your organisation: use the button for that."),
        "over": _(
            "This password for one time was given more than two weeks ago. "
            "Ask your functional administrator for another."
        ),
        "inactive": _("This account is closed. Ask your functional administrator."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autofocus": True})
        self.fields["password"].widget.attrs.update({"autocomplete": "current-password"})

    def confirm_login_allowed(self, user: Any) -> None:
        """Besides a closed account: where everybody signs in at the organisation, only some may do it here."""
        super().confirm_login_allowed(user)
        if not may_sign_in_here(user):
            raise forms.ValidationError(self.error_messages["organisation"], code="organisation")
        if one_time_is_over(user):
            raise forms.ValidationError(self.error_messages["over"], code="over")


class AnewForm(forms.Form):
    """The password of who is signed in already."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        strip=False,
        error_messages={"required": _("Fill in your password.")},
    )


class ForgottenForm(forms.Form):
    """By which somebody is known here."""

    typed = forms.CharField(
        label=_("Sign-in name or mail address"),
        max_length=254,
        help_text=_("The link goes to the mail address that your administrator has noted."),
        error_messages={"required": _("Fill this in.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["typed"].widget.attrs.update({"autocomplete": "username", "autofocus": True})


class ChosenPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # it takes none when it runs
    """A password, twice."""

    error_messages = {
        "password_mismatch": _("The two new passwords are not the same. Type the new password again, twice."),
    }
    new_password1 = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters; a sentence is easy to remember. No password that many people use."),
        widget=forms.PasswordInput,
        strip=False,
    )
    new_password2 = forms.CharField(label=_("New password again"), widget=forms.PasswordInput, strip=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("new_password1", "new_password2"):
            self.fields[name].widget.attrs.update({"autocomplete": "new-password"})


class OwnPasswordForm(ChosenPasswordForm, PasswordChangeForm):
    """The current password and the new one, twice."""

    error_messages = {
        **ChosenPasswordForm.error_messages,
        "password_incorrect": _("This is not your current password. Type it again."),
    }
    old_password = forms.CharField(label=_("Current password"), widget=forms.PasswordInput, strip=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["old_password"].widget.attrs.update({"autocomplete": "current-password", "autofocus": True})

    def clean(self) -> dict[str, Any]:
        """The new one must be another."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("new_password1") and given.get("new_password1") == given.get("old_password"):
            self.add_error("new_password1", _("This is the current password. Choose another one."))
        return given
