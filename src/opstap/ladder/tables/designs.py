"""The words of what is wrong with a design, and which field or section each is about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.ladder.logic import DesignFault

ANSWERS = "answers"
FIELDS = {
    "key_not_understood": "key",
    "key_taken": "key",
    "name_missing": "name_nl",
    "horizon_not_understood": "horizon_months",
    "starts_in_the_past": "starts_on",
    "starts_before_the_version_before": "starts_on",
    "code_not_understood": "code",
    "code_twice": "code",
    "level_name_missing": "name_nl",
    "half_level_in_crosswalk": "halves",
    "question_missing": "text_nl",
    "question_never_asked": "text_nl",
    "question_asked_twice": "yes",
    "answer_leads_nowhere": ANSWERS,
}
SECTIONS = {
    "too_few_levels": "levels",
    "used_level_gone": "levels",
    "level_in_crosswalk": "levels",
    "used_levels_in_another_order": "levels",
    "too_many_questions": "questions",
}


def row_name(fault: DesignFault, field: str) -> str:
    """Which level or question a fault is about, with the label of its field where there is one."""
    number = {"number": fault.place + 1}
    row = _("Level %(number)s") % number if fault.where == "level" else _("Question %(number)s") % number
    return f"{row}, {field}" if field else row


def section_name(section: str) -> str:
    """The levels or the questions together."""
    return _("Levels") if section == "levels" else _("Questions")


def fault_words(code: str) -> str:
    """What is wrong and the way out; of a row without a capital, as the name of the row stands before it."""
    return _words().get(code, code)


def _words() -> dict[str, str]:
    return {
        "key_not_understood": _(
            "The short name is made of small letters, figures and hyphens and begins with a letter."
        ),
        "key_taken": _("There is a scale with this short name already. Choose another."),
        "name_missing": _("Give the scale a name."),
        "horizon_not_understood": _("The horizon is a number of months from 1 to 120."),
        "too_few_levels": _("A scale has at least two levels. Add a level."),
        "starts_in_the_past": _(
            "People stand on this scale, so it changes from today or from a later day: reports of the past stay as "
            "they were."
        ),
        "starts_before_the_version_before": _(
            "This scale has a version that begins later. Choose that day or a later one."
        ),
        "kind_of_a_used_scale": _(
            "People stand on this scale, so its kind and how growth is judged are fixed. Make a new scale with a "
            "crosswalk instead."
        ),
        "code_not_understood": _("a code is made of at most six letters and figures, such as 1 or A."),
        "code_twice": _(
            "this code stands with another level too, or is the code 0 that every scale has. Choose another."
        ),
        "level_name_missing": _("give the level a name."),
        "used_level_gone": _(
            "A level on which people were placed, or to which help leads, is missing. Put it back, or make a new scale "
            "with a crosswalk."
        ),
        "level_in_crosswalk": _(
            "A crosswalk names a level that is missing here. Put it back, or change the crosswalk."
        ),
        "half_level_in_crosswalk": _(
            "a crosswalk names a half-level of this level. Keep the half-levels, or change the crosswalk."
        ),
        "used_level_changed": _(
            "people were placed on this level, or help leads to it, so its half-levels and marks are fixed. Make a new "
            "scale with a crosswalk instead."
        ),
        "used_levels_in_another_order": _(
            "Levels on which people were placed stand in another order. Put them back in their order."
        ),
        "question_missing": _("write the question."),
        "answer_leads_nowhere": _("choose for both answers where they lead."),
        "question_never_asked": _("no answer leads to this question. Let an answer lead to it, or take it away."),
        "question_asked_twice": _("its answers lead back to this same question. Let one of them lead to a level."),
        "too_many_questions": _(
            "One way through the questions has more than five. Let an answer lead to a level sooner."
        ),
    }
