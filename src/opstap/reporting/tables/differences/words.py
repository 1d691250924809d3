"""Measures, verdicts and case managers in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.uncertainty import Agreement, Verdict
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.reporting.selectors.differences import EXEMPTION, GROWTH, INSTRUMENT, RISEN, TWICE
from opstap.reporting.selectors.questions import Question

FAIR, GOOD, VERY_GOOD = 0.4, 0.6, 0.8  # Landis and Koch, Biometrics 33 (1977)


@dataclass(frozen=True)
class MeasureWords:
    """What a measure is called, and who has it."""

    name: str
    having: str
    people: str


def measure_words(key: str) -> MeasureWords:
    """The words of a measure."""
    return {
        GROWTH: MeasureWords(_("Growth potential seen"), _("With growth potential"), _("on levels that can have it")),
        INSTRUMENT: MeasureWords(_("An instrument in use"), _("With an instrument"), _("in follow-up")),
        EXEMPTION: MeasureWords(_("Exemption"), _("Exempt"), _("in follow-up")),
        RISEN: MeasureWords(_("Risen since"), _("Risen"), _("placed on the earlier day")),
        TWICE: MeasureWords(_("Placed by a second worker"), _("Placed by two"), _("placed twice")),
    }[key]


def verdict_words(verdict: Verdict) -> str:
    """A verdict with its sign."""
    return {
        Verdict.MUCH_LESS: f"▼ {_('clearly less')}",
        Verdict.LESS: f"▽ {_('less than coincidence')}",
        Verdict.WITHIN: f"● {_('within coincidence')}",
        Verdict.MORE: f"△ {_('more than coincidence')}",
        Verdict.MUCH_MORE: f"▲ {_('clearly more')}",
    }[verdict]


def worker_label(question: Question, group: str) -> str:
    """A case manager by name; who has none says so."""
    found = question.words.get("worker", {}).get(group)
    return found.label if found else group


def worker_public(question: Question, group: str) -> str:
    """How a case manager stands in an address."""
    found = question.words.get("worker", {}).get(group)
    return found.public if found else group


def by_coincidence(low: int, high: int) -> str:
    """Between which numbers coincidence keeps it."""
    if low == high:
        return number(low)
    return _("{low} to {high}").format(low=number(low), high=number(high))


def kappa_number(value: float) -> str:
    """A kappa with two decimals, as the language writes it."""
    return number(value, 2)


def agreement_words(found: Agreement) -> str:
    """How far two who place the same people agree, in a few sentences."""
    if not found.pairs:
        return _("Nobody was placed by a second worker within 30 days.")
    if found.is_small:
        text = ngettext(
            "Only {n} person was placed twice: too few to say how far workers agree.",
            "Only {n} people were placed twice: too few to say how far workers agree.",
            found.pairs,
        )
        return text.format(n=number(found.pairs))
    if found.kappa is None:
        return _("One of the two placed everybody on one level, so there is nothing to compare.")
    if found.low is None or found.high is None:
        return _("In all {n} cases both chose the same level.").format(n=number(found.pairs))
    said = _("Weighted kappa {kappa}, between {low} and {high}, of {n} people.").format(
        kappa=kappa_number(found.kappa),
        low=kappa_number(found.low),
        high=kappa_number(found.high),
        n=number(found.pairs),
    )
    return f"{said} {_meaning(found.kappa, found.low)}"


def _meaning(kappa: float, low: float) -> str:
    if low <= 0:
        return _("It is not sure that workers agree more often than by coincidence. Talk a few cases through together.")
    if kappa < FAIR:
        return _("Workers agree little more often than by coincidence: talk cases through together.")
    if kappa < GOOD:
        return _("Workers agree fairly well, but a level depends on who places.")
    if kappa < VERY_GOOD:
        return _("Workers agree well: a level mostly does not depend on who places.")
    return _("Workers agree very well: a level hardly depends on who places.")
