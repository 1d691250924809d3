"""The forms of an import."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic.fields import FIELDS
from opstap.exchange.tables.field_names import field_name


class FileForm(forms.Form):
    """The file, and how it is to be read."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV. Nothing is saved until you confirm."),
        error_messages={
            "required": _("Choose the file that you want to import."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
    )
    scale = forms.ChoiceField(
        label=_("Scale"), required=False, help_text=_("The ladder or grouping to which the levels in the file belong.")
    )
    reference_date = forms.DateField(
        label=_("Reference date"),
        required=False,
        help_text=_("Stands in where a row has no date of its own, and says from when a change holds. Empty: today."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, scales: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        scale = self.fields["scale"]
        if isinstance(scale, forms.ChoiceField):
            scale.choices = scales


class DistrictsForm(forms.Form):
    """A postcode table, and from when it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, with a row for each postcode."),
        error_messages={
            "required": _("Choose the file with the postcode table."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
    )
    since = forms.DateField(
        label=_("Holds from"),
        help_text=_(
            "What held before this day stays as it was. Choose a day in the past if older reports need districts."
        ),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Fill in from which day the table holds."),
            "invalid": _("This is no day. Write it as 31-12-2025."),
        },
    )


class CellForm(forms.Form):
    """One corrected cell."""

    row = forms.IntegerField(min_value=1)
    heading = forms.CharField(max_length=300, strip=False)
    value = forms.CharField(max_length=1000, required=False)
    kind = forms.SlugField(required=False)


class ConfirmForm(forms.Form):
    """What whoever imports agrees to."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    skip_refused = forms.BooleanField(required=False)
    accept_large_change = forms.BooleanField(required=False)


def field_choices(off: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every field a column can be, by name; first: kept aside. Nothing of a part that is off."""
    fields = [key for key, field in FIELDS.items() if field.part not in off]
    named = sorted(((key, str(field_name(key))) for key in fields), key=lambda pair: pair[1])
    return [("", str(_("– keep aside, as it is"))), *named]
