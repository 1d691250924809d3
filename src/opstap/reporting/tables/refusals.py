"""A question that can't be answered, in words, with the way out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.groups import dimension_label


def explain(refused: QuestionRefused, *, on_screen: bool = True) -> str:
    """What was wrong, and what would be right: in words on screen, in keys on the command line."""
    words = on_screen and refused.code == "dimension_unknown"
    right = ", ".join(dimension_label(key) if words else key for key in refused.right)
    texts = {
        "day_not_understood": _("'{given}' is not a day. Write it as 2010-09-15 or 15-09-2010."),
        "day_to_come": _(
            "{given} is still to come, so nothing is known of it. Choose today, {right}, or an earlier day."
        ),
        "moment_to_come": _(
            "What was known at {given} can't be said: that is still to come. Choose today, {right}, or an earlier day."
        ),
        "moment_not_understood": _("'{given}' is not a moment. Write it as 2010-09-15 or 2010-09-15T14:00."),
        "scale_unknown": _("There is no scale '{given}'. There are: {right}."),
        "crosswalk_unknown": (
            _("There is no crosswalk '{given}' on this day. There are: {right}.")
            if right
            else _("There is no crosswalk '{given}' on this day, nor another. Choose a later day, or leave it out.")
        ),
        "crosswalk_other_scale": _(
            "The crosswalk '{given}' leads to another scale. Choose that scale, or one of these crosswalks: {right}."
        ),
        "crosswalk_none_there": _(
            "The crosswalk '{given}' leads to another scale, and no crosswalk leads to this one. Choose that scale, or "
            "leave the crosswalk out."
        ),
        "dimension_unknown": _("Figures can't be shown by '{given}' here. Choose from: {right}."),
        "group_unknown": _("There is no group '{given}'. Choose from: {right}."),
        "where_not_understood": _("'{given}' is not a filter. Write it as dimension=group, such as sex=female."),
        "word_unknown": _("This page does not know '{given}' in its address. It knows: {right}."),
        "parameter_not_taken": _("This report does not take '{given}'. It takes: {right}."),
        "compared_with_not_before": _(
            "The day to compare with, {given}, must lie before the reference date, {right}. Change one of the two."
        ),
        "shares_not_understood": _("'{given}' is not a way of rounding shares. Choose from: {right}."),
        "decimals_not_understood": _("'{given}' is not a number of decimals. Choose from: {right}."),
    }
    return texts[refused.code].format(given=refused.given, right=right)
