"""Forms of the clients room: what an administrator sets up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.clients.models import Programme
from opstap.foundation.ui.fields import DayField


class ProgrammeForm(forms.Form):
    """A programme or target group; its name is unique in the municipality."""

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Fill this in.")})
    meaning = forms.CharField(
        label=_("Who belongs to it"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence, so that every colleague chooses in the same way."),
    )
    ended_on = DayField(
        label=_("First day on which nobody can be put in it"),
        required=False,
        help_text=_("Who took part stays recorded, and reports of earlier days go on showing them."),
    )

    def __init__(self, *args: Any, municipality_id: int, programme: Programme | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.municipality_id, self.programme = municipality_id, programme
        if programme is None:
            del self.fields["ended_on"]

    def clean_name(self) -> str:
        """Two programmes of one name would be one in every report."""
        name = str(self.cleaned_data["name"]).strip()
        same = Programme.objects.filter(municipality=self.municipality_id, name__iexact=name)
        if same.exclude(pk=self.programme.pk if self.programme else 0).exists():
            raise forms.ValidationError(_("There is a programme with this name already."))
        return name
