"""Why a dossier is opened in an emergency, and what is said of it afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.clients.enums import GlassVerdict
from opstap.dossier.forms.caseload import Choices

MOST_WORDS = 1000
VERDICTS: tuple[tuple[str, Any], ...] = (
    (GlassVerdict.IN_ORDER.value, _("in order")),
    (GlassVerdict.NOT_IN_ORDER.value, _("not in order")),
)


class BreakGlassForm(forms.Form):
    """A reason from the list, and in one's own words."""

    help_names = {"reason": "glass_reason", "why": "glass_reason"}
    reason = forms.ChoiceField(
        label=_("Reason"), widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
    why = forms.CharField(
        label=_("What is going on"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Your team leader or the coordinator reads this, with the privacy officer; the client can ask for it."
        ),
        error_messages={"required": _("Say in a few words why it can't wait.")},
    )  # fmt: skip

    def __init__(self, *args: Any, reasons: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = reasons


class JudgeGlassForm(forms.Form):
    """Whether it was right."""

    help_names = {"verdict": "glass_verdict", "remark": "glass_verdict"}
    verdict = forms.ChoiceField(
        label=_("Judgement"), choices=VERDICTS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a judgement.")},
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it was not in order: what, and what happens now."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever finds it wrong says what."""
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == GlassVerdict.NOT_IN_ORDER and not given.get("remark", "").strip():
            self.add_error("remark", _("Say what was not in order, and what happens now."))
        return given
