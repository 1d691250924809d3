"""What a municipality is called, and setting up the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from opstap.accounts.models import User
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setup_code_is_right

NEEDED = {"required": _("Fill this in.")}
CBS_DIGITS = 4
ENVIRONMENTS = (
    (Environment.PRODUCTION.value, _("the real work")),
    (Environment.TEST.value, _("a test environment, with a banner on every page")),
)


def clean_cbs_code(text: str) -> str:
    """The four digits of Statistics Netherlands; `GM0344` and `344` may be typed too."""
    digits = text.strip().upper().removeprefix("GM")
    if not digits:
        return ""
    if not digits.isdecimal() or len(digits) > CBS_DIGITS:
        raise forms.ValidationError(_("A CBS code has four digits, such as 0344."))
    return digits.zfill(CBS_DIGITS)


class _TownForm(forms.Form):
    """What a municipality is called."""

    name = forms.CharField(label=_("Municipality"), max_length=120, error_messages=NEEDED)
    cbs_code = forms.CharField(
        label=_("CBS code"),
        required=False,
        max_length=10,
        help_text=_("The four digits by which Statistics Netherlands knows the municipality, such as 0344."),
    )
    environment = forms.ChoiceField(label=_("What is this for?"), choices=ENVIRONMENTS, widget=forms.RadioSelect)

    def clean_cbs_code(self) -> str:
        """Four digits."""
        return clean_cbs_code(self.cleaned_data["cbs_code"])


class MunicipalityForm(_TownForm):
    """The municipality and its banner; a demo can't become anything else."""

    banner = forms.CharField(
        label=_("Banner above every page"),
        required=False,
        max_length=200,
        help_text=_("Empty: a test environment says that it is one, and the real work has no banner. Also in print."),
    )

    def __init__(self, *args: Any, municipality: Municipality, **options: Any) -> None:
        super().__init__(*args, **options)
        self.municipality = municipality
        if municipality.environment == Environment.DEMO:
            del self.fields["environment"]

    def clean_name(self) -> str:
        """Two municipalities of one installation can't have one name."""
        name = str(self.cleaned_data["name"]).strip()
        if Municipality.objects.filter(name__iexact=name).exclude(pk=self.municipality.pk).exists():
            raise forms.ValidationError(_("This installation has a municipality with this name already."))
        return name


class SetUpForm(_TownForm):
    """What an installation begins with, and the code that was printed where it was started."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("It was printed on the terminal where Opstap was started. It holds for 24 hours."),
        error_messages=NEEDED,
    )
    default_scale = forms.ChoiceField(label=_("Ladder that you work with"))
    administrator = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("As colleagues see it."), error_messages=NEEDED
    )
    sign_in_name = forms.CharField(
        label=_("Sign-in name"),
        max_length=120,
        help_text=_("What you type to sign in, such as your work e-mail address."),
        error_messages=NEEDED,
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters; a sentence is easy to remember."),
        error_messages=NEEDED,
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=NEEDED,
    )

    def __init__(self, *args: Any, scales: Sequence[tuple[str, str]], now: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        self.fields["default_scale"] = forms.ChoiceField(
            label=_("Ladder that you work with"),
            choices=scales,
            help_text=_("Reports and imports take this one when none is named. You can change it later."),
        )

    def clean_code(self) -> str:
        """The one that was printed; a stranger can't claim a server."""
        code = str(self.cleaned_data["code"])
        if not setup_code_is_right(code, self.now):
            raise forms.ValidationError(_("This is not the code, or it is older than 24 hours. See the terminal."))
        return code

    def clean(self) -> dict[str, Any]:
        """The passwords are the same, and not one that everybody guesses."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same. Type them again."))
        elif given.get("password"):
            try:
                town = Municipality(name=given.get("municipality") or "")
                name, sign_in = given.get("administrator") or "", given.get("sign_in_name")
                validate_password(given["password"], User(name=name, sign_in_name=sign_in, municipality=town))
            except forms.ValidationError as fault:
                self.add_error("password", fault)
        return given
