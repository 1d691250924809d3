"""The forms of a placement: the placement itself, why one is withdrawn, and to whom one is moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.foundation import dates
from opstap.foundation.ui.fields import DayField
from opstap.ladder.enums import Growth
from opstap.ladder.logic import (
    GROWTH_WITHOUT_GOAL,
    GROWTH_WITHOUT_HIGHER,
    HIGHER_BUT_UNKNOWN,
    HIGHER_WITHOUT_GROWTH,
    overridden,
    to_settle,
)
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.municipality.logic import CHOICE, DAY, MAX_TRAIT_NUMBER_DIGITS, NUMBER
from opstap.municipality.selectors import OwnTrait

AT_CONTACT, CORRECTION = "at_contact", "correction"
GROWTHS = (("yes", _("yes")), ("no", _("no")), ("unknown", _("unknown")))
YES_NO = (("", "–"), ("yes", _("yes")), ("no", _("no")), ("unknown", _("unknown")))
TRAITS = ("instrument_in_use", "income_situation", "low_literate", "basic_qualification", "integration")
REPLACE, SECOND = "replace", "second"
OVERRIDDEN = {
    "level": _("The questions found another level. Say why this one is right."),
    "goal": _("The questions found another level expected. Say why this one is right."),
}
GROWTH_CODES = {"yes": Growth.YES, "no": Growth.NO}
IS_GROWTH = _(
    "The expected level is higher than the level now: that is growth. Choose 'yes', or another level expected."
)
UNSETTLED = {
    HIGHER_WITHOUT_GROWTH: ("growth", IS_GROWTH),
    HIGHER_BUT_UNKNOWN: ("growth", IS_GROWTH),
    GROWTH_WITHOUT_HIGHER: ("expected", _("This is no higher level. Choose a higher one, or say 'no' to growth.")),
    GROWTH_WITHOUT_GOAL: ("expected", _("Choose the level this person can rise to, or say 'unknown' to growth.")),
}
OF_THE_DAY = {
    "required": _("Choose one that held on this day."),
    "invalid_choice": _("This can't be chosen on that day. Choose one that held then, or another day."),
}
Choices = Sequence[tuple[str, str | Promise]]


def same_day_field() -> forms.ChoiceField:
    """Which of two placements of one day holds."""
    return forms.ChoiceField(
        label=_("There is a placement of this day already. Which one holds?"),
        choices=((REPLACE, _("this one: the other one was wrong")), (SECOND, _("both: this is a second assessment"))),
        widget=forms.RadioSelect,
        required=False,
    )


def own_field(trait: OwnTrait, language: str) -> forms.Field:
    """The field of a trait that the municipality defined, by its kind."""
    name = trait.name(language)
    if trait.kind == NUMBER:
        return forms.IntegerField(label=name, required=False, min_value=0, max_value=10**MAX_TRAIT_NUMBER_DIGITS - 1)
    if trait.kind == DAY:
        return DayField(label=name, required=False)
    choices = [("", "–"), *trait.labels(language).items()] if trait.kind == CHOICE else YES_NO
    return forms.ChoiceField(label=name, choices=choices, required=False)


class PlacementForm(forms.Form):
    """A placement with the traits of the day."""

    level = forms.ChoiceField(
        label=_("Level now"), widget=forms.RadioSelect, error_messages={"required": _("Choose the level of now.")}
    )
    growth = forms.ChoiceField(
        label=_("Can this person rise to a higher level within the horizon?"),
        choices=GROWTHS,
        widget=forms.RadioSelect,
        required=False,
    )
    expected = forms.ChoiceField(label=_("Level expected"), widget=forms.RadioSelect, required=False)
    expected_by = DayField(label=_("Expected before"), required=False)
    measured_on = DayField(label=_("Measured on"))
    reason = forms.ChoiceField(label=_("Reason for the placement"), error_messages=OF_THE_DAY)
    override_reason = forms.CharField(
        label=_("Why something else than the questions found?"), required=False, max_length=400
    )
    with_support = forms.BooleanField(label=_("with support"), required=False)
    with_aftercare = forms.BooleanField(label=_("with aftercare"), required=False)
    client_level = forms.ChoiceField(label=_("Level by the client's own view"), required=False)
    client_view = forms.CharField(
        label=_("What the client says about it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    instrument_in_use = forms.ChoiceField(label=_("Instrument in use"), choices=YES_NO, required=False)
    income_situation = forms.ChoiceField(label=_("Income situation"), required=False, error_messages=OF_THE_DAY)
    low_literate = forms.ChoiceField(label=_("Low literacy"), choices=YES_NO, required=False)
    basic_qualification = forms.ChoiceField(label=_("Basic qualification"), choices=YES_NO, required=False)
    integration = forms.ChoiceField(label=_("Civic integration"), required=False, error_messages=OF_THE_DAY)
    same_day = same_day_field()
    why = forms.CharField(
        label=_("Why is this corrected?"),
        required=False,
        max_length=400,
        error_messages={"required": _("Say in a few words why.")},
    )

    def __init__(
        self,
        *args: Any,
        scale: ScaleOnDay,
        lists: dict[str, dict[str, str]],
        corrects: bool,
        language: str,
        taken_on: Callable[[date], Measurement | None],
        found: tuple[str, str] = ("", ""),
        own_traits: Sequence[OwnTrait] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._taken_on, self._found = taken_on, found
        self.taken: Measurement | None = None
        for trait in own_traits:
            self.fields[trait.code] = own_field(trait, language)
        self.corrects, self.scale = corrects, scale
        self.offered: dict[str, list[str]] = {}
        levels = [(level.code, f"{level.code} {level.name(language)}") for level in scale.levels]
        self._offer("level", levels)
        self._offer("expected", [("", _("not known")), *(pair for pair in levels if pair[0] != "0")])
        self._offer("client_level", [("", _("the same")), *levels])
        self._offer("income_situation", [("", "–"), *lists["income_situation"].items()])
        self._offer("integration", [("", "–"), *lists["integration_status"].items()])
        reasons = lists["placement_reason"].items()
        self._offer("reason", self._with_none([pair for pair in reasons if corrects or pair[0] != CORRECTION]))
        self.fields["why"].required = corrects
        if not corrects:
            self.fields["why"].label = _("Why was the other one wrong?")
        self.fields["growth"].required = scale.is_ladder

    def _with_none(self, reasons: Choices) -> Choices:
        """What was chosen before another day was, and did not hold then, gives way to no choice yet."""
        chosen = self["reason"].value()
        return [("", "–"), *reasons] if chosen and chosen not in dict(reasons) else reasons

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)
        self.offered[name] = [code for code, _words in choices]

    def clean_measured_on(self) -> date:
        """A conversation of an earlier day may be entered later; nothing else is put back in time (A-09)."""
        day: date = self.cleaned_data["measured_on"]
        if day > dates.today():
            raise forms.ValidationError(_("This day is still to come. Fill in today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        """What only can be judged together."""
        given = super().clean() or {}
        day, reason = given.get("measured_on"), given.get("reason")
        if day and not self.corrects and day < dates.today() and reason not in {AT_CONTACT, "intake"}:
            text = _("An earlier day is only for a conversation that was held then: choose 'at a contact' or 'intake'.")
            self.add_error("measured_on", text)
        self._check_same_day(given)
        self._check_override(given)
        self._check_growth(given)
        return given

    def _check_growth(self, given: dict[str, Any]) -> None:
        """Growth and the expected level say the same, where growth is recorded at all."""
        level = next((one for one in self.scale.levels if one.code == given.get("level")), None)
        place = self.scale.growth_position(level.code) if level is not None and level.records_growth else None
        if place is None or not given.get("growth") or "expected" in self.errors or not self.scale.is_ladder:
            return
        growth = GROWTH_CODES.get(given["growth"], Growth.UNKNOWN)
        unsettled = to_settle(growth, place, self.scale.growth_position(given.get("expected") or ""))
        if unsettled:
            self.add_error(*UNSETTLED[unsettled])

    def _check_override(self, given: dict[str, Any]) -> None:
        """Against the questions takes a reason."""
        level, goal = (self.scale.whole_of(given.get(name) or "") for name in ("level", "expected"))
        against = overridden(*self._found, level, goal) if level else ""
        if against and not given.get("override_reason"):
            self.add_error("override_reason", OVERRIDDEN[against])

    def _check_same_day(self, given: dict[str, Any]) -> None:
        """Of two on one day it is said which one holds, and why the other was wrong; else there is nothing to say."""
        day = given.get("measured_on")
        self.taken = self._taken_on(day) if day else None
        if self.taken is None:
            given["same_day"] = ""
            return
        self.fields["same_day"].required = True  # so it is shown
        if not given.get("same_day"):
            self.add_error("same_day", _("Say which one holds."))
        elif given["same_day"] == REPLACE and not given.get("why") and "why" not in self.errors:
            self.add_error("why", self.fields["why"].error_messages["required"])


class WhyForm(forms.Form):
    """The reason of a withdrawal."""

    why = forms.CharField(
        label=_("Why should this placement not have been there?"),
        max_length=400,
        error_messages={"required": _("Say in a few words why.")},
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class MoveForm(forms.Form):
    """To whom a placement belongs, and how it came to stand with somebody else."""

    number = forms.CharField(
        label=_("Client number of the right person"),
        max_length=40,
        error_messages={"required": _("Fill in the client number of the right person.")},
    )
    why = forms.CharField(
        label=_("How did this happen?"), max_length=400, error_messages={"required": _("Say in a few words why.")}
    )
    same_day = same_day_field()
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.fields["number"].widget.attrs["autofocus"] = True
