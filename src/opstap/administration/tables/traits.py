"""Words of the traits that a municipality defines."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opstap.municipality.logic import CHOICE, DAY, NUMBER, YES_NO

NOT_RECORDED = gettext_lazy(
    "Opstap records nothing about origin, no prediction about a person, and not whether somebody is willing. "
    "Choose another word if you mean something else."
)
FIELDS = {
    "key_not_understood": "key",
    "key_taken": "key",
    "name_missing": "name_nl",
    "name_not_recorded": "name_nl",
    "choice_not_recorded": "choices",
    "choices_not_understood": "choices",
    "choice_gone": "choices",
    "kind_is_fixed": "kind",
    "ends_before_it_starts": "ends_on",
}


def trait_kind_name(kind: str) -> str:
    """What sort of answer a trait takes."""
    return {YES_NO: _("yes or no"), CHOICE: _("one of a list"), NUMBER: _("a number"), DAY: _("a day")}.get(kind, kind)


def trait_fault_words(code: str) -> str:
    """Why a trait can't be saved so, and the way out."""
    return {
        "key_not_understood": _(
            "The short name is made of small letters, figures and underscores and begins with a letter."
        ),
        "key_taken": _("There is a trait with this short name already. Choose another."),
        "name_missing": _("Give the trait a name."),
        "name_not_recorded": str(NOT_RECORDED),
        "choice_not_recorded": str(NOT_RECORDED),
        "choices_not_understood": _("Give the list at least two different codes, one a line, each with its label."),
        "choice_gone": _("A code of the list is missing. What was recorded uses it: put it back, or change its label."),
        "kind_is_fixed": _("The kind of a trait is fixed. End this trait and make a new one."),
        "ends_before_it_starts": _("The end lies before the start. Choose a later day."),
    }.get(code, code)
