"""The answer of the report `traits-changed` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.transitions import TraitWays
from opstap.analytics.uncertainty import Difference
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.traits_changed import LEFT
from opstap.reporting.tables.handed import handed_words
from opstap.reporting.tables.intervals import change_words
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.traits_changed.rows import changes_of, figures_of
from opstap.reporting.tables.traits_changed.words import trait_label, way_words
from opstap.reporting.tables.words import group_label


def lead(result: Result) -> str:
    """How many were there on both days, and of each trait whether more or fewer have it."""
    question = result.question
    start = ngettext(
        "{n} person was in follow-up on {earlier} and on {later}.",
        "{n} people were in follow-up on {earlier} and on {later}.",
        result.base,
    ).format(n=number(result.base), earlier=day(question.compared_with), later=day(question.on))
    part = figures_of(result).overall
    gone = ngettext(
        "Of the {all} who were in follow-up on {earlier}, {n} was not any more on {later}, and counts no further here.",
        "Of the {all} who were in follow-up on {earlier}, {n} were not any more on {later}, and count no further here.",
        part.left,
    ).format(all=number(part.earlier), n=number(part.left), earlier=day(question.compared_with), later=day(question.on))
    handed = figures_of(result).handed
    changes = changes_of(part, handed)
    said = [_of_trait(key, ways, changes[key]) for key, ways in part.traits.items()]
    return " ".join(one for one in (start, gone if part.left else "", handed_words(handed, question), *said) if one)


def _of_trait(key: str, ways: TraitWays, changed: Difference) -> str:
    """From how many to how many, and what that means."""
    name = trait_label(key)
    if not ways.known:
        return _("{trait}: known of nobody on both days.").format(trait=name)
    text = _("{trait}: from {then} to {now} of the {known} of whom it is known on both days; {change}.")
    then, now = number(ways.kept + ways.gone), number(ways.kept + ways.new)
    words = {"trait": name, "then": then, "now": now, "known": number(ways.known)}
    return text.format(**words, change=change_words(changed, short=True))


def nobody_on_both(question: Question) -> str:
    """The answer when there is nobody to compare with themselves."""
    text = _("Nobody was in follow-up on {earlier} and on {later}, as far as you may see and with these filters.")
    return text.format(earlier=day(question.compared_with), later=day(question.on))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    del language
    group, trait, way = (cell.get(key, "") for key in ("group", "trait", "way"))
    parts = [group_label(question, group)] if group else []
    if way == LEFT:
        parts.append(_("out of follow-up on the later day"))
    elif trait and way:
        parts.append(f"{trait_label(trait)}: {way_words(way)[0]}")
    return ", ".join(parts) or _("everyone in follow-up on both days")
