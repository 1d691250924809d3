"""What became of people in words, with sign and colour; and the answers on growth and instruments."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.foundation.charts.colours import FALLEN, RISEN, SAME, UNKNOWN, lighter
from opstap.foundation.ui.wording import worded_once
from opstap.reporting.tables.realised.definition import OUTCOMES

GROWTH_KEYS = {1: "with", 0: "without", -1: "unknown"}
INSTRUMENT_KEYS = {1: "yes", 0: "no", -1: "unknown"}
_LEFT_COLOUR = "#B9C2CC"
_LOOKS = {
    "reached": (RISEN, "▲", False),
    "risen": (lighter(RISEN), "△", False),
    "stayed": (SAME, "=", False),
    "fallen": (FALLEN, "▼", False),
    "same": (SAME, "=", False),
    "moved": (RISEN, "", False),
    "no_counterpart": (lighter(UNKNOWN), "", False),
    "left": (_LEFT_COLOUR, "", False),
    "not_measured_again": (UNKNOWN, "", True),
}


@dataclass(frozen=True)
class Outcome:
    """One of the ways it can have gone."""

    label: str
    meaning: str
    colour: str
    sign: str
    hatched: bool

    @property
    def words(self) -> str:
        """The label with its sign, which is not parted from it."""
        return f"{self.sign}\N{NO-BREAK SPACE}{self.label}" if self.sign else self.label


@worded_once
def outcome_of(key: str) -> Outcome:
    """The words of an outcome."""
    (label, meaning), (colour, sign, hatched) = OUTCOMES[key], _LOOKS[key]
    return Outcome(str(label), str(meaning), colour, sign, hatched)


@worded_once
def growth_words(key: str) -> str:
    """An answer on growth potential; empty for all together."""
    return {
        "with": _("Growth potential"),
        "without": _("No growth potential"),
        "unknown": _("Growth potential not known"),
        "judged": _("With and without growth potential"),
    }.get(key, _("Together"))


@worded_once
def short_words(key: str) -> str:
    """An answer under a heading that says on what; empty for all together."""
    return {
        "with": _("With"),
        "yes": _("With"),
        "without": _("Without"),
        "no": _("Without"),
        "unknown": _("Not known"),
    }.get(key, _("Together"))


@worded_once
def instrument_words(key: str) -> str:
    """Whether an instrument was in use on the earlier day."""
    return {
        "yes": _("With an instrument"),
        "no": _("Without an instrument"),
        "unknown": _("Instrument not known"),
    }[key]


@worded_once
def year_words(key: str) -> str:
    """Where people came within the year."""
    return {
        "known": _("known after a year"),
        "realised": _("realised within the year"),
        "higher": _("on a higher level within the year"),
        "not_known": _("not known after a year"),
    }[key]
