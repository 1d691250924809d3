"""Making and changing users and teams."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import OwnRole, Team, User
from opstap.accounts.selectors.links import mail_is_taken
from opstap.accounts.selectors.own_roles import OWN
from opstap.accounts.selectors.people import sign_in_is_taken
from opstap.accounts.selectors.towns import several_towns
from opstap.foundation.ui.fields import DayField

SIGN_IN_HELP = _("What somebody types to sign in, such as a work e-mail address. Capitals make no difference.")
NEEDED = {"required": _("Fill this in.")}


def _clean_sign_in(text: str, user: User | None = None) -> str:
    name = text.strip().casefold()
    if name and sign_in_is_taken(name, user):
        words = _("Somebody already signs in with this name. Choose another one.")
        more = _("Do they work for another municipality? Let them in from there, under Users.")
        raise forms.ValidationError(f"{words} {more}" if several_towns() else words)
    return name


class _Staff(forms.Form):
    """A name and a staff code, unique in the municipality."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As colleagues see it."), error_messages=NEEDED)
    staff_code = forms.CharField(
        label=_("Staff code"),
        max_length=40,
        required=False,
        help_text=_("The code by which files that you import know this person."),
    )

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        required=False,
        help_text=_("For an invitation and a forgotten password. Nothing about clients is ever sent there."),
        error_messages={"invalid": _("This is no mail address. Write it as name@municipality.nl.")},
    )

    def __init__(self, *args: Any, municipality_id: int, user: User | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.municipality_id, self.user = municipality_id, user

    def clean_email(self) -> str:
        """Nobody else's: a forgotten password would go to two people."""
        address = str(self.cleaned_data["email"]).strip().casefold()
        if address and mail_is_taken(address, self.user):
            raise forms.ValidationError(_("Somebody else already has this mail address."))
        return address

    def clean_staff_code(self) -> str:
        """Two people can't have one code: an import would not know whom it means."""
        code = str(self.cleaned_data["staff_code"]).strip()
        held = User.objects.filter(municipality=self.municipality_id, staff_code=code).exclude(
            pk=self.user.pk if self.user else 0
        )
        if code and held.exists():
            raise forms.ValidationError(_("Somebody else already has this staff code."))
        return code


class ChangeUserForm(_Staff):
    """The name and staff code of somebody."""


def _role_choices(own_roles: Sequence[OwnRole]) -> list[tuple[str, str]]:
    language = get_language() or "nl"
    own = [(OWN + one.reference, (one.name_en if language == "en" else "") or one.name_nl) for one in own_roles]
    return [(key, role.name(language)) for key, role in roles().items()] + own


def _team_field(label: Any, *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, error_messages={"required": _("Choose a team.")})


def _offer_teams(form: forms.Form, teams: Sequence[Team]) -> None:
    field = form.fields["team"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", "–"), *((team.reference, team.name) for team in teams)]


def _supervisor_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("With whom"),
        required=False,
        help_text=_("Only for an intern: the colleague whose caseload they see."),
    )


def _offer_supervisors(form: forms.Form, supervisors: Sequence[User]) -> None:
    field = form.fields["supervisor"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", "–"), *((one.reference, one.name) for one in supervisors)]


class NewUserForm(_Staff):
    """Somebody new, with the first role and team."""

    sign_in_name = forms.CharField(
        label=_("Sign-in name"), max_length=120, required=False, help_text=SIGN_IN_HELP, strip=True
    )
    role = forms.ChoiceField(label=_("Role"))
    team = _team_field(_("Team"), required=False)
    supervisor = _supervisor_field()
    since = DayField(label=_("From"))
    until = DayField(label=_("Until (first day without)"), required=False)

    def __init__(
        self,
        *args: Any,
        teams: Sequence[Team],
        supervisors: Sequence[User],
        own_roles: Sequence[OwnRole] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.bases = {OWN + one.reference: one.base for one in own_roles}
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=_role_choices(own_roles))
        self.fields["until"].help_text = _("Needed for an intern. Leave empty where the end is not known.")
        _offer_teams(self, teams)
        _offer_supervisors(self, supervisors)

    def clean_sign_in_name(self) -> str:
        """Nobody else's."""
        return _clean_sign_in(self.cleaned_data["sign_in_name"])

    def clean(self) -> dict[str, Any]:
        """Who leads a team needs one."""
        given: dict[str, Any] = super().clean() or {}
        base = self.bases.get(given.get("role", ""), given.get("role"))
        if base in roles() and roles()[base].scope == Scope.TEAM and not given.get("team"):
            self.add_error("team", _("This role reaches a team: choose which one."))
        return given


class InviteForm(forms.Form):
    """The sign-in name of somebody who was known from a file."""

    sign_in_name = forms.CharField(
        label=_("Sign-in name"), max_length=120, help_text=SIGN_IN_HELP, strip=True, error_messages=NEEDED
    )

    def clean_sign_in_name(self) -> str:
        """Nobody else's."""
        return _clean_sign_in(self.cleaned_data["sign_in_name"])


class RoleForm(forms.Form):
    """A role for somebody from a day on."""

    role = forms.ChoiceField(label=_("Role"))
    team = _team_field(_("For which team"), required=False)
    supervisor = _supervisor_field()
    since = DayField(label=_("From"))
    until = DayField(label=_("Until (first day without)"), required=False)

    def __init__(
        self,
        *args: Any,
        teams: Sequence[Team],
        supervisors: Sequence[User],
        own_roles: Sequence[OwnRole] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=_role_choices(own_roles))
        self.fields["team"].help_text = _("Only for a role that reaches a team, such as team leader.")
        self.fields["until"].help_text = _("Needed for an intern.")
        _offer_teams(self, teams)
        _offer_supervisors(self, supervisors)


class LetInForm(RoleForm):
    """The same for somebody of another municipality, who is named by their mail address."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("In full, as it stands in their account in the other municipality."),
        error_messages={"invalid": _("This is no mail address. Write it as name@municipality.nl."), **NEEDED},
    )


class TeamForm(forms.Form):
    """A team for somebody from a day on."""

    team = _team_field(_("Team"), required=True)
    since = DayField(label=_("From"))
    until = DayField(label=_("Until (first day without)"), required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_teams(self, teams)


class EndForm(forms.Form):
    """The first day without a role or team."""

    held = forms.IntegerField(widget=forms.HiddenInput)
    ends_on = DayField(label=_("First day without"), error_messages=NEEDED)


class AccessForm(forms.Form):
    """Nothing to fill in: only whether somebody may come in."""


class TeamNameForm(forms.Form):
    """The name of a team, unique in its municipality."""

    name = forms.CharField(label=_("Name of the team"), max_length=120, error_messages=NEEDED)

    def __init__(self, *args: Any, municipality_id: int, team: Team | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.municipality_id, self.team = municipality_id, team

    def clean_name(self) -> str:
        """Two teams of one name would be one on every screen."""
        name = str(self.cleaned_data["name"]).strip()
        same = Team.objects.filter(municipality=self.municipality_id, name__iexact=name)
        if same.exclude(pk=self.team.pk if self.team else 0).exists():
            raise forms.ValidationError(_("There is a team with this name already."))
        return name
