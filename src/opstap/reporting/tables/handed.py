"""Who was handed over, in words: how many, what that leaves of a share, and who sees the whole of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.transitions import HandedOver
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.selectors.questions import Question


def handed_words(handed: HandedOver, question: Question) -> str:
    """How many they are; nothing where there are none."""
    if not handed.persons:
        return ""
    text = ngettext(
        "{count} person of the caseload of {earlier} was handed over to another since: what became of them you can't "
        "see.",
        "{count} people of the caseload of {earlier} were handed over to another since: what became of them you can't "
        "see.",
        handed.persons,
    )
    return text.format(count=number(handed.persons), earlier=day(question.compared_with))


def bounds_foot(handed: HandedOver, question: Question) -> str:
    """Why there are no percentages but bounds."""
    if not handed.is_any:
        return ""
    said = (handed_words(handed, question), own_words(handed), unlike_words(), ends_words(), who_sees_words())
    return " ".join(part for part in said if part)


def unlike_words() -> str:
    """Why the others say nothing of them."""
    return _("They need not be like the others: who rises is often handed over.")


def ends_words() -> str:
    """What the ends are."""
    return _(
        "So here stands no percentage but between which it lies: the lowest if it is so of none of them, the highest "
        "if it is so of all of them."
    )


def who_sees_words() -> str:
    """Who could say more."""
    return _("A coordinator sees everybody of then.")


def own_words(handed: HandedOver) -> str:
    """Why the lines of case managers count more who were handed over than all together."""
    if sum((handed.groups or {}).values()) <= handed.persons:
        return ""
    return _(
        "Of each case manager also counts whom they handed over within the team: so the line says what that case "
        "manager reads."
    )


def no_verdict_words(handed: HandedOver, question: Question, *, told: bool = False) -> str:
    """Why case managers are not held beside what is expected of what became of people; `told` says that some are."""
    if not handed.persons:
        return _within_the_team(told=told)
    said = _no_verdict()
    if told:
        said = _(
            "So a case manager is held beside coincidence only where it comes out the same whatever became of them. A "
            "coordinator sees everybody of then, with the comparison."
        )
    return f"{handed_words(handed, question)} {said}".strip()


def untold_words(handed: HandedOver, question: Question) -> str:
    """The same, where between what it lies stands beside it."""
    return f"{handed_words(handed, question)} {ends_words()} {_no_verdict()}"


def _no_verdict() -> str:
    return _(
        "So what became of people is not held beside coincidence here: who rises is often handed over. A coordinator "
        "sees everybody of then, with the comparison."
    )


def _within_the_team(*, told: bool) -> str:
    """The same where nobody left the team: its leader sees everybody of then."""
    if told:
        return _(
            "Who handed somebody over within the team does not read what became of them. So a case manager is held "
            "beside coincidence here only where it comes out the same whatever became of them."
        )
    return _(
        "Who handed somebody over within the team does not read what became of them. So case managers are not held "
        "beside coincidence here."
    )
