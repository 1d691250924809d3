"""Since when a client is followed, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from opstap.clients.logic import FollowUpRow
from opstap.clients.models import FollowUp
from opstap.exchange.logic import Code, ParsedRow
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.people import latest
from opstap.exchange.selectors.plan.timelines import Piece, Timeline, day_after, stored_timeline

Followed = tuple[str, str]
Merged = Mapping[str, int]  # the merged dossiers that the file names, by number
_GROUNDS = {"nugger": "nugger", "none": "other"}


def start_of(rows: Sequence[ParsedRow], draft: Draft) -> date | None:
    """The start of a client who isn't followed yet: begin of follow-up, of benefit, first placement, reference date."""
    for name in ("follow_up_from", "benefit_from", "measured_on"):
        days: list[date] = [day for row in rows if (day := getattr(row, name)) is not None]
        if days:
            return min(days)
    return draft.terms.reference_date


def start_is_wrong(case: Case, draft: Draft) -> bool:
    """Say that a new client has no start, or that an end without a begin comes before every known start."""
    known = [row[1] for row in draft.stored.follow_ups.get(case.client_id or 0, ())]
    named = [row.follow_up_from for row in case.rows if row.follow_up_from is not None]
    start = min([*known, *named]) if known else start_of(case.rows, draft)
    if start is None:
        for row in case.rows if case.is_new else ():
            draft.say(row, Code.NO_START, "error", "follow_up_from", "benefit_from", "measured_on")
        return case.is_new
    wrong = []
    for row in case.rows:
        end, begin = row.follow_up_until, max(start, row.benefit_from or start)
        if end is not None and end < begin and row.follow_up_from is None:
            draft.say(row, Code.FOLLOW_UP_END_BEFORE_BEGIN, "error", "follow_up_until", value=on(end), begin=on(begin))
            wrong.append(row)
    if wrong and not known:
        _refuse_without_start(case, wrong, start, draft)
    return bool(wrong)


def _refuse_without_start(case: Case, wrong: list[ParsedRow], start: date, draft: Draft) -> None:
    """Rows of a new client whose start was told by a refused row alone: an earlier one must not take its place,

    or the refused row would be right when the file comes again.
    """
    rest = [row for row in case.rows if row not in wrong]
    start_of_rest = start_of(rest, draft)
    if start_of_rest is not None and start_of_rest < start:
        columns = ("follow_up_from", "benefit_from", "measured_on")
        for row in rest:
            draft.say(row, Code.START_REFUSED, "error", *columns, refused_row=str(wrong[0].number))


def plan_follow_up(case: Case, draft: Draft) -> Timeline[Followed]:
    """Periods of follow-up as they will stand."""
    timeline: Timeline[Followed] = stored_timeline(draft.stored.follow_ups.get(case.id, ()), tuple)
    for piece in timeline.pieces:
        piece.dossier = draft.stored.owner(FollowUp, piece.id, 0)
    merged = {number: draft.stored.clients[number] for number in case.merged}
    was_open = any(piece.ends_on is None for piece in timeline.pieces)
    start = start_of(case.rows, draft)
    if not timeline.pieces and start is not None and all(row.follow_up_from is None for row in case.rows):
        timeline.add(start, None, (_ground(case.rows[-1]), ""))
        case.changed.add(case.rows[0].number)
    for _, what, number, row in sorted(_events(case)):
        if _TOLD[what](timeline, row, merged):
            case.changed.add(number)
    draft.plan.additions.follow_ups.extend(
        FollowUpRow(case.id, piece.starts_on, piece.ends_on, *piece.value, replaces_id=piece.id)
        for piece in timeline.changes()
    )
    if was_open and all(piece.ends_on is not None for piece in timeline.pieces):
        draft.plan.large_change.ended.add(case.id)
    return timeline


def _events(case: Case) -> Iterator[tuple[date, int, int, ParsedRow]]:
    """What the rows say of follow-up, day by day, so that their order in the file makes no difference."""
    for row in case.rows:
        ends_on = day_after(row.follow_up_until)
        if row.follow_up_from is not None:
            yield row.follow_up_from, _BEGINS, row.number, row
            continue
        if ends_on is not None:
            yield ends_on, _ENDS, row.number, row
        if row.benefit_from is not None:
            yield row.benefit_from, _RETURNS, row.number, row


def start_on(timeline: Timeline[Followed], day: date) -> date:
    """The start of the follow-up of a day; of the last one where the day lies outside, the day itself without any."""
    piece = timeline.at(day) or (timeline.pieces[-1] if timeline.pieces else None)
    return day if piece is None else piece.starts_on


def _begins(timeline: Timeline[Followed], row: ParsedRow, _merged: Merged) -> bool:
    """A period that the file names: known, a new one, or the known one put back in time; its end closes it."""
    start = row.follow_up_from
    if start is None:
        return False
    ends_on = day_after(row.follow_up_until)
    if any(piece.starts_on == start and ends_on in {None, piece.ends_on} for piece in timeline.pieces):
        return False
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


def _returns(timeline: Timeline[Followed], row: ParsedRow, _merged: Merged) -> bool:
    """A benefit that begins after follow-up was closed opens it again."""
    closed = max((piece.ends_on or date.max for piece in timeline.pieces), default=date.max)
    if row.benefit_from is None or row.benefit_from < closed:
        return False
    timeline.add(row.benefit_from, None, (_ground(row), ""))
    return True


def _closes(timeline: Timeline[Followed], row: ParsedRow, merged: Merged) -> bool:
    """An end without a begin closes the last period that began before it.

    With the number of the dossier that was kept also what still runs in the others, unless the file names them as well.
    """
    ends_on = day_after(row.follow_up_until)
    if ends_on is None:
        return False
    own = merged.get(row.client_number or "", 0)
    last = {one.dossier: one for one in timeline.pieces if one.starts_on < ends_on}
    changed = [_end(timeline, last[own], ends_on)] if own in last else []
    others = (one for one in last.values() if not own and one.dossier not in {0, *merged.values()})
    changed += [_end(timeline, one, ends_on) for one in others if one.ends_on is None or one.ends_on > ends_on]
    return any(changed)


def _end(timeline: Timeline[Followed], piece: Piece[Followed], ends_on: date) -> bool:
    own = (one for one in timeline.pieces if one.dossier == piece.dossier)
    later = next((one for one in own if one.starts_on > piece.starts_on), None)
    if later is not None:
        ends_on = min(ends_on, later.starts_on)
    if piece.ends_on == ends_on:
        return False
    piece.ends_on = ends_on
    return True


def _ground(row: ParsedRow) -> str:
    kind = latest([row], "benefit_kind") or ""
    return _GROUNDS.get(kind, "benefit")


_ENDS, _BEGINS, _RETURNS = range(3)  # of one day, in this order
_TOLD = (_closes, _begins, _returns)
