"""Forms of the accounts room."""

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
from opstap.accounts.forms.signing import OwnPasswordForm, SignInForm

__all__ = [
    "AccessForm",
    "ChangeUserForm",
    "EndForm",
    "InviteForm",
    "NewUserForm",
    "OwnPasswordForm",
    "RoleForm",
    "SignInForm",
    "TeamForm",
    "TeamNameForm",
]
