"""The columns of the report `ready` in words and colours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.distribution import NO_ORDER, NOT_PLACED, READY
from opstap.analytics.distribution.ready import LONG_AGO, NO_GOAL, NOT_HIGHER, NOT_KNOWN, ON_THEIR_WAY
from opstap.foundation.charts.colours import GROUPS, RISEN, SAME, UNKNOWN, lighter
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.ready import columns_of
from opstap.reporting.tables.crosstab import Across, Shape


def shape_of(question: Question) -> Shape:
    """Ready first, then why not, from what takes least to what takes most."""
    return Shape("readiness", tuple(_across(key) for key in columns_of(question)))


def _across(key: str) -> Across:
    return {
        READY: Across(
            READY, _("ready for a step"), _("A higher level expected, placed lately, no trajectory upward."), RISEN
        ),
        ON_THEIR_WAY: Across(
            ON_THEIR_WAY,
            _("on their way"),
            _("A higher level expected, placed lately, with a trajectory upward that runs."),
            lighter(RISEN, 0.75),
        ),
        NO_GOAL: Across(
            NO_GOAL,
            _("a trajectory without a goal"),
            _(
                "A higher level expected, placed lately, with a trajectory that runs and of which no goal level on "
                "this scale was recorded."
            ),
            lighter(RISEN, 0.55),
            hatched=True,
        ),
        LONG_AGO: Across(
            LONG_AGO,
            _("placed longer ago"),
            _("A higher level expected, but placed 12 months ago or longer."),
            GROUPS[1],
        ),
        NOT_HIGHER: Across(NOT_HIGHER, _("no higher level expected"), _("The same level or a lower one."), SAME),
        NOT_KNOWN: Across(
            NOT_KNOWN, _("no expected level known"), _("Placed, without an expected level."), UNKNOWN, hatched=True
        ),
        NOT_PLACED: Across(
            NOT_PLACED, _("not placed"), _("Without a placement, or not determined yet."), "#EDEFF2", hatched=True
        ),
        NO_ORDER: Across(NO_ORDER, _("no step up"), _("Without order there is no higher or lower."), SAME),
    }[key]
