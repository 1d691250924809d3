"""Measures, verdicts and case managers in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.uncertainty import Agreement, Verdict, drawn
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.foundation.ui.wording import worded_once
from opstap.reporting.selectors.differences import EXEMPTION, GROWTH, INSTRUMENT, REALISED, RISEN, TWICE
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.questions import Question

FAIR, GOOD, VERY_GOOD = 0.4, 0.6, 0.8  # J. R. Landis and G. G. Koch, Biometrics 33 (1977) 159-174


@dataclass(frozen=True)
class MeasureWords:
    """What a measure is called, and who has it."""

    name: str
    having: str
    people: str


@worded_once
def measure_words(key: str) -> MeasureWords:
    """The words of a measure."""
    return {
        GROWTH: MeasureWords(_("Growth potential seen"), _("With growth potential"), _("on levels that can have it")),
        INSTRUMENT: MeasureWords(_("An instrument in use"), _("With an instrument"), _("in follow-up")),
        EXEMPTION: MeasureWords(_("Exemption"), _("Exempt"), _("in follow-up")),
        RISEN: MeasureWords(_("Risen since"), _("Risen"), _("placed on the earlier day")),
        REALISED: MeasureWords(
            _("Growth realised within the year"), _("Realised"), _("with growth potential on the earlier day")
        ),
        TWICE: MeasureWords(_("Placed by a second worker"), _("Placed by two"), _("placed twice")),
    }[key]


@worded_once
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
    if group == WITHIN:
        return _("handed over within the team")
    found = question.words.get("worker", {}).get(group)
    return found.label if found else group


def in_order_of_names(question: Question, groups: Iterable[str]) -> list[str]:
    """Case managers by name, who has none last."""
    order = list(question.words.get("worker", {}))
    return sorted(groups, key=lambda group: order.index(group) if group in order else len(order))


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
    apart = _on_another_level(found)
    if found.kappa is None:
        said = _("One of the two placed everybody on one level, so there is no kappa.")
        return f"{apart} {said}"
    if found.low is None or found.high is None:
        said = _("In all {n} cases both chose the same level.").format(n=number(found.pairs))
        return f"{apart} {said}"
    said = _("Weighted kappa {kappa}, between {low} and {high}; one level apart weighs little in it.").format(
        kappa=kappa_number(found.kappa), low=kappa_number(found.low), high=kappa_number(found.high)
    )
    return f"{apart} {said} {_meaning(found.kappa, found.low)}"


def _on_another_level(found: Agreement) -> str:
    """Which part came on another level, with the interval of a draw: who was placed twice could have been others."""
    share = drawn(found.next_to + found.further, found.pairs)
    low, high = share.bounds() or (None, None)
    text = _("Of the {n} people {share} came on another level with the second worker, between {low} and {high}.")
    return text.format(
        n=number(found.pairs),
        share=share_words(share.share(0), 0),
        low=share_words(low, 0),
        high=share_words(high, 0),
    )


def _meaning(kappa: float, low: float) -> str:
    if low <= 0:
        return _("It is not sure that workers agree more often than by coincidence. Talk a few cases through together.")
    band = _("almost complete agreement")
    if kappa < FAIR:
        band = _("little agreement")
    elif kappa < GOOD:
        band = _("moderate agreement")
    elif kappa < VERY_GOOD:
        band = _("good agreement")
    said, advice = _("Landis and Koch (1977) call that {band}.").format(band=band), _("Talk cases through together.")
    return said if kappa >= GOOD else f"{said} {advice}"
