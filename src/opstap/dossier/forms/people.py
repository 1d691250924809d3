"""The forms of a person: put right, somebody new, a household changed, follow-up closed, two dossiers merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.clients.logic import bsn_is_valid
from opstap.dossier.forms.fields import DayField, WhyField
from opstap.dossier.forms.parts import Codes, Options
from opstap.foundation import dates
from opstap.municipality.tables import not_then

INVALID = {"invalid_choice": _("Choose one of the list.")}
CHOOSE = {"required": _("Choose one."), **INVALID}
Offered = Sequence[tuple[str, str]]
CHOSEN = (
    ("sex", "sex"),
    ("preferred_language", "language"),
    ("preferred_channel", "contact_channel"),
)


class PersonForm(forms.Form):
    """Who somebody is, and how to reach them."""

    surname = forms.CharField(
        label=_("Surname"), max_length=120, error_messages={"required": _("Fill in the surname.")}
    )
    name_prefix = forms.CharField(label=_("Prefix"), max_length=20, required=False, help_text=_("Such as: van der"))
    given_names = forms.CharField(label=_("Given names"), max_length=120, required=False)
    birth_date = DayField(label=_("Birth date"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("This is no e-mail address. Check the spelling.")},
    )
    preferred_language = forms.ChoiceField(label=_("Language"), required=False)
    preferred_channel = forms.ChoiceField(label=_("Prefers to be reached by"), required=False)
    bsn = forms.CharField(label=_("BSN"), max_length=9, required=False)
    why = WhyField(label=_("Why is this corrected?"))

    def __init__(self, *args: Any, options: Options, knows_bsn: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bsn"].help_text = _("Leave empty to keep what stands there.")
        if not knows_bsn:
            del self.fields["bsn"]
        for name, key in CHOSEN:
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *options[key]]

    def clean_bsn(self) -> str:
        """Nine digits that pass the check, or nothing."""
        bsn: str = self.cleaned_data["bsn"].strip()
        if bsn and not bsn_is_valid(bsn):
            words = _("This BSN has a typing mistake: it fails the check. Compare it with the letter or card.")
            raise forms.ValidationError(words)
        return bsn


class IntakeForm(PersonForm):
    """Somebody new: who it is, where they live, since when and why they are followed, and on which benefit."""

    help_names = {
        "number": "client_number", "ground": "follow_up_ground", "starts_on": "followed_since", "team": "first_team",
    }  # fmt: skip
    field_order = (
        "number", "surname", "name_prefix", "given_names", "birth_date", "bsn", "sex", "phone", "email",
        "preferred_language", "preferred_channel", "street", "house_number", "postcode", "city", "ground",
        "starts_on", "benefit", "benefit_from", "team", "anyway",
    )  # fmt: skip
    number = forms.CharField(
        label=_("Client number"),
        max_length=40,
        help_text=_("As the municipality's own files know this person."),
        error_messages={"required": _("Fill in the client number.")},
    )
    street = forms.CharField(label=_("Street"), max_length=120, required=False)
    house_number = forms.CharField(label=_("House number"), max_length=20, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    ground = forms.ChoiceField(label=_("Ground of the follow-up"), error_messages=CHOOSE)
    starts_on = DayField(label=_("Followed since"))
    benefit = forms.ChoiceField(label=_("Kind of benefit"), required=False)
    benefit_from = DayField(label=_("Benefit since"), required=False)
    team_words: Any = ""
    team = forms.ChoiceField(label=_("Team"), error_messages={"required": _("Choose the team."), **INVALID})
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: Options, codes: Codes, teams: Offered, **kwargs: Any) -> None:
        super().__init__(*args, options=options, **kwargs)
        self._codes = codes
        del self.fields["why"]
        team = self.fields["team"]
        if not teams:
            del self.fields["team"]
        elif isinstance(team, forms.ChoiceField):
            team.choices = [("", "–"), *teams]
            team.help_text = self.team_words
        self.fields["bsn"].help_text = ""
        for name, key in (("ground", "follow_up_ground"), ("benefit", "benefit_kind")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *options[key]]

    def clean(self) -> dict[str, Any]:
        """A benefit has a first day."""
        given = super().clean() or {}
        if given.get("benefit") and not given.get("benefit_from"):
            self.add_error("benefit_from", _("Fill in since when this benefit runs."))
        for name, key, first, last in (
            ("ground", "follow_up_ground", given.get("starts_on"), given.get("starts_on")),
            ("benefit", "benefit_kind", given.get("benefit_from"), dates.today()),
        ):
            words = not_then(self._codes[key].get(given.get(name, "")), first, max(first, last)) if first else ""
            if words:
                self.add_error(name, words)
        return given


class IntoCaseloadForm(IntakeForm):
    """The same for who has a caseload: of several teams one works in, which one."""

    help_names = IntakeForm.help_names | {"team": "own_team"}
    team_words = _("In which of your teams does this client belong?")


class HouseholdForm(forms.Form):
    """A change of the household from a day on."""

    help_names = {"on": "change_on", "kind": "household_type", "role": "household_role", "own_role": "household_role"}
    on = DayField(label=_("From"))
    kind = forms.ChoiceField(label=_("Type of household"), required=False)
    newcomer = forms.CharField(label=_("Client number of who comes to live here"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("Their role"), required=False)

    def __init__(self, *args: Any, options: Options, own_role: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, key in (("kind", "household_type"), ("role", "household_role")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *options[key]]
        if own_role:
            self.fields["own_role"] = forms.ChoiceField(
                label=_("Role of this client"), choices=options["household_role"], error_messages=CHOOSE
            )
            self.fields["kind"].required = True

    def clean(self) -> dict[str, Any]:
        """Something must change."""
        given = super().clean() or {}
        if given.get("newcomer") and not given.get("role"):
            self.add_error("role", _("Choose one."))
        if not given.get("kind") and not given.get("newcomer") and not self.errors:
            self.add_error(None, _("Choose another type, or fill in who comes to live here."))
        return given


class ClosingForm(forms.Form):
    """The end of the follow-up."""

    help_names = {"reason": "follow_up_end_reason"}
    ends_on = DayField(label=_("Ends on"), help_text=_("The first day without follow-up."))
    reason = forms.ChoiceField(label=_("Reason of the end"), error_messages=CHOOSE)

    def __init__(self, *args: Any, options: Options, codes: Codes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._codes = codes
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *options["follow_up_end_reason"]]

    def clean(self) -> dict[str, Any]:
        """The reason was on its list on that day."""
        given = super().clean() or {}
        day, reason = given.get("ends_on"), given.get("reason", "")
        if day and (words := not_then(self._codes["follow_up_end_reason"].get(reason), day)):
            self.add_error("reason", words)
        return given


class DeathForm(forms.Form):
    """The day somebody died."""

    help_names = {"why": "death_why"}
    died_on = DayField(label=_("Died on"))
    why = WhyField(
        label=_("How is this known?"), error_messages={"required": _("Say in a few words how this is known.")}
    )


class MovingForm(forms.Form):
    """The day somebody moved out of the municipality."""

    moved_on = DayField(label=_("Moved on"), help_text=_("The first day in the other municipality."))


class MergeForm(forms.Form):
    """Which other dossier is of the same person."""

    help_names = {"number": "other_number", "why": "merge_why"}
    number = forms.CharField(
        label=_("Client number of the other dossier"),
        max_length=40,
        error_messages={"required": _("Fill in the client number of the other dossier.")},
    )
    why = WhyField(
        label=_("How do you know that this is one person?"),
        error_messages={"required": _("Say in a few words how you know.")},
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)


class UndoForm(forms.Form):
    """Why two dossiers are of two persons after all."""

    help_names = {"why": "merge_why"}
    why = WhyField(label=_("Why are these two persons after all?"))
