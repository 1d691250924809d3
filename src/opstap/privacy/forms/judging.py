"""Judging a look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.privacy.enums import Verdict

VERDICTS = (
    (Verdict.IN_ORDER.value, _("In order")),
    (Verdict.ASKED.value, _("Asked, waiting for an answer")),
    (Verdict.MISUSE.value, _("Not in order")),
)


class JudgementForm(forms.Form):
    """The verdict, and a few words where it is not simply in order."""

    verdict = forms.ChoiceField(
        label=_("What do you find?"),
        choices=VERDICTS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Whom you asked what, and what the answer was. Needed unless it is in order. Write no client's name."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever asks or finds misuse says what."""
        given = super().clean() or {}
        if given.get("verdict") not in {None, Verdict.IN_ORDER.value} and not str(given.get("remark", "")).strip():
            self.add_error("remark", _("Say in a few words what you asked or found."))
        return given
