"""Forms of the accounts room."""

from opstap.accounts.forms.factors import CodeForm, PasskeyForm
from opstap.accounts.forms.organisation import GroupRoleForm
from opstap.accounts.forms.own_roles import OwnRoleForm
from opstap.accounts.forms.people import (
    AccessForm,
    ChangeUserForm,
    EndForm,
    InviteForm,
    NewUserForm,
    RoleForm,
    TeamForm,
    TeamNameForm,
)
from opstap.accounts.forms.reviews import NextReviewForm
from opstap.accounts.forms.signing import AnewForm, ChosenPasswordForm, ForgottenForm, OwnPasswordForm, SignInForm

__all__ = [
    "AccessForm",
    "AnewForm",
    "ChangeUserForm",
    "ChosenPasswordForm",
    "CodeForm",
    "EndForm",
    "ForgottenForm",
    "GroupRoleForm",
    "InviteForm",
    "NewUserForm",
    "NextReviewForm",
    "OwnPasswordForm",
    "OwnRoleForm",
    "PasskeyForm",
    "RoleForm",
    "SignInForm",
    "TeamForm",
    "TeamNameForm",
]
