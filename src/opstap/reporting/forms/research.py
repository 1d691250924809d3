"""Permitting research: what for, on what ground, how long, and which extract it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import offer
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.logic import Quarter
from opstap.reporting.operations import ResearchTerms
from opstap.reporting.tables.extract import quarter_words

FAULTS = {
    "over_before_it_begins": ("last_day", _("The last day has passed, or lies before the first. Choose a later day.")),
    "too_long": ("last_day", _("Research is permitted for two years at most. Permit it again when it goes on.")),
    "moments_not_in_order": ("later", _("Choose a second moment after the first.")),
}
NEEDED_DAY = {"required": _("Fill in the day."), "invalid": _("This is not a day. Write it as 4-3-2026.")}


def _day_field(**words: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(**words, widget=widget, error_messages=NEEDED_DAY)


class ResearchForm(forms.Form):
    """Which research, of whom, on what ground, what for, until when, and of which two moments on which scale."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        help_text=_("As the researcher will find it, such as: Three years of the ladder."),
        error_messages={"required": _("Fill in what the research is called.")},
    )
    institution = forms.CharField(
        label=_("Which institution does it?"),
        max_length=120,
        help_text=_("The university, bureau or department; not the name of a person."),
        error_messages={"required": _("Fill in who does the research.")},
    )
    ground = forms.CharField(
        label=_("On what ground?"),
        max_length=300,
        help_text=_("The article, and the decision or agreement in which it was laid down."),
        error_messages={"required": _("Name the ground: the article, and the decision or agreement.")},
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The question that the research answers, and why it needs rows of persons and not only figures."),
        error_messages={"required": _("Say in a few words what the research is for.")},
    )
    first_day = _day_field(label=_("First day"), help_text=_("From this day on an extract can be taken."))
    last_day = _day_field(label=_("Last day"), help_text=_("On this day for the last time. Two years at most."))
    earlier = forms.ChoiceField(
        label=_("First moment"),
        choices=[],
        help_text=_("The state at the end of this quarter. Who was in follow-up then is in the extract."),
    )
    later = forms.ChoiceField(
        label=_("Second moment"), choices=[], help_text=_("Where the same people stood at the end of this quarter.")
    )
    scale = forms.ChoiceField(
        label=_("Scale"), choices=[], help_text=_("Only placements on this scale are in the extract.")
    )

    def __init__(self, *args: Any, quarters: Sequence[Quarter], scales: Sequence[ScaleOnDay], **options: Any) -> None:
        super().__init__(*args, **options)
        moments, language = [(one.key, quarter_words(one)) for one in quarters], get_language() or "nl"
        for name in ("earlier", "later"):
            offer(self, name, moments)
        offer(self, "scale", [(one.key, one.name(language)) for one in scales])

    def clean(self) -> dict[str, Any]:
        """The period and the moments as a whole."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            fault = self.terms().fault
            if fault in FAULTS:
                self.add_error(*FAULTS[fault])
        return given

    def terms(self) -> ResearchTerms:
        """What was filled in."""
        given = self.cleaned_data
        last: date = given["last_day"]
        return ResearchTerms(
            name=given["name"],
            institution=given["institution"],
            ground=given["ground"],
            purpose=given["purpose"],
            starts_on=given["first_day"],
            ends_on=last + timedelta(days=1),
            earlier=Quarter.of(given["earlier"]),
            later=Quarter.of(given["later"]),
            scale=given["scale"],
        )
