"""The answer of the report `goals` in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.shares import share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up


def lead(result: Result) -> str:
    """For how many an expected level is filled in."""
    filled = int(result.totals["with_expected_level"])
    text = _("{people}; for {filled} of them ({share}) an expected level is filled in.")
    return text.format(
        people=people_in_follow_up(result.base),
        filled=number(filled),
        share=share_words(share(filled, result.base)),
    )
