"""Composing an indicator: of whom, and who of them counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import offer
from opstap.reporting.logic import Composition, Condition, conditions_of

Options = Sequence[tuple[Any, Sequence[tuple[str, Any]]]]
FEW = 3
NEEDED = {"required": _("Fill this in.")}
DIRECTIONS = ((1, _("more is better")), (-1, _("less is better")), (0, _("neither")))
YEARS = ((0, _("everybody counts")), (1, _("who could be followed for a year")), (2, _("for two years")))


class GroupedBoxes(forms.CheckboxSelectMultiple):
    """Boxes in groups that open and close; a few are open, and one in which something is ticked."""

    template_name = "reporting/grouped_boxes.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The groups with how many of each are ticked."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["few"] = len(groups) <= FEW
        context["widget"]["groups"] = [
            {"label": label, "options": options, "ticked": sum(bool(one["selected"]) for one in options)}
            for label, options, _index in groups
        ]
        return context


class IndicatorForm(forms.Form):
    """An indicator of one day, or of what became of people between two (`followed`)."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As it will stand in the report, such as: Single parents without basic qualification who rose."),
        error_messages=NEEDED,
    )
    meaning = forms.CharField(
        label=_("What it says"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a sentence: what a reader learns from it."),
        error_messages=NEEDED,
    )
    base = forms.MultipleChoiceField(
        label=_("Of whom?"),
        required=False,
        widget=GroupedBoxes,
        help_text=_("Tick nothing for everybody. Of one trait either will do; of two traits both must hold."),
    )
    counted = forms.MultipleChoiceField(
        label=_("Who of them counts?"),
        widget=GroupedBoxes,
        help_text=_("Of one trait, level or growth potential: who is in one of the groups that you tick."),
        error_messages={"required": _("Tick who counts.")},
    )
    better = forms.TypedChoiceField(
        label=_("Which way is better?"),
        choices=DIRECTIONS,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("A target can only be set where more or less is better."),
        error_messages={"required": _("Choose one.")},
    )
    matures_after = forms.TypedChoiceField(
        label=_("Who is followed long enough?"),
        choices=YEARS,
        coerce=int,
        initial=1,
        help_text=_("Between two days that lie closer together the indicator is left out, and the report says so."),
    )

    def __init__(self, *args: Any, base: Options, counted: Options, followed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._followed = followed
        for name, choices in (("base", base), ("counted", counted)):
            offer(self, name, choices)
        if followed:
            self.fields["base"].help_text = _(
                "As it was on the earlier day. Tick nothing for everybody who was placed then. Of one trait either "
                "will do; of two traits both must hold."
            )
            self.fields["counted"].help_text = _("What became of them by the later day.")
        else:
            del self.fields["matures_after"]

    def clean_counted(self) -> Condition:
        """One condition: groups of several traits are no answer to one question."""
        found = conditions_of(self.cleaned_data["counted"])
        if len(found) > 1:
            raise forms.ValidationError(_("Tick groups of one trait only."))
        return found[0]

    def terms(self, scale: str) -> Composition:
        """What was filled in; the levels are those of the scale."""
        given: Mapping[str, Any] = self.cleaned_data
        return Composition(
            name=given["name"],
            meaning=given["meaning"],
            about="two_days" if self._followed else "day",
            base=conditions_of(given["base"]),
            counted=given["counted"],
            better=given["better"],
            matures_after=given.get("matures_after", 0),
            scale=scale,
        )
