"""The answer of a report in one sentence, for the top of its page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.results import Result


def lead_of(result: Result) -> str:
    """The answer in words."""
    if result.base == 0:
        return _("Nobody was in follow-up on this day, as far as you may see and with these filters.")
    return _placement(result) if result.definition.key == "placement" else _goals(result)


def _placement(result: Result) -> str:
    totals = result.totals
    placed = int(totals["placed"])
    people = ngettext("{n} person in follow-up", "{n} people in follow-up", result.base).format(n=number(result.base))
    if not placed:
        return _("{people}, nobody placed on this scale on this day. Choose another scale or another day.").format(
            people=people
        )
    sentences = [
        _("{people}, {placed} placed ({share}).").format(
            people=people, placed=number(placed), share=share_words(share(placed, result.base))
        )
    ]
    below = int(totals["with_level_below_top"])
    if below:
        codes = [row.values["level"] for row in result.rows if not row.without_split]
        growing = share_words(share(int(totals["with_growth"]), below))
        if result.question.scale.is_ladder:
            text = _("Of those on levels {first}–{last}, {share} have growth potential.")
            sentences.append(text.format(first=codes[0], last=codes[-1], share=growing))
        else:
            sentences.append(_("Of those in a group, {share} have growth potential.").format(share=growing))
    return " ".join(sentences)


def _goals(result: Result) -> str:
    filled = int(result.totals["with_expected_level"])
    people = ngettext("{n} person in follow-up", "{n} people in follow-up", result.base).format(n=number(result.base))
    text = _("{people}; for {filled} of them ({share}) an expected level is filled in.")
    return text.format(people=people, filled=number(filled), share=share_words(share(filled, result.base)))
