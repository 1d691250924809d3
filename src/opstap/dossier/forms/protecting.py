"""The forms of a protected dossier: why, until when it stands without a look, and who is let in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.clients.enums import ProtectionReason
from opstap.dossier.forms.fields import WhyField
from opstap.foundation.ui.fields import DayField

REASONS = (
    (ProtectionReason.COLLEAGUE.value, _("a colleague")),
    (ProtectionReason.RELATIVE.value, _("a relative of a colleague")),
    (ProtectionReason.THREATENED.value, _("somebody who is threatened")),
    (ProtectionReason.KNOWN_TO_MANY.value, _("somebody whom many people know")),
)


class ReviewForm(forms.Form):
    """When it is looked at again, and who is let in beside the case manager."""

    help_names = {"review_on": "protection_review", "readers": "protection_readers"}
    review_on = DayField(
        label=_("To be looked at again on"),
        error_messages={"required": _("Say on which day."), "invalid": _("This is not a day.")},
    )
    readers = forms.MultipleChoiceField(
        label=_("Who else sees it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The case manager sees it anyway. Each sees what their own role lets them."),
    )
    why = WhyField(label=_("Why?"))

    def __init__(self, *args: Any, readers: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["readers"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = readers
        if not readers:
            del self.fields["readers"]


class ProtectForm(ReviewForm):
    """The same, with why somebody is protected."""

    help_names = {**ReviewForm.help_names, "reason": "protection_reason"}
    field_order = ("reason", "review_on", "readers", "why")
    reason = forms.ChoiceField(
        label=_("Whom it is about"), choices=REASONS, error_messages={"required": _("Choose whom it is about.")}
    )


class EndForm(forms.Form):
    """Why it no longer holds."""

    why = WhyField(label=_("Why?"))


class KnownForm(forms.Form):
    """From where one knows somebody; nobody has to say."""

    why = forms.CharField(
        label=_("From where"),
        max_length=400,
        required=False,
        help_text=_("A word such as neighbours is enough. Your team leader reads it."),
    )
