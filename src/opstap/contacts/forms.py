"""The forms of this room: a contact with the next one, a contact put right, and the next contact by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.contacts.enums import Outcome
from opstap.contacts.logic import AHEAD_DAYS, BACKDATED_DAYS
from opstap.foundation import dates

OUTCOMES = (
    (Outcome.HELD.value, _("held")),
    (Outcome.NOT_APPEARED.value, _("not appeared")),
    (Outcome.CANCELLED_BY_CLIENT.value, _("cancelled by the client")),
    (Outcome.CANCELLED_BY_US.value, _("cancelled by us")),
)
SETTLES, STAYS = "settles", "stays"
LONGEST_NOTE, LONGEST_AGREEMENT = 4000, 1000


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def _text(label: Any, rows: int, most: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), strip=True
    )


class _OfKinds(forms.Form):
    """A form with the kinds of contact: those of the day it was held, and of today for the next one."""

    def __init__(
        self, *args: Any, kinds: Mapping[str, str], next_kinds: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, offered in (("kind", kinds), ("next_kind", kinds if next_kinds is None else next_kinds)):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = list(offered.items())


class NoteForm(_OfKinds):
    """A contact: when, how, what came of it, and what was said."""

    kind = forms.ChoiceField(
        label=_("Kind of contact"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how the contact was held."),
            "invalid_choice": _("This kind can't be chosen on that day. Choose one that held then, or another day."),
        },
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect, initial=Outcome.HELD.value
    )
    held_on = DayField(label=_("Day"))
    note = _text(_("Note"), 4, LONGEST_NOTE)
    client_does = _text(_("What the client will do"), 2, LONGEST_AGREEMENT)
    municipality_does = _text(_("What the municipality will do"), 2, LONGEST_AGREEMENT)

    def clean_held_on(self) -> date:
        """A conversation may be entered later, not years later: older history comes by an import (A-09)."""
        day: date = self.cleaned_data["held_on"]
        if day > dates.today():
            raise forms.ValidationError(_("This day is still to come. Agree it below as the next contact."))
        if day < dates.today() - timedelta(days=BACKDATED_DAYS) and "why" not in self.fields:
            raise forms.ValidationError(_("This is more than a year ago. Check the day."))
        return day


class NextContactForm(_OfKinds):
    """The next contact that is agreed."""

    next_on = DayField(label=_("On"), required=True, error_messages={"required": _("Fill in the day.")})
    next_time = forms.TimeField(
        label=_("At"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    next_kind = forms.ChoiceField(label=_("Kind of contact"), required=False)
    next_place = forms.CharField(label=_("Where"), required=False, max_length=120)
    next_agreed = forms.BooleanField(label=_("agreed with the client"), required=False, initial=True)

    def clean_next_on(self) -> date | None:
        """A day to come, or today."""
        return _day_ahead(self.cleaned_data.get("next_on"))


class ContactForm(NoteForm, NextContactForm):
    """A contact with the one that is agreed next."""

    next_on = DayField(label=_("On"), required=False)
    settled = forms.ChoiceField(
        label=_("And the contact that was agreed?"),
        choices=((SETTLES, _("this was it")), (STAYS, _("it stays as agreed"))),
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ["kind", "outcome", "held_on", "note", "client_does", "municipality_does", "settled", "next_on"]

    def clean(self) -> dict[str, Any]:
        """A time or a place without a day is a day forgotten."""
        given = super().clean() or {}
        forgotten = (given.get("next_time") or given.get("next_place")) and not given.get("next_on")
        if forgotten and "next_on" not in self.errors:
            self.add_error("next_on", _("On which day? Fill in the day, or empty the time and the place."))
        return given


class CorrectionForm(NoteForm):
    """A contact that was noted wrong, and why."""

    why = forms.CharField(
        label=_("Why is this corrected?"),
        max_length=400,
        error_messages={"required": _("Say in a few words why.")},
    )


class WhyForm(forms.Form):
    """The reason of a withdrawal or a cancellation."""

    why = forms.CharField(label=_("Why?"), max_length=400, error_messages={"required": _("Say in a few words why.")})


def _day_ahead(day: date | None) -> date | None:
    if day is not None and day < dates.today():
        raise forms.ValidationError(_("This day has passed. Fill in today or a later day."))
    if day is not None and day > dates.today() + timedelta(days=AHEAD_DAYS):
        raise forms.ValidationError(_("This is more than three years ahead. Check the day."))
    return day
