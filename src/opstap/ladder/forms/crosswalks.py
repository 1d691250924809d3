"""The form of a crosswalk: what it is called, and for each level of one scale its counterpart on the other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.foundation.ui.fields import DayField
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.logic.crosswalks import Counterparts
from opstap.ladder.selectors.scales import ScaleOnDay

NONE, FOLLOWS, LEVEL = "none", "", "level-"


class BetweenForm(forms.Form):
    """Which two scales a new crosswalk lies between."""

    source = forms.ChoiceField(label=_("From the scale"))
    target = forms.ChoiceField(label=_("To the scale"))

    def __init__(self, *args: Any, scales: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("source", "target"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = scales

    def clean(self) -> dict[str, Any]:
        """Two different ones."""
        given = super().clean() or {}
        if given.get("source") and given.get("source") == given.get("target"):
            self.add_error("target", _("Choose another scale than the one it comes from."))
        return given


class CrosswalkForm(forms.Form):
    """A crosswalk with a field for each level of its source."""

    help_names = {"since": "crosswalk_since", "explanation_nl": "crosswalk_explanation"}

    name_nl = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Give the crosswalk a name.")}
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    key = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens, for addresses and commands. It can't be changed later."),
    )
    explanation_nl = forms.CharField(
        label=_("What it rests on"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
        help_text=_("Who agreed on it and why, so that a reader of a report can judge it."),
    )
    explanation_en = forms.CharField(
        label=_("The same in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
    is_example = forms.BooleanField(
        label=_("this is an example"),
        required=False,
        help_text=_("Reports that are read through it say so. Clear the box once your municipality has agreed on it."),
    )
    since = DayField(label=_("Holds from"), initial=dates.today)

    def __init__(
        self, *args: Any, source: ScaleOnDay, target: ScaleOnDay, language: str, is_new: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.source, self.target = source, target
        if not is_new:
            self.fields["key"].disabled = True
            self.fields["key"].help_text = ""
        targets = [
            (level.code, f"{level.code} {level.name(language)}")
            for level in target.levels
            if level.code != UNDETERMINED
        ]
        for level in source.levels:
            if level.code == UNDETERMINED:
                continue
            first = (FOLLOWS, _("as the whole level")) if level.parent_code else (FOLLOWS, _("– choose"))
            self.fields[LEVEL + level.code] = forms.ChoiceField(
                label=f"{level.code} {level.name(language)}",
                choices=[first, (NONE, _("no counterpart")), *targets],
                required=level.parent_code is None,
                error_messages={"required": _("Choose a counterpart, or “no counterpart”.")},
            )

    @property
    def levels(self) -> list[forms.BoundField]:
        """The fields of the levels, in their order."""
        return [self[name] for name in self.fields if name.startswith(LEVEL)]

    def counterparts(self) -> Counterparts:
        """What was chosen; code 0 leads to code 0 where the other scale has it."""
        given = {name.removeprefix(LEVEL): value for name, value in self.cleaned_data.items() if name.startswith(LEVEL)}
        said: dict[str, str | None] = {
            code: None if value == NONE else value for code, value in given.items() if value != FOLLOWS
        }
        if any(level.code == UNDETERMINED for level in self.source.levels):
            known = any(level.code == UNDETERMINED for level in self.target.levels)
            said[UNDETERMINED] = UNDETERMINED if known else None
        return said
