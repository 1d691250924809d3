"""Working lists in words: one's own, those of the team, and those that Opstap brings along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.selections.logic import DIAGNOSIS_FIRST, READY, SHIPPED, Criteria
from opstap.selections.models import WorkingList


@dataclass(frozen=True)
class ListLine:
    """A list that can be opened."""

    reference: str
    name: str
    whose: str
    query: str
    own: bool
    current: bool


PART_OF_LIST = {READY: "plans"}


def lists_in_words(
    kept: Iterable[WorkingList], user_id: int | None, asked: Criteria, parts: frozenset[str], scale: str
) -> list[ListLine]:
    """First what people kept, then what is shipped for the parts that are in use and the ladder at hand."""
    lines = [_kept(one, user_id, asked) for one in kept]
    names = {
        DIAGNOSIS_FIRST: _("Diagnosis first: level 3, young, ill or disabled, or a single parent"),
        READY: _("Ready for a step: expected higher, placed this year, no trajectory upward or without a goal"),
    }
    shipped = [
        ListLine("", names[one.key], _("Opstap"), one.criteria.query, own=False, current=one.criteria == asked.kept)
        for one in SHIPPED
        if PART_OF_LIST.get(one.key) in {None, *parts} and one.is_for(scale)
    ]
    return [*lines, *shipped]


def _kept(one: WorkingList, user_id: int | None, asked: Criteria) -> ListLine:
    own = one.owner_id == user_id
    whose = "" if own and one.team_id is None else _("shared") if own else one.owner.name
    return ListLine(one.reference, one.name, whose, one.query, own=own, current=one.query == asked.kept.query)
