"""Since when a client is followed, and until when."""

from __future__ import annotations

from datetime import date

from opstap.clients.logic import FollowUpRow
from opstap.exchange.logic import Code, ParsedRow
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.people import latest
from opstap.exchange.selectors.plan.timelines import Piece, Timeline, day_after, stored_timeline

Followed = tuple[str, str]
_GROUNDS = {"nugger": "nugger", "none": "other"}


def start_of(case: Case, draft: Draft) -> date | None:
    """The start of a client who isn't followed yet: begin of follow-up, of benefit, first placement, reference date."""
    for name in ("follow_up_from", "benefit_from", "measured_on"):
        days: list[date] = [day for row in case.rows if (day := getattr(row, name)) is not None]
        if days:
            return min(days)
    return draft.terms.reference_date


def start_is_wrong(case: Case, draft: Draft) -> bool:
    """Say that a new client has no start, or that an end without a begin comes before every known start."""
    known = [row[1] for row in draft.stored.follow_ups.get(case.client_id or 0, ())]
    named = [row.follow_up_from for row in case.rows if row.follow_up_from is not None]
    start = min([*known, *named]) if known else start_of(case, draft)
    if start is None:
        for row in case.rows if case.is_new else ():
            draft.say(row, Code.NO_START, "error", "follow_up_from", "benefit_from", "measured_on")
        return case.is_new
    wrong = False
    for row in case.rows:
        end, begin = row.follow_up_until, max(start, row.benefit_from or start)
        if end is not None and end < begin and row.follow_up_from is None:
            draft.say(row, Code.FOLLOW_UP_END_BEFORE_BEGIN, "error", "follow_up_until", value=on(end), begin=on(begin))
            wrong = True
    return wrong


def plan_follow_up(case: Case, draft: Draft) -> Timeline[Followed]:
    """Periods of follow-up as they will stand."""
    timeline: Timeline[Followed] = stored_timeline(draft.stored.follow_ups.get(case.id, ()), tuple)
    was_open = any(piece.ends_on is None for piece in timeline.pieces)
    for row in case.rows:
        if row.follow_up_from is not None and _from_until(timeline, row, row.follow_up_from):
            case.changed.add(row.number)
    start = start_of(case, draft)
    if not timeline.pieces and start is not None:
        timeline.add(start, None, (_ground(case.rows[-1]), ""))
        case.changed.add(case.rows[0].number)
    _close_and_return(timeline, case)
    draft.plan.additions.follow_ups.extend(
        FollowUpRow(case.id, piece.starts_on, piece.ends_on, *piece.value, replaces_id=piece.id)
        for piece in timeline.changes()
    )
    if was_open and all(piece.ends_on is not None for piece in timeline.pieces):
        draft.plan.large_change.ended.add(case.id)
    return timeline


def _close_and_return(timeline: Timeline[Followed], case: Case) -> None:
    """Ends first, then returns after an end with the end that belongs to them: whatever the order of the rows."""
    for row in case.rows:
        if _return_of(timeline, row) is None and _closes(timeline, row):
            case.changed.add(row.number)
    for row in case.rows:
        start = _return_of(timeline, row)
        if start is not None:
            timeline.add(start, None, (_ground(row), ""))
            _closes(timeline, row)
            case.changed.add(row.number)


def start_on(timeline: Timeline[Followed], day: date) -> date:
    """The start of the follow-up of a day; of the last one where the day lies outside, the day itself without any."""
    piece = timeline.at(day) or (timeline.pieces[-1] if timeline.pieces else None)
    return day if piece is None else piece.starts_on


def _from_until(timeline: Timeline[Followed], row: ParsedRow, start: date) -> bool:
    """A period that the file names: known, a new one, or the known one put back in time; its end closes it."""
    ends_on = day_after(row.follow_up_until)
    held = timeline.at(start)
    if held is not None:
        return ends_on is not None and _end(timeline, held, ends_on)
    later = timeline.after(start)
    if later is None or (ends_on is not None and ends_on <= later.starts_on):
        timeline.add(start, ends_on, (_ground(row), ""))
        return True
    later.starts_on = start
    if ends_on is not None:
        _end(timeline, later, ends_on)
    return True


def _return_of(timeline: Timeline[Followed], row: ParsedRow) -> date | None:
    """A benefit that begins after follow-up was closed opens it again."""
    start = row.benefit_from
    if start is None or row.follow_up_from is not None or not timeline.pieces:
        return None
    closed = timeline.pieces[-1].ends_on
    return None if closed is None or start < closed else start


def _closes(timeline: Timeline[Followed], row: ParsedRow) -> bool:
    """An end without a begin closes the last period that began before it."""
    ends_on = day_after(row.follow_up_until)
    if ends_on is None or row.follow_up_from is not None:
        return False
    begun = [piece for piece in timeline.pieces if piece.starts_on < ends_on]
    return bool(begun) and _end(timeline, begun[-1], ends_on)


def _end(timeline: Timeline[Followed], piece: Piece[Followed], ends_on: date) -> bool:
    later = timeline.after(piece.starts_on)
    if later is not None:
        ends_on = min(ends_on, later.starts_on)
    if piece.ends_on == ends_on:
        return False
    piece.ends_on = ends_on
    return True


def _ground(row: ParsedRow) -> str:
    kind = latest([row], "benefit_kind") or ""
    return _GROUNDS.get(kind, "benefit")
