"""Signals in words: what was not reached in two successive years, by whom, and where the figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.accounts.selectors.steering import Notice
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.municipality.models import Municipality
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.signals import Signal, YearFound, signals_of, signals_waiting
from opstap.reporting.tables.indicators.words import target_words, words_for
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.results import Signal as Line

SLUG = "indicatoren"


def signal_lines(question: Question) -> tuple[list[Line], str]:
    """Those of whoever asks: the municipality's own first, then team by team, each in the order of the registry; and
    in a sentence of which it can't be told.
    """
    signals = signals_of(question)
    lines = []
    for one in _in_order(signals.told, question):
        first, last = one.years
        text = _("{name}, {whom}: not reached in {first}, nor in {last}.")
        said = text.format(**_names(one, question), first=first.year, last=last.year)
        lines.append(Line(said, (_year_words(first), _year_words(last)), _url(one)))
    return lines, _untold_words(signals.untold, question)


def _untold_words(untold: Sequence[Signal], question: Question) -> str:
    """Of which targets a leader can't see whether two years missed them, and who can."""
    if not untold:
        return ""
    first, last = (one.year for one in untold[0].years)
    text = ngettext(
        "Whether this target was reached you can't see of both {first} and {last}: {targets}. People of the "
        "team of then were handed over since, and what became of them you can't see. A coordinator sees everybody of "
        "then, and whether it was reached.",
        "Whether these targets were reached you can't see of both {first} and {last}: {targets}. People of "
        "the team of then were handed over since, and what became of them you can't see. A coordinator sees everybody "
        "of then, and whether they were reached.",
        len(untold),
    )
    targets = "; ".join("{name} ({whom})".format(**_names(one, question)) for one in _in_order(untold, question))
    return text.format(first=first, last=last, targets=targets)


def _names(one: Signal, question: Question) -> dict[str, str]:
    team = question.words.get("team", {}).get(one.team) if one.team else None
    whom = team.label if team else _("the whole municipality")
    return {"name": str(words_for(question)[one.indicator].name), "whom": whom}


def _in_order(signals: Sequence[Signal], question: Question) -> list[Signal]:
    words, teams = list(words_for(question)), list(question.words.get("team", {}))
    return sorted(signals, key=lambda one: _place(one, words, teams))


def signals_notice(actor: Actor, municipality: Municipality, recording: int) -> Notice | None:
    """How many signals there are, and of how many targets a leader can't see it, where the work of a leader begins."""
    waiting = signals_waiting(actor, municipality, recording, dates.today())
    if waiting == (0, 0):
        return None
    told = ngettext(
        "1 target was clearly not reached two years in a row.",
        "{n} targets were clearly not reached two years in a row.",
        waiting.told,
    )
    untold = ngettext(
        "Of 1 target you can't see whether it was reached in the last two years.",
        "Of {n} targets you can't see whether they were reached in the last two years.",
        waiting.untold,
    )
    text = " ".join(
        words.format(n=number(count)) for words, count in zip((told, untold), waiting, strict=True) if count
    )
    label = _("See the signals") if waiting.told else _("Read why, and who can see it")
    mark = "✗" if waiting.told else "?"
    return Notice(text, label, reverse("reporting:report", args=[SLUG]), mark)


def _place(one: Signal, indicators: list[str], teams: list[str]) -> tuple[int, int]:
    team = teams.index(one.team) if one.team in teams else -1
    return team, indicators.index(one.indicator)


def _year_words(year: YearFound) -> str:
    text = _("{year}: {share} ({sure}), the target was {target}.")
    if year.found.beyond:
        text = _("{year}: {sure}, the target was {target}.")
    share, aim = share_words(year.found.share()), target_words(year.target)
    return text.format(year=year.year, share=share, sure=between(year.found), target=aim)


def _url(one: Signal) -> str:
    """The report on the last day of the last year, with the status of then."""
    last = one.years[-1].year
    asked = {"on": f"{last}-12-31", "compared_with": f"{last - 1}-12-31", **({"by": "team"} if one.team else {})}
    return f"{reverse('reporting:report', args=[SLUG])}?{urlencode(asked)}"
