"""Traits of the municipality's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import DayField
from opstap.municipality.logic import (
    CHOICE,
    TRAIT_KINDS,
    TraitDesign,
)
from opstap.municipality.models import TraitDefinition

NEEDED = {"required": _("Fill this in.")}
MAX_TRAIT_CODE = 40
KIND_NAMES = (_("yes or no"), _("one of a list"), _("a number"), _("a day"))


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
