"""The columns of the report `duration` in words and colours."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.facts.selectors.dimensions import BENEFIT_DURATION
from opstap.foundation.charts.colours import UNKNOWN, lighter
from opstap.reporting.selectors.duration import NO_BENEFIT, NOT_KNOWN, classes_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Across, Shape

LONGEST, NONE = "#6E3B0C", "#B9C2CC"
LIGHTEST = 0.8


def shape_of(question: Question) -> Shape:
    """The classes from light to dark, then no benefit and not known."""
    words, classes = question.words[BENEFIT_DURATION], classes_of(question)
    step = LIGHTEST / (len(classes) - 1)
    found = [
        Across(code, words[code].label, colour=lighter(LONGEST, LIGHTEST - place * step))
        for place, code in enumerate(classes)
    ]
    none = _("A benefit or another status is recorded, but none that is a benefit on the day.")
    found.append(Across(NO_BENEFIT, _("no benefit"), none, NONE))
    found.append(Across(NOT_KNOWN, _("not known"), _("Nothing about a benefit is recorded."), UNKNOWN, hatched=True))
    return Shape("duration", tuple(found))


def long_words(years: int) -> str:
    """From how many years on it is long."""
    return ngettext("{years} year or longer", "{years} years or longer", years).format(years=years)
