"""The columns of the report `left` in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Crosstab
from opstap.reporting.selectors.left import LEFT, STAYED, UNRECORDED, reason_words
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Across, Shape


def shape_of(question: Question, figures: Crosstab) -> Shape:
    """The reasons that somebody has, none, all of these together, and who is still there."""
    words = reason_words(question)
    used = [key for key, count in figures.overall.columns.items() if count and key not in {STAYED, UNRECORDED}]
    reasons = tuple(Across(key, words.get(key, key)) for key in used)
    none = Across(UNRECORDED, _("no reason"), _("No reason was recorded, or it was recorded as unknown."))
    all_of_them = Across(LEFT, _("out of follow-up"), _("Not in follow-up on the later day."), of=(*used, UNRECORDED))
    stayed = Across(STAYED, _("still in follow-up"), _("In follow-up on the later day as well."))
    return Shape("reason", (*reasons, none, all_of_them, stayed))


def reasons_of(shape: Shape) -> tuple[Across, ...]:
    """Why people left, without who stayed."""
    return tuple(one for one in shape.parts if one.key != STAYED)
