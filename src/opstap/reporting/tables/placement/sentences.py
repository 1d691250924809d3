"""The answer of the report `placement` in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.placement.rows import growth_of
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up


def lead(result: Result) -> str:
    """How many are placed, and which part of those who can rise has growth potential."""
    totals = result.totals
    placed = int(totals["placed"])
    people = people_in_follow_up(result.base)
    if not placed:
        return _("{people}, nobody placed on this scale on this day. Choose another scale or another day.").format(
            people=people
        )
    placed_words = _("{people}, {placed} of them on a level ({share}).")
    if not result.question.scale.is_ladder:
        placed_words = _("{people}, {placed} of them in a group ({share}).")
    return " ".join(
        [
            placed_words.format(people=people, placed=number(placed), share=share_words(share(placed, result.base))),
            *_growing(result),
        ]
    )


def _growing(result: Result) -> list[str]:
    below = int(result.totals["with_level_below_top"])
    if not below:
        return []
    found = growth_of(result.totals)
    if not found.known:
        return []
    words = {"share": share_words(found.share()), "known": number(found.known), "sure": between(found)}
    if not result.question.scale.is_ladder:
        text = _("Of those in a group, {share} have growth potential.")
        if not found.is_exact:
            text = _("Of the {known} in a group of whom it is known, {share} have growth potential ({sure}).")
        return [text.format(**words)]
    codes = [row.values["level"] for row in result.rows if "with_growth" not in row.silent]
    text = _("Of those on levels {first}–{last}, {share} have growth potential.")
    if not found.is_exact:
        text = _("Of the {known} on levels {first}–{last} of whom it is known, {share} have growth potential ({sure}).")
    return [text.format(first=codes[0], last=codes[-1], **words)]
