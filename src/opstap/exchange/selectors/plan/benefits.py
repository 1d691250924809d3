"""Benefit spells: known, ended, put back in time, another kind, or a new one; never two of one kind at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from opstap.clients.logic import BenefitSpellRow
from opstap.exchange.enums import Compared
from opstap.exchange.logic import ParsedRow
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case, saying_when
from opstap.exchange.selectors.plan.timelines import Piece, Timeline, day_after, stored_timeline


class Spell(NamedTuple):
    """A spell without its period."""

    kind: str
    entry_reason: str = ""
    exit_reason: str = ""
    origin_of_entry: str = ""


# One household has one of these at a time; the others (Anw, Wsw, sheltered work) may run beside them and each other.
_ONE_AT_A_TIME = frozenset({"participatiewet", "wwb", "ioaw", "ioaz", "bbz"})
_NO_BENEFIT = frozenset({"nugger", "none"})

# What "benefit" means in a file that names no kind: social assistance under the act of the day it began.
_ASSISTANCE = ((date(2015, 1, 1), "participatiewet"), (date.min, "wwb"))


def plan_benefits(case: Case, draft: Draft, since: date) -> None:
    """The spells of the client as they will stand. `since` is where a status without begin, such as nugger, starts."""
    timeline: Timeline[Spell] = stored_timeline(draft.stored.benefit_spells.get(case.id, ()), lambda rest: Spell(*rest))
    was_on_benefit = _on_benefit(timeline, draft)
    is_known = bool(timeline.pieces)
    for day, is_status, number, row in sorted(_events(case, draft, since, is_known=is_known), key=itemgetter(0, 1, 2)):
        tell = _without_begin if is_status else _spell
        if tell(timeline, row, day, draft):
            case.changed.add(number)
    draft.plan.additions.benefit_spells.extend(_rows(case.id, timeline))
    if was_on_benefit and not _on_benefit(timeline, draft):
        draft.plan.large_change.ended.add(case.id)


def _events(case: Case, draft: Draft, since: date, *, is_known: bool) -> Iterator[tuple[date, bool, int, ParsedRow]]:
    """What the rows say of benefits, day by day and begins first, whatever their order in the file."""
    statuses = saying_when([row for row in case.rows if row.benefit_kind is not None and row.benefit_from is None])
    begins = any(row.benefit_from is not None for row in case.rows)
    for row in case.rows:
        if row.benefit_from is not None:
            yield row.benefit_from, False, row.number, row
        elif row in statuses and not (begins and row.measured_on is None):
            dated = row.measured_on or max(draft.terms.effective_on, since)
            yield (dated if begins or is_known else since), True, row.number, row


def _rows(client_id: int, timeline: Timeline[Spell]) -> Iterator[BenefitSpellRow]:
    for piece in timeline.changes():
        kind, entry, leaving, origin = piece.value
        yield BenefitSpellRow(client_id, kind, piece.starts_on, piece.ends_on, entry, leaving, origin, piece.id)


def _on_benefit(timeline: Timeline[Spell], draft: Draft) -> bool:
    counting = {kind for kind, option in draft.kinds.items() if option.counts_as_benefit}
    return any(piece.ends_on is None and piece.value.kind in counting for piece in timeline.pieces)


def _spell(timeline: Timeline[Spell], row: ParsedRow, start: date, draft: Draft) -> bool:
    kind = row.benefit_kind or _assumed_kind(timeline, row, start, draft)
    ends_on = day_after(row.benefit_until)
    same = [piece for piece in timeline.pieces if piece.value.kind == kind]
    begun = [piece for piece in same if piece.starts_on == start]
    known = next((piece for piece in begun if piece.ends_on == ends_on), begun[0] if begun else None)
    if known is not None:
        return _correct(timeline, known, row, ends_on)
    if (around := next((piece for piece in same if piece.covers(start)), None)) is not None:
        begin = on(around.starts_on)
        draft.say(row, Compared.BENEFIT_STILL_OPEN, "warning", "benefit_from", value=on(start), begin=begin)
        return ends_on is not None and around.ends_on is None and _correct(timeline, around, row, ends_on)
    later = next((piece for piece in same if piece.starts_on > start), None)
    if later is not None and (ends_on is None or ends_on > later.starts_on):
        later.starts_on = start
        _correct(timeline, later, row, ends_on)
        return True
    _open(timeline, row, kind, start, ends_on)
    return True


def _assumed_kind(timeline: Timeline[Spell], row: ParsedRow, start: date, draft: Draft) -> str:
    known = next((piece for piece in timeline.pieces if piece.starts_on == start), None)
    if known is not None:
        return known.value.kind
    kind = next(kind for day, kind in _ASSISTANCE if start >= day)
    label = draft.kinds[kind].nl
    draft.say(row, Compared.BENEFIT_KIND_ASSUMED, "warning", "benefit_from", value=on(start), kind=label)
    return kind


def _correct(timeline: Timeline[Spell], piece: Piece[Spell], row: ParsedRow, ends_on: date | None) -> bool:
    """What the file says otherwise of a spell that is known."""
    before = (piece.starts_on, piece.ends_on, piece.value)
    if ends_on not in {None, piece.ends_on}:
        of_kind = (other for other in timeline.pieces if other.value.kind == piece.value.kind)
        later = next((other for other in of_kind if other.starts_on > piece.starts_on), None)
        piece.ends_on = ends_on if later is None else min(ends_on, later.starts_on)
    piece.value = piece.value._replace(
        entry_reason=row.entry_reason or piece.value.entry_reason,
        exit_reason=(row.exit_reason if row.benefit_until else None) or piece.value.exit_reason,
    )
    return (piece.starts_on, piece.ends_on, piece.value) != before


def _open(timeline: Timeline[Spell], row: ParsedRow, kind: str, start: date, ends_on: date | None) -> None:
    """A spell of a kind that doesn't run then: what runs of another kind ends, one that began that day was mistaken."""
    value = Spell(kind, row.entry_reason or "", (row.exit_reason or "") if row.benefit_until else "")
    others = [piece for piece in timeline.pieces if _excludes(piece.value.kind, kind)]
    running = next((piece for piece in others if piece.ends_on is None and piece.starts_on <= start), None)
    if running is not None and running.starts_on == start:
        running.value = running.value._replace(kind=kind)
        _correct(timeline, running, row, ends_on)
        return
    if running is not None:
        running.ends_on = start
    later = next((piece for piece in others if piece.starts_on > start), None)
    if ends_on is None and later is not None:
        ends_on = later.starts_on
    timeline.add(start, ends_on, value)


def _excludes(one: str, other: str) -> bool:
    """Whether the second kind can't begin while the first runs."""
    return one == other or bool({one, other} & _NO_BENEFIT) or {one, other} <= _ONE_AT_A_TIME


def _without_begin(timeline: Timeline[Spell], row: ParsedRow, day: date, draft: Draft) -> bool:
    """A status that is no benefit holds from the start of follow-up; a changed one from the day the row is about.

    Of a benefit without a begin the duration would be invented, so none is recorded.
    """
    kind = row.benefit_kind or ""
    if any(piece.value.kind == kind and (piece.covers(day) or piece.ends_on is None) for piece in timeline.pieces):
        return False
    if draft.kinds[kind].counts_as_benefit:
        draft.say(row, Compared.BENEFIT_WITHOUT_BEGIN, "warning", "benefit_kind", value=draft.kinds[kind].nl)
        return False
    _open(timeline, row, kind, day, None)
    return True
