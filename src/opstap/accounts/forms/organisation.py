"""What a group of the organisation gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import Team

NEEDED = {"required": _("Fill this in.")}


class GroupRoleForm(forms.Form):
    """A group, and the role that it gives from today on."""

    group = forms.CharField(
        label=_("Group"),
        max_length=200,
        help_text=_(
            "Exactly as the provider tells it: in Entra ID the object ID or the app role, in Keycloak the name."
        ),
        error_messages=NEEDED,
    )
    label = forms.CharField(
        label=_("What colleagues call it"),
        max_length=120,
        required=False,
        help_text=_("For people to read, when the group is a number."),
    )
    role = forms.ChoiceField(label=_("Role"))
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "nl"
        offered = [(key, role.name(language)) for key, role in roles().items() if role.scope != Scope.SUPERVISED]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=offered)
        self.fields["team"] = forms.ChoiceField(
            label=_("Team"),
            required=False,
            choices=[("", "–"), *((team.reference, team.name) for team in teams)],
            help_text=_("Of a team leader: which team they lead. Of others: the team they work in, or none."),
        )
