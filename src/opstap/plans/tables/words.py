"""Faults and warnings in words, with the way out."""

from __future__ import annotations

from django.utils.translation import gettext as _

FIELDS: dict[str, tuple[str, ...]] = {
    "ends_before_it_starts": ("last_day",),
    "starts_too_far_ahead": ("starts_on",),
    "kind_unknown": ("kind",),
    "instrument_unknown": ("instrument", "kind"),
    "goal_unknown": ("goal",),
    "result_without_end": ("last_day",),
    "result_unknown": ("result", "end_reason"),
    "description_missing": ("description",),
}


def fault_words(code: str) -> str:
    """Why it was refused."""
    return {
        "ends_before_it_starts": _("The last day lies before the first day. Change one of the two."),
        "starts_too_far_ahead": _("The first day lies more than a year ahead. Fill in an earlier day."),
        "kind_unknown": _("This could not be chosen yet, or no longer, on the first day. Choose another."),
        "instrument_unknown": _("This could not be chosen yet, or no longer, on the first day. Choose another."),
        "goal_unknown": _("This level is no goal. Choose another."),
        "two_goals": _("Choose a level, or to keep the level, not both."),
        "result_without_end": _("A result or reason goes with an end. Fill in the last day."),
        "result_unknown": _("This result or reason could not be chosen on the last day. Choose another."),
        "trajectory_unknown": _("The trajectory is withdrawn meanwhile. Begin a new one first."),
        "description_missing": _("Say what is done."),
    }.get(code, _("This can't be saved. Look at it again."))


def warning_words(code: str) -> str:
    """What is worth a look."""
    return {
        "outside_follow_up": _("The trajectory begins outside the time of follow-up. Check the day."),
        "outside_trajectory": _("This lies partly outside its trajectory. Check the days of both."),
    }[code]
