"""Settings, parts, and trying outgoing mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import DayField
from opstap.municipality.logic import (
    DURATION_CLASSES,
    FINER_GROUND,
    SECOND_FACTOR,
    WORKS_COUNCIL_CONSENT,
    SettingDefinition,
    class_years,
)

NEEDED = {"required": _("Fill this in.")}


class RolesField(forms.MultipleChoiceField):
    """Some of the roles, all or none, kept as their keys with commas between them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"required": _("Choose who: everybody, nobody, or some roles.")}, **options)

    def prepare_value(self, value: Any) -> Any:
        """As the boxes are ticked."""
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """Everybody goes before roles, and roles before nobody."""
        chosen = [str(one) for one in super().clean(value)]
        if "all" in chosen:
            return "all"
        return ",".join(one for one in chosen if one != "none") or "none"


def rising_years(value: str) -> None:
    """Refuses what are no whole years that rise."""
    if not class_years(value):
        raise forms.ValidationError(_("Give whole years that rise, such as 1,2,5,10."))


def _number_errors(definition: SettingDefinition) -> dict[str, Any]:
    """What is said of a number that can't be: where it goes by steps, which ones can."""
    if definition.step == 1:
        return NEEDED
    said = _("Give a multiple of {step}, from {least} up to and including {most}. Numbers are rounded to it.")
    wrong = said.format(step=definition.step, least=definition.least, most=definition.most)
    return {**NEEDED, **dict.fromkeys(("invalid", "step_size", "min_value", "max_value"), wrong)}


class SettingForm(forms.Form):
    """Another value of a setting from a day on."""

    value = forms.CharField(label=_("Value"))
    since = DayField(label=_("From"), error_messages=NEEDED)

    def __init__(
        self, *args: Any, definition: SettingDefinition, choices: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if definition.key == SECOND_FACTOR:
            self.fields["value"] = RolesField(label=_("Asked of"), choices=[one for one in choices if one[0]])
        elif choices:
            self.fields["value"] = forms.ChoiceField(label=_("Value"), choices=choices)
        elif isinstance(definition.default, int):
            self.fields["value"] = forms.IntegerField(
                label=_("Value"),
                min_value=definition.least,
                max_value=definition.most,
                step_size=definition.step if definition.step > 1 else None,
                error_messages=_number_errors(definition),
            )
        elif not definition.default:
            self.fields["value"].required = False
        if definition.key == DURATION_CLASSES:
            self.fields["value"].validators.append(rising_years)
        if definition.key == WORKS_COUNCIL_CONSENT:
            self.fields["value"].label = _("Reference of the consent")
            self.fields["value"].help_text = _("Leave it empty when there is no consent, or no longer.")
            self.fields["since"].label = _("Day of the consent")
            return
        if definition.key == FINER_GROUND:
            self.fields["value"].label = _("Ground, in words")
            self.fields["value"].help_text = _("Leave it empty when there is no ground, or no longer.")
            self.fields["since"].label = _("Day from which it holds")
            return
        self.fields["since"].help_text = _(
            "An earlier day changes reports about that time too. What they showed before can be seen with 'known at'."
        )


class PartForm(forms.Form):
    """A part on or off from a day on."""

    part = forms.CharField(widget=forms.HiddenInput)
    since = DayField(label=_("From"), error_messages=NEEDED)


class TestMailForm(forms.Form):
    """To whom a message goes to try outgoing mail with."""

    to = forms.EmailField(
        label=_("Send it to"),
        max_length=254,
        help_text=_("An address whose mailbox you can look into."),
        error_messages={**NEEDED, "invalid": _("This is no e-mail address, such as naam@gemeente.nl.")},
    )
