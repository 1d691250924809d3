"""Setting a target of an indicator, and another share for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opstap.accounts.models import Team
from opstap.foundation.ui.fields import offer
from opstap.reporting.operations import TargetTerms

NEEDED = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
EVERYBODY = "everybody"  # no reference of a team
WRONG = _("Fill in a percentage from 0 to 100, with one decimal at most.")


def _percent_field() -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Target in per cent"),
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        localize=True,
        help_text=_("From 0 to 100, one decimal at most. The status follows the interval, not the rounded figure."),
        error_messages={"required": WRONG, "invalid": WRONG, "min_value": WRONG, "max_value": WRONG,
                        "max_digits": WRONG, "max_decimal_places": WRONG, "max_whole_digits": WRONG},
    )  # fmt: skip


class TargetValueForm(forms.Form):
    """Another share for a target that was set."""

    percent = _percent_field()


class TargetForm(forms.Form):
    """Of which indicator, for which year, in which team or everywhere, and which share."""

    indicator = forms.ChoiceField(
        label=_("Indicator"),
        choices=[],
        help_text=_("Those of which more or less is better."),
        error_messages=NEEDED,
    )
    year = forms.TypedChoiceField(
        label=_("Year"),
        choices=[],
        coerce=int,
        help_text=_(
            "The target holds for the calendar year. Of what became of people, as growth realised, that is the year in "
            "which it had to come: a target of 2026 is about who was counted on 31 December 2025."
        ),
        error_messages=NEEDED,
    )
    team = forms.ChoiceField(
        label=_("For whom?"),
        choices=[],
        initial=EVERYBODY,
        help_text=_("Beside the figures of one case manager never stands a target."),
        error_messages=NEEDED,
    )
    percent = _percent_field()

    def __init__(
        self,
        *args: Any,
        indicators: Sequence[tuple[str, str]],
        years: Sequence[int],
        teams: Sequence[Team],
        published: Sequence[str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._teams = {team.reference: team for team in teams}
        offer(self, "indicator", indicators)
        told = _(
            "Publications, for the council, have the targets of the whole municipality of: {names}. Any other target "
            "stands in the report Indicators alone."
        )
        names, field = ", ".join(f"“{name}”" for name in published), self.fields["indicator"]
        field.help_text = f"{field.help_text} {str(told).format(names=names)}"
        offer(self, "year", [(str(year), str(year)) for year in years])
        whole = (EVERYBODY, str(_("the whole municipality")))
        offer(self, "team", [whole, *((team.reference, team.name) for team in teams)])

    def terms(self) -> TargetTerms:
        """What was filled in."""
        given = self.cleaned_data
        percent: Decimal = given["percent"]
        return TargetTerms(given["indicator"], given["year"], self._teams.get(given["team"]), percent)
