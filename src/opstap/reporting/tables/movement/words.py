"""What can become of people, in words, with its sign and its colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.analytics.transitions import HANDED_OVER, TAKEN_OVER
from opstap.foundation.charts.colours import FALLEN, RISEN, SAME, UNKNOWN, lighter
from opstap.foundation.ui.wording import worded_once
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import ENTERED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.words import level_name

LEFT_COLOUR = "#B9C2CC"


@dataclass(frozen=True)
class Outcome:
    """One of the ways it can go."""

    label: str
    meaning: str
    colour: str
    hatched: bool = False
    sign: str = ""

    @property
    def words(self) -> str:
        """The label with its sign."""
        return f"{self.sign} {self.label}".strip()


@worded_once
def outcome_of(key: str) -> Outcome:
    """The words of an outcome."""
    level_words = _("Placed again, on the same level or a half-level of it.")
    return {
        "risen": Outcome(_("Risen"), _("Placed again, on a higher level."), RISEN, sign="▲"),
        "level": Outcome(_("Stayed level"), level_words, SAME, sign="="),
        "fallen": Outcome(_("Fallen"), _("Placed again, on a lower level."), FALLEN, sign="▼"),
        "same": Outcome(_("In the same group"), _("Placed again, in the same group."), SAME, sign="="),
        "moved": Outcome(_("In another group"), _("Placed again, in another group."), RISEN),
        "left": Outcome(_("Out of follow-up"), _("No longer in follow-up on the later day."), LEFT_COLOUR),
        "not_measured_again": Outcome(
            _("Not placed again"), _("In follow-up, without a placement since."), UNKNOWN, hatched=True
        ),
        NO_COUNTERPART: Outcome(
            _("Not to compare"), _("Placed again, but a level has no counterpart on this scale."), UNKNOWN
        ),
        TAKEN_OVER: Outcome(
            _("Came from another caseload, or from none"),
            _("Placed and in this caseload on the later day; on the earlier placed too, in another or in none."),
            SAME,
        ),
        HANDED_OVER: Outcome(
            _("Handed over to another"),
            _("In this caseload on the earlier day, since then with somebody else: what became of them you can't see."),
            lighter(UNKNOWN),
            hatched=True,
        ),
        ENTERED: Outcome(
            _("New on the ladder"),
            _("Placed on the later day, and on the earlier not in follow-up, or not placed yet."),
            RISEN,
        ),
    }[key]


def way_words(question: Question, code: str, language: str) -> str:
    """A row or column in words: a level with its code, or where people went instead."""
    if code in {"left", "not_measured_again"}:
        return outcome_of(code).label
    name = level_name(question, code, language)
    return name.capitalize() if code == NO_COUNTERPART else f"{code} {name}"
