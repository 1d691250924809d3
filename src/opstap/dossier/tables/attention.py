"""Why someone needs attention, in words: in a list, above it, and in the head of a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import AWAY
from opstap.selections.logic import ANY, Criteria

MARKED, PRIORITY = "marked", "priority"  # as choices among the others, where they stand in one list

WORDS: Mapping[Reason, str | Promise] = {
    Reason.NEVER_PLACED: gettext_lazy("not placed yet"),
    Reason.PLACED_LONG_AGO: gettext_lazy("placement of {months} months or older"),
    Reason.EXPECTED_PASSED: gettext_lazy("expected date has passed"),
    Reason.GROWTH_UNUSED: gettext_lazy("growth potential without a trajectory upward"),
    Reason.NO_NEXT_CONTACT: gettext_lazy("no next contact"),
    Reason.NEWLY_ASSIGNED: gettext_lazy("new in the caseload"),
}


@dataclass(frozen=True)
class Tab:
    """A choice above the list, with how many it holds."""

    value: str
    label: str
    count: int
    query: str
    current: bool


def reason_words(reasons: Iterable[Reason], placement_months: int) -> list[str]:
    """Each reason in words; a placement is old after as many months as the municipality says."""
    return [str(WORDS[reason]).format(months=placement_months) for reason in reasons]


def attention_tabs(
    counts: Mapping[str, int], asked: Criteria, marked: int, *, placement_months: int, leads: bool = False
) -> list[Tab]:
    """Everybody, who needs attention, each reason that somebody has or that is chosen, who comes first, and whom one
    marked.
    """
    choices = [("", _("Everyone")), (ANY, _("Attention"))]
    words = zip(Reason, reason_words(Reason, placement_months), strict=True)
    choices += [(reason.value, _capital(said)) for reason, said in words]
    choices.append((AWAY, _("Not reachable")))
    tabs = [
        Tab(
            key,
            label,
            counts[key],
            asked.but(attention=key, marked="", priority="").query,
            asked.attention == key and not asked.marked and not asked.priority,
        )
        for key, label in choices
        if counts[key] or key in {"", ANY, asked.attention}
    ]
    first = counts.get(PRIORITY, 0)
    if first or asked.priority:
        those = asked.but(attention="", marked="", priority="yes").query
        label = _("Priorities") if leads else _("My priorities")
        tabs.append(Tab(PRIORITY, label, first, those, bool(asked.priority)))
    if marked or asked.marked:
        own = asked.but(attention="", priority="", marked="yes").query
        tabs.append(Tab(MARKED, _("Marked by me"), marked, own, bool(asked.marked)))
    return tabs


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
