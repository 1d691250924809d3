"""The forms of a team: to whom clients go, from which day, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.foundation.ui.fields import DayField

Choices = Sequence[tuple[str, str | Promise]]
MOST_DAYS_AHEAD = 365


class GroupedChoices(forms.CheckboxSelectMultiple):
    """Boxes to tick under headings, numbered through, so that a fault leads to the first one."""

    template_name = "dossier/grouped_choices.html"

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list[Any]:
        """Every group with its boxes."""
        groups, start = super().optgroups(name, value, attrs), (attrs or {}).get("id", name)
        boxes = (box for _heading, boxes, _place in groups for box in boxes)
        for number, box in enumerate(boxes):
            box["attrs"]["id"] = f"{start}_{number}"
        return groups


class AssignForm(forms.Form):
    """To one colleague or team, or divided evenly over several."""

    help_names = {"reason": "assign_reason"}
    workers = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=GroupedChoices,
        help_text=_(
            "Choose one colleague, or several: the clients are then divided evenly. "
            "What a team gets, waits there to be divided."
        ),
        error_messages={"required": _("Choose at least one colleague or team.")},
    )
    from_on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Say from which day."), "invalid": _("This is not a day.")},
    )
    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose a reason.")})

    def __init__(self, *args: Any, workers: Choices, teams: Choices, reasons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen, reason = self.fields["workers"], self.fields["reason"]
        if isinstance(chosen, forms.MultipleChoiceField):
            groups = ((_("Colleagues"), workers), (_("Teams"), teams))
            chosen.choices = [group for group in groups if group[1]]
        if isinstance(reason, forms.ChoiceField):
            reason.choices = reasons

    def clean_from_on(self) -> object:
        """Not before the first day that people mean, and not more than a year ahead."""
        return _near(self.cleaned_data["from_on"])


class BesideForm(forms.Form):
    """Who guides along, as what, from a day on and perhaps until one."""

    help_names = {"worker": "beside_worker", "role": "beside_role", "until": "beside_until"}
    worker = forms.ChoiceField(label=_("Who guides along"), error_messages={"required": _("Choose a colleague.")})
    role = forms.ChoiceField(label=_("As"), error_messages={"required": _("Choose as what.")})
    from_on = DayField(
        label=_("From"), error_messages={"required": _("Say from which day."), "invalid": _("This is not a day.")}
    )
    until = DayField(
        label=_("Until (first day without)"), required=False, error_messages={"invalid": _("This is not a day.")}
    )

    def __init__(self, *args: Any, workers: Choices, roles: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("worker", workers), ("role", roles)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *choices]

    def clean_from_on(self) -> object:
        """Not before the first day that people mean, and not more than a year ahead."""
        return _near(self.cleaned_data["from_on"])

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("until") and given.get("from_on") and given["until"] <= given["from_on"]:
            self.add_error("until", _("The end lies before the beginning. Fill in a later day."))
        return given


def _near(day: date) -> date:
    if not day >= dates.FIRST_DAY or (day - dates.today()).days > MOST_DAYS_AHEAD:
        raise forms.ValidationError(_("Choose a day that is at most a year ahead."))
    return day


class PriorityForm(forms.Form):
    """Why these clients come first."""

    help_names = {"note": "priority_note"}
    note = forms.CharField(
        label=_("Why do they come first?"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say in a few words why."),
            "max_length": _("Keep it to %(limit_value)d characters."),
        },
    )  # fmt: skip


class MarkForm(forms.Form):
    """A worker's own star and note."""

    starred = forms.BooleanField(label=_("Mark with a star"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words for yourself, such as what to do first."),
        error_messages={"max_length": _("Keep it to %(limit_value)d characters.")},
    )  # fmt: skip
