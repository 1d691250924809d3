"""The forms of trajectories, activities and instruments. A period is asked with its last day, as people say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.foundation.ui.fields import DayField
from opstap.municipality.tables import Choice, Choices
from opstap.plans.enums import KindOf, Part

KEEP = "keep"
Lists = Mapping[str, Choices]
WHY = {"required": _("Say in a few words why.")}


class ListForm(forms.Form):
    """A form whose choices come from code lists and from what is known."""

    def __init__(self, *args: Any, lists: Lists, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = lists

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        """What can be chosen in a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def offer_list(self, name: str, words: KindOf, empty: str | None = None) -> None:
        """The codes of a list, with an empty choice before them where there may be none."""
        first = [] if empty is None else [("", empty)]
        self.offer(name, [*first, *self.lists[words.value]])


class PeriodForm(ListForm):
    """A period, with its last day."""

    starts_on = DayField(label=_("From"), error_messages={"required": _("Fill in the first day.")})
    last_day = DayField(label=_("Up to and including"), required=False)
    why = forms.CharField(label=_("Why is this corrected?"), max_length=400, error_messages=WHY)

    def __init__(self, *args: Any, corrects: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not corrects:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """The last day can be the first day, not an earlier one."""
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This day lies before the first day. Change one of the two."))
        return given

    @property
    def ends_on(self) -> date | None:
        """The first day after."""
        return day_after(self.cleaned_data.get("last_day"))


class TrajectoryForm(PeriodForm):
    """A trajectory with its goal."""

    help_names = {"kind": "trajectory_kind"}
    kind = forms.ChoiceField(label=_("Kind of trajectory"))
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    name = forms.CharField(label=_("Name of the trajectory"), max_length=120, required=False)
    end_reason = forms.ChoiceField(label=_("Reason for the end"), required=False)

    field_order: Sequence[str] = ("kind", "goal", "name", "starts_on", "last_day", "end_reason", "why")

    def __init__(self, *args: Any, goals: Iterable[Choice], corrects: bool = False, **options: Any) -> None:
        super().__init__(*args, corrects=corrects, **options)
        self.offer_list("kind", KindOf.TRAJECTORY)
        self.offer("goal", [("", str(_("no goal agreed yet"))), (KEEP, str(_("keep the level"))), *goals])
        if corrects:
            self.offer_list("end_reason", KindOf.TRAJECTORY_END, "–")
        else:
            del self.fields["end_reason"]
        self.fields["kind"].widget.attrs["autofocus"] = True


class ActivityForm(PeriodForm):
    """An activity."""

    help_names = {"kind": "activity_kind"}
    description = forms.CharField(
        label=_("What does this person do?"), max_length=120, error_messages={"required": _("Say what is done.")}
    )
    kind = forms.ChoiceField(label=_("Kind of activity"), required=False)

    field_order = ("description", "kind", "starts_on", "last_day", "why")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_list("kind", KindOf.ACTIVITY, "–")
        self.fields["description"].widget.attrs["autofocus"] = True


class InstrumentForm(PeriodForm):
    """An instrument with who carries it out."""

    help_names = {"kind": "instrument"}
    kind = forms.ChoiceField(label=_("Instrument"))
    supplier = forms.CharField(
        label=_("Supplier"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "suppliers"})
    )
    result = forms.ChoiceField(label=_("Result"), required=False)

    field_order = ("kind", "supplier", "starts_on", "last_day", "result", "why")

    def __init__(self, *args: Any, corrects: bool = False, **options: Any) -> None:
        super().__init__(*args, corrects=corrects, **options)
        self.offer_list("kind", KindOf.INSTRUMENT)
        if corrects:
            self.offer_list("result", KindOf.INSTRUMENT_RESULT, "–")
        else:
            del self.fields["result"]
        self.fields["kind"].widget.attrs["autofocus"] = True


class BeginForm(TrajectoryForm):
    """A trajectory with the first activity and the first instrument under it, both optional."""

    activity = forms.CharField(label=_("First activity"), max_length=120, required=False)
    instrument = forms.ChoiceField(label=_("First instrument"), required=False)
    supplier = forms.CharField(
        label=_("Supplier"), max_length=120, required=False, widget=forms.TextInput(attrs={"list": "suppliers"})
    )

    field_order: Sequence[str] = (*TrajectoryForm.field_order, "activity", "instrument", "supplier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_list("instrument", KindOf.INSTRUMENT, str(_("none yet")))

    def clean(self) -> dict[str, Any]:
        """A supplier supplies something."""
        given = super().clean()
        if given.get("supplier") and not given.get("instrument"):
            self.add_error("instrument", _("Choose what this supplier carries out."))
        return given


class EndForm(ListForm):
    """The last day, and what came of it; for a trajectory also of the instruments that still run under it."""

    last_day = DayField(label=_("Last day"), error_messages={"required": _("Fill in the last day.")})
    end_reason = forms.ChoiceField(label=_("Reason for the end"))
    result = forms.ChoiceField(label=_("Result"))

    def __init__(self, *args: Any, part: Part, starts_on: date, running: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.starts_on = starts_on
        self.offer_list("end_reason", KindOf.TRAJECTORY_END)
        self.offer_list("result", KindOf.INSTRUMENT_RESULT)
        if part is not Part.TRAJECTORY:
            del self.fields["end_reason"]
        if part is Part.ACTIVITY or (part is Part.TRAJECTORY and not running):
            del self.fields["result"]
        elif part is Part.TRAJECTORY:
            self.fields["result"].label = _("Result of the instruments that still run")
        self.fields["last_day"].widget.attrs["autofocus"] = True

    def clean_last_day(self) -> date:
        """Not before the first day."""
        day: date = self.cleaned_data["last_day"]
        if day < self.starts_on:
            raise forms.ValidationError(_("This day lies before the first day. Fill in a later one."))
        return day

    @property
    def ends_on(self) -> date:
        """The first day after."""
        return self.cleaned_data["last_day"] + timedelta(days=1)  # type: ignore[no-any-return]


class WhyForm(forms.Form):
    """The reason of a withdrawal."""

    why = forms.CharField(label=_("Why should this not have been there?"), max_length=400, error_messages=WHY)


def day_after(last_day: date | None) -> date | None:
    """The first day after the last day of a period."""
    return None if last_day is None else last_day + timedelta(days=1)


def last_day_of(ends_on: date | None) -> date | None:
    """The last day of a half-open period."""
    return None if ends_on is None else ends_on - timedelta(days=1)
