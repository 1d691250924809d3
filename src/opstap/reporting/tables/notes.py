"""What must be said beside the figures of a question."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.facts.selectors.dimensions import UNKNOWN, dimension_of
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.enums import Shares
from opstap.reporting.selectors.counting import gone_in
from opstap.reporting.selectors.handed import handed_since
from opstap.reporting.selectors.questions import Question

OF_THE_LATER_DAY = frozenset({"inflow"})  # of two days these reports count the people of the second
ENTRIES_TOO = frozenset({"movement"})
OF_BOTH = frozenset({"differences", "indicators"})  # figures of the reference date beside those of two days
OF_THOSE_SEEN = frozenset({"caseload"})  # a list of people


def notes_of(question: Question) -> tuple[str, ...]:
    """Scope, knowledge, and groups that overlap."""
    notes = _scope(question)
    notes.extend(_through(question))
    for key in dict.fromkeys(key for key, _group in question.where):
        labels = [group.label for other, group in question.where if other == key]
        words = _(" or ").join(labels)
        notes.append(
            _("Only people with {dimension}: {group}.").format(dimension=question.dimension_name(key), group=words)
        )
    if question.team is not None:
        notes.append(_of_team(question.team.label, question))
    notes.extend(_two_days(question))
    if question.by and dimension_of(question.by).many:
        notes.append(_("Someone can fall in several groups, so the groups may add up to more than the total."))
    if question.by in {"district", "neighbourhood"} and set(question.words[question.by]) == {UNKNOWN}:
        notes.append(_("There is no table of districts for this day. An administrator can take one over."))
    if question.shares == Shares.CLOSING:
        notes.append(_("The shares of the levels are rounded so that together they are exactly 100%."))
    return tuple(notes)


def _through(question: Question) -> list[str]:
    """Through which crosswalk the figures are read, from which scale, and whether that is an example."""
    crosswalk, language = question.crosswalk, get_language() or "nl"
    if crosswalk is None:
        return []
    text = _("Read through the crosswalk {name}: counted are the placements on {source}.")
    notes = [text.format(name=crosswalk.name(language), source=crosswalk.source.name(language))]
    if crosswalk.is_example:
        notes.append(_("This crosswalk is an example; nobody has laid it down."))
    return notes


def _scope(question: Question) -> list[str]:
    if question.whole_municipality:
        # Said whether there are any or not, or it would tell on which day somebody was protected.
        return [] if question.viewer_id is None else [_("Dossiers that you may not see don't count.")]
    counted_on = _counted_on(question)
    said = _("Only people whom you may see today are counted, by the caseload of the reference date.")
    if counted_on:
        text = _("Only people whom you may see today are counted, by the caseload of {day}.")
        said = text.format(day=day(counted_on))
    gone = 0 if question.report in OF_THOSE_SEEN else gone_in(question)
    text = ngettext(
        "1 person more is counted, who left follow-up from this caseload; you can't open their dossier now.",
        "{count} people more are counted, who left follow-up from this caseload; you can't open their dossiers now.",
        gone,
    )
    return [said, *([text.format(count=number(gone))] if gone else []), *_handed_since(question)]


def _handed_since(question: Question) -> list[str]:
    """How many of the reference date are with another now, where figures are of that day."""
    if _counted_on(question) and question.report not in OF_BOTH:
        return []
    handed = handed_since(question)
    text = ngettext(
        "{count} person of the caseload of {day} is with another now, and is not in the figures of that day.",
        "{count} people of the caseload of {day} are with another now, and are not in the figures of that day.",
        handed,
    )
    return [text.format(count=number(handed), day=day(question.on))] if handed else []


def _of_team(team: str, question: Question) -> str:
    counted_on = _counted_on(question)
    if counted_on:
        return _("Only people of {team} on {day}.").format(team=team, day=day(counted_on))
    return _("Only people of {team} on the reference date.").format(team=team)


def _two_days(question: Question) -> list[str]:
    """Of which day the groups are, where there are groups."""
    grouped = question.by or question.where or question.team or not question.whole_municipality
    counted_on = _counted_on(question)
    if counted_on is None or not grouped:
        return []
    text = _("Groups are those of {earlier}.")
    if question.report in ENTRIES_TOO:
        text = _("Groups are those of {earlier}; who is new is in the group of {later}.")
    return [text.format(earlier=day(counted_on), later=day(question.on))]


def _counted_on(question: Question) -> date | None:
    """The earlier of two days, where the people counted are those of that day."""
    return None if question.report in OF_THE_LATER_DAY else question.compared_with
