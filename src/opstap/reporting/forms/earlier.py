"""A printed table, a number for each level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import DayField
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.forms.free_text import nobody_in_it
from opstap.reporting.operations.earlier import MOST, EarlierRefused, EarlierTerms
from opstap.reporting.selectors.series import SeriesLevel

BEFORE = "level-"
FAULTS = {
    "day_to_come": ("on", _("This day is still to come. Fill in the day that the printed table is about.")),
    "is_counted": ("on", _("From {day} on Opstap counts itself. Fill in a day before that.")),
    "no_source": ("source", _("Fill in where it was printed.")),
    "nothing_printed": (None, _("Fill in a number for at least one level.")),
    "no_such_number": (None, _("One of the numbers is none that can be printed. Fill in a whole number of people.")),
    "is_there": ("on", _("A printed table of this day was entered before. Correct that one in the series.")),
}


def fault_of_refusal(refused: EarlierRefused) -> tuple[str | None, str]:
    """The field and the words of a refusal."""
    field, words = FAULTS[refused.code]
    return field, str(words).format(day=day(refused.day)) if refused.day else str(words)


class EarlierForm(forms.Form):
    """Of which day, where it stands, and how many on each level; an empty field was not printed."""

    on = DayField(
        label=_("Reference date"),
        help_text=_("The day that the printed table is about."),
        error_messages={"required": _("Fill in the day."), "invalid": _("This is not a day. Write it as 4-3-2026.")},
    )
    source = forms.CharField(
        label=_("Where was it printed?"),
        max_length=200,
        validators=[nobody_in_it],
        help_text=_("Such as: council letter 2019-14, table 2. It stands beside the figures. Name nobody."),
        error_messages={"required": _("Fill in where it was printed.")},
    )

    def __init__(self, *args: Any, levels: Sequence[SeriesLevel], **options: Any) -> None:
        super().__init__(*args, **options)
        number = _("Fill in a whole number of people, or leave it empty.")
        for level in levels:
            self.fields[f"{BEFORE}{level.code}"] = forms.IntegerField(
                label=level.name(get_language() or "nl"),
                required=False,
                min_value=0,
                max_value=MOST,
                error_messages={"invalid": number, "min_value": number, "max_value": number},
            )

    @property
    def level_fields(self) -> list[forms.BoundField]:
        """The fields of the levels."""
        return [self[name] for name in self.fields if name.startswith(BEFORE)]

    def terms(self) -> EarlierTerms:
        """What was filled in."""
        given = self.cleaned_data
        counts = {
            name.removeprefix(BEFORE): count
            for name, count in given.items()
            if name.startswith(BEFORE) and count is not None
        }
        return EarlierTerms(given["on"], given["source"], counts)
