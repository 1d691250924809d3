"""How far was expected and how far it came, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opstap.analytics.transitions import Reach
from opstap.analytics.uncertainty import SMALL, Mean
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.wording import worded_once
from opstap.reporting.tables.definitions import MEAN_DECIMALS
from opstap.reporting.tables.intervals import comparisons_note
from opstap.reporting.tables.reach.figures import ReachVerdict, average, number_compared, rounded

_MINUS = "\N{MINUS SIGN}"


def mean_words(value: Decimal | None) -> str:
    """A mean number of levels, with a real minus; nothing where there is none."""
    return "" if value is None else number(value, MEAN_DECIMALS).replace("-", _MINUS)


def sure_words(found: Mean) -> str:
    """Between what the mean difference of all of them lies."""
    if not found.whole:
        return ""
    if not found.known:
        return _("known of nobody")
    if found.is_exact:
        return _("exact: known of everybody")
    if found.low is None or found.high is None:
        return _("known of too few people to say")
    low, high = mean_words(rounded(found.low, ROUND_FLOOR)), mean_words(rounded(found.high, ROUND_CEILING))
    return pgettext("interval", "{low} to {high}").format(low=low, high=high).replace(" ", "\N{NO-BREAK SPACE}")


@worded_once
def verdict_words(verdict: ReachVerdict) -> str:
    """A verdict with its sign."""
    return {
        ReachVerdict.TOO_FAR: f"▲ {_('expects further than it comes')}",
        ReachVerdict.TOO_SHORT: f"▽ {_('expects less far than it comes')}",
        ReachVerdict.ALIKE: f"● {_('no different')}",
        ReachVerdict.FEW: _("known of too few people to say"),
    }[verdict]


@worded_once
def reach_words(key: str) -> str:
    """Which of those with growth potential a cell has."""
    return {
        "aimless": _("no higher level expected"),
        "not_known": _("not known how far they came"),
        "known": _("known how far they came"),
        "less_far": _("less far than expected"),
        "as_far": _("exactly as far as expected"),
        "further": _("further than expected"),
    }[key]


def reach_lead(reach: Reach) -> str:
    """How many levels were expected and reached on average; nothing where it is known of nobody."""
    if not reach.known:
        return ""
    text = _(
        "Of the {known} of whom a higher level was expected and it is known how far they came, {expected} levels were "
        "expected on average, and {reached} were reached."
    )
    return text.format(
        known=number(reach.known),
        expected=mean_words(average(reach.expected, reach.known)),
        reached=mean_words(average(reach.reached, reach.known)),
    )


def levels_note() -> str:
    """What a mean of levels is, and what it is not."""
    return _(
        "Levels have an order, but are not equally high: from 1 to 2 is not as much as from 4 to 5. So the mean says "
        "how many levels were reckoned with and how many came, and not how much somebody gained. Read it with how many "
        "people came less far, as far and further. Counted is the highest level within the year, also of who fell back."
    )


def handed_note() -> str:
    """Why there is no mean of what came."""
    return _(
        "People were handed over: with them there stands no mean of what came, but between what the difference lies. A "
        "coordinator sees everybody of then."
    )


def small_mean_note() -> str:
    """What the mark beside a mean of few people means."""
    return _("° A mean of fewer than {small} people says little.").format(small=SMALL)


def verdicts_note(found: Mapping[str, ReachVerdict]) -> str:
    """How case managers are compared."""
    if not number_compared(found):
        return ""
    said = _(
        "Often more is expected than comes. So each is held beside the others with people on the same "
        "levels; it is said only where it is more than coincidence. It is no judgement: it asks for a conversation. "
        "People count with who had them in the caseload on the earlier day, also where somebody else placed them."
    )
    return " ".join(part for part in (said, comparisons_note(number_compared(found))) if part)


def too_far_words(names: list[str]) -> str:
    """Whose estimates lie clearly further from what comes than those of the others."""
    if not names:
        return ""
    return _("What {names} expects lies clearly further from what comes than with the others.").format(
        names=", ".join(names)
    )
