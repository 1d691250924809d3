"""Forms of the administration room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from opstap.accounts.models import User
from opstap.administration.tables.traits import NOT_RECORDED
from opstap.foundation.ui.fields import DayField
from opstap.municipality.enums import Environment
from opstap.municipality.logic import (
    CHOICE,
    FINER_GROUND,
    SECOND_FACTOR,
    TRAIT_KINDS,
    WORKS_COUNCIL_CONSENT,
    SettingDefinition,
    TraitDesign,
    kinds_not_recorded,
)
from opstap.municipality.models import Municipality, TraitDefinition
from opstap.municipality.selectors import setup_code_is_right

NEEDED = {"required": _("Fill this in.")}
CBS_DIGITS = 4
MAX_TRAIT_CODE = 40
KIND_NAMES = (_("yes or no"), _("one of a list"), _("a number"), _("a day"))
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


class RolesField(forms.MultipleChoiceField):
    """Some of the roles, all or none, kept as their keys with commas between them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _("Choose who: everybody, nobody, or some roles.")}, **options)

    def prepare_value(self, value: Any) -> Any:
        """As the boxes are ticked."""
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """Everybody goes before roles, and roles before nobody."""
        chosen = [str(one) for one in super().clean(value)]
        if "all" in chosen:
            return "all"
        return ",".join(one for one in chosen if one != "none") or "none"


class SettingForm(forms.Form):
    """Another value of a setting from a day on."""

    value = forms.CharField(label=_("Value"))
    since = DayField(label=_("From"), error_messages=NEEDED)

    def __init__(
        self, *args: Any, definition: SettingDefinition, choices: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if definition.key == SECOND_FACTOR:
            self.fields["value"] = RolesField(label=_("Asked of"), choices=[one for one in choices if one[0]])
        elif choices:
            self.fields["value"] = forms.ChoiceField(label=_("Value"), choices=choices)
        elif isinstance(definition.default, int):
            self.fields["value"] = forms.IntegerField(
                label=_("Value"), min_value=definition.least, max_value=definition.most, error_messages=NEEDED
            )
        elif not definition.default:
            self.fields["value"].required = False
        if definition.key == WORKS_COUNCIL_CONSENT:
            self.fields["value"].label = _("Reference of the consent")
            self.fields["value"].help_text = _("Leave it empty when there is no consent, or no longer.")
            self.fields["since"].label = _("Day of the consent")
            return
        if definition.key == FINER_GROUND:
            self.fields["value"].label = _("Ground, in words")
            self.fields["value"].help_text = _("Leave it empty when there is no ground, or no longer.")
            self.fields["since"].label = _("Day from which it holds")
            return
        self.fields["since"].help_text = _(
            "An earlier day changes reports about that time too. What they showed before can be seen with 'known at'."
        )


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


class PartForm(forms.Form):
    """A part on or off from a day on."""

    part = forms.CharField(widget=forms.HiddenInput)
    since = DayField(label=_("From"), error_messages=NEEDED)


def choice_lines(choices: Sequence[Sequence[str]]) -> str:
    """A list as the form shows it: `code = label = label in English`, one a line."""
    return "\n".join(" = ".join(part for part in choice if part) for choice in choices)


class TraitForm(forms.Form):
    """A trait of the municipality's own. `fixed`: one that exists, of which kind, short name and begin stay."""

    name_nl = forms.CharField(label=_("Name"), max_length=120, error_messages=NEEDED)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    key = forms.CharField(
        label=_("Short name"),
        max_length=30,
        help_text=_("Small letters, figures and underscores, for files and commands. It can't be changed later."),
    )
    kind = forms.ChoiceField(label=_("Kind of answer"))
    choices = forms.CharField(
        label=_("List"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Only for one of a list. One a line: code = label = label in English. For example: car = auto = car."
        ),
    )
    on_placement = forms.BooleanField(
        label=_("ask it when placing"),
        required=False,
        initial=True,
        help_text=_("Otherwise it only stands in the dossier."),
    )
    starts_on = DayField(label=_("Asked from"), help_text=_("From this day on it can be recorded."))

    def __init__(self, *args: Any, fixed: TraitDefinition | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = list(zip(TRAIT_KINDS, KIND_NAMES, strict=True))
            kind.help_text = _("Free text is left out on purpose: it invites sensitive data, and can't be counted.")
        for name in ("key", "kind", "starts_on"):
            self.fields[name].disabled = fixed is not None

    def clean_choices(self) -> tuple[tuple[str, str, str], ...]:
        """The lines as code and labels."""
        rows = []
        for line in str(self.cleaned_data["choices"]).splitlines():
            parts = [part.strip() for part in line.split("=")]
            if parts == [""]:
                continue
            if len(parts) not in {2, 3} or not all(parts[:2]) or len(parts[0]) > MAX_TRAIT_CODE:
                raise forms.ValidationError(
                    _("“%(line)s” is not understood. Write a code of at most 40 letters, = and its label.")
                    % {"line": line}
                )
            rows.append((parts[0], parts[1], (*parts, "")[2]))
        return tuple(rows)

    def design(self) -> TraitDesign:
        """What was filled in."""
        given = self.cleaned_data
        return TraitDesign(
            key=given["key"],
            kind=given["kind"],
            name_nl=given["name_nl"],
            name_en=given["name_en"],
            starts_on=given["starts_on"],
            choices=given["choices"] if given["kind"] == CHOICE else (),
            on_placement=given["on_placement"],
        )


class TraitEndForm(forms.Form):
    """From when a trait is asked no longer."""

    help_names = {"ends_on": "trait_ends_on"}
    ends_on = DayField(label=_("No longer asked from"), error_messages=NEEDED)


class TestMailForm(forms.Form):
    """To whom a message goes to try outgoing mail with."""

    to = forms.EmailField(
        label=_("Send it to"),
        max_length=254,
        help_text=_("An address whose mailbox you can look into."),
        error_messages={**NEEDED, "invalid": _("This is no e-mail address, such as naam@gemeente.nl.")},
    )
