"""A role of the municipality's own: its words, and what it lets one do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.accounts.logic import Role, permission_words
from opstap.accounts.logic.composing import KEPT, kept_of, may_be_chosen
from opstap.accounts.models import OwnRole
from opstap.accounts.selectors.own_roles import name_is_taken

NEEDED = {"required": _("Fill this in.")}


class OwnRoleForm(forms.Form):
    """Only what a role made from this one may have is offered; what it must have can't be left out."""

    name_nl = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("As colleagues call it, such as: gesprekspartner."),
        error_messages=NEEDED,
    )
    description_nl = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In one sentence; it stands with the role wherever roles are explained."),
        error_messages=NEEDED,
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    description_en = forms.CharField(
        label=_("What it is for, in English"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    permissions = forms.MultipleChoiceField(
        label=_("Lets one do"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what may go with whose data this role sees."),
    )

    def __init__(
        self, *args: Any, base: Role, municipality_id: int, role: OwnRole | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.base, self.municipality_id, self.role = base, municipality_id, role
        words = permission_words(get_language() or "nl")
        always = kept_of(base)
        self.kept = [text for key, text in words.items() if key in always]
        field = self.fields["permissions"]
        if isinstance(field, forms.MultipleChoiceField):
            offered = (one for one in words.items() if one[0] not in KEPT | always)
            field.choices = [(key, text) for key, text in offered if self._is_offered(key)]

    def _is_offered(self, permission: str) -> bool:
        return permission in self.base.permissions or may_be_chosen(self.base, permission)

    def clean_name_nl(self) -> str:
        """Two roles of one name would be one on every screen."""
        return self._own_name("name_nl")

    def clean_name_en(self) -> str:
        """The same for who reads English."""
        return self._own_name("name_en")

    def _own_name(self, field: str) -> str:
        name = str(self.cleaned_data[field]).strip()
        if name_is_taken(self.municipality_id, name, self.role):
            raise forms.ValidationError(_("There is a role with this name already. Choose another one."))
        return name

    def clean_permissions(self) -> list[str]:
        """With what such a role always has."""
        return sorted({*self.cleaned_data["permissions"], *kept_of(self.base)})
