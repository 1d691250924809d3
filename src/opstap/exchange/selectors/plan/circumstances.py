"""Traits, barriers and exemptions: what the file shows is added; what it doesn't show is never ended."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from opstap.clients.enums import TraitKind
from opstap.clients.logic import BarrierRow, ExemptionRow, TraitRow
from opstap.exchange.logic import ParsedRow
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case, saying_when
from opstap.exchange.selectors.plan.timelines import Piece, Timeline, day_after, stored_timeline

V = TypeVar("V")
_KINDS = tuple(kind.value for kind in TraitKind)
UNKNOWN, NONE = "unknown", "none"
Exempted = tuple[str, str, date | None]


def _first(rest: tuple[Any, ...]) -> str:
    return str(rest[0])


def plan_traits(case: Case, draft: Draft, since: date) -> None:
    """A trait holds from the measuring day, else from the start of follow-up; unknown is no news by itself."""
    stored = draft.stored.traits.get(case.id, ())
    for kind in _KINDS:
        rows = saying_when([row for row in case.rows if getattr(row, kind) is not None])
        if not rows:
            continue
        timeline = stored_timeline([(row[0], row[1], row[2], row[4]) for row in stored if row[3] == kind], _first)
        for row in rows:
            value = getattr(row, kind)
            day = row.measured_on or (max(draft.terms.effective_on, since) if timeline.pieces else since)
            if value == UNKNOWN and timeline.at(day) is None:
                continue
            if timeline.observe(day, value):
                case.changed.add(row.number)
        draft.plan.additions.traits.extend(
            TraitRow(case.id, kind, piece.value, piece.starts_on, piece.ends_on, piece.id)
            for piece in timeline.changes()
        )


def plan_barriers(case: Case, draft: Draft, since: date) -> None:
    """A barrier that doesn't hold yet begins on the measuring day, else with follow-up; one is never ended by absence.

    "None known" stands only while there is no other.
    """
    if not any(row.barriers for row in case.rows):
        return
    timeline = stored_timeline(draft.stored.barriers.get(case.id, ()), _first)
    for row in case.rows:
        day = row.measured_on or (max(draft.terms.effective_on, since) if timeline.pieces else since)
        for kind in row.barriers:
            if _add_barrier(timeline, kind, day):
                case.changed.add(row.number)
    draft.plan.additions.barriers.extend(
        BarrierRow(case.id, piece.value, piece.starts_on, piece.ends_on, piece.id) for piece in timeline.changes()
    )


def _add_barrier(timeline: Timeline[str], kind: str, day: date) -> bool:
    held = [piece for piece in timeline.pieces if piece.covers(day) or piece.ends_on is None]
    if any(piece.value == kind for piece in held) or (kind == NONE and held):
        return False
    none = next((piece for piece in held if piece.value == NONE), None)
    if none is not None and none.starts_on >= day:
        none.starts_on, none.value = day, kind
        return True
    if none is not None:
        none.ends_on = day
    _hold_from(timeline, day, None, kind)
    return True


def _hold_from(timeline: Timeline[V], day: date, ends_on: date | None, value: V) -> None:
    """A new period, or the same thing known from a later day on put back in time."""
    later = next((piece for piece in timeline.pieces if piece.value == value and piece.starts_on > day), None)
    if later is not None and (ends_on is None or ends_on >= later.starts_on):
        later.starts_on = day
    else:
        timeline.add(day, ends_on, value)


def plan_exemptions(case: Case, draft: Draft, since: date) -> None:
    """An exemption that doesn't hold yet, with the end that the file gives; another end of a known one corrects it."""
    rows = [row for row in case.rows if row.exemption is not None]
    if not rows:
        return
    timeline: Timeline[Exempted] = stored_timeline(draft.stored.exemptions.get(case.id, ()), tuple)
    for row in rows:
        day = row.measured_on or (max(draft.terms.effective_on, since) if timeline.pieces else since)
        if _exempt(timeline, row, day, since):
            case.changed.add(row.number)
    draft.plan.additions.exemptions.extend(_exemption_row(case.id, piece) for piece in timeline.changes())


def _exempt(timeline: Timeline[Exempted], row: ParsedRow, day: date, since: date) -> bool:
    ends_on = day_after(row.exemption_until)
    if ends_on is not None and ends_on <= day:
        day = since  # it had ended by the day of the row
    same = [piece for piece in timeline.pieces if piece.value[0] == row.exemption]
    held = next((piece for piece in same if piece.covers(day) and piece.ends_on == ends_on), None)
    held = held or next((piece for piece in same if piece.covers(day) or piece.ends_on is None), None)
    if held is not None:
        if ends_on is None or ends_on == held.ends_on or ends_on <= held.starts_on:
            return False
        held.ends_on = ends_on
        return True
    if ends_on is not None and ends_on <= day:
        return False
    _hold_from(timeline, day, ends_on, (row.exemption or "", "", None))
    return True


def _exemption_row(client_id: int, piece: Piece[Exempted]) -> ExemptionRow:
    ground, duty, decided_on = piece.value
    return ExemptionRow(client_id, ground, piece.starts_on, piece.ends_on, duty, decided_on, piece.id)
