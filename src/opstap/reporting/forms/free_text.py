"""Free text beside figures: what it may not hold is said at its field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.reporting.logic.free_text import NAMES_SOMEBODY, NOT_RECORDED, fault_of

FAULTS = {
    NAMES_SOMEBODY: _(
        "A BSN, telephone number or e-mail address stands in it. Take that out: whoever may see publications reads "
        "this, and it stays."
    ),
    NOT_RECORDED: _("These words name something that Opstap doesn't record about people. Say it in other words."),
}


def nobody_in_it(text: str) -> None:
    """A validator."""
    if fault := fault_of(text):
        raise forms.ValidationError(FAULTS[fault])
