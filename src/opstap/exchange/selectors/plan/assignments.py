"""Who has the client in the caseload: the first from the start of follow-up, another from the day the file tells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from opstap.clients.logic import AssignmentRow
from opstap.exchange.selectors.plan.caseloads import Caseload
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.timelines import Piece, Timeline, stored_timeline


def plan_assignment(case: Case, draft: Draft, since: date) -> None:
    """The last team and worker that the rows name; what they don't name stays, but another worker brings their team."""
    team, worker = _named(case, draft)
    if team is None and worker is None:
        return
    timeline: Timeline[Caseload] = stored_timeline(
        draft.stored.assignments.get(case.id, ()), lambda rest: (rest[0], rest[1])
    )
    day = max(draft.terms.effective_on, since) if timeline.pieces else since
    held = timeline.agreeing(day, lambda caseload: _agrees(caseload, team, worker)) or timeline.after(day)
    before = held.value if held is not None else (None, None)
    if team is None and worker is not None and worker != before[1]:
        team = draft.caseloads.team_with(worker, before[0])
    now = (team if team is not None else before[0], worker if worker is not None else before[1])
    if not timeline.observe(day, now):
        return
    case.changed.add(case.rows[-1].number)
    draft.plan.additions.assignments.extend(_rows(case.id, timeline))
    if before[0] is not None and now[0] != before[0]:
        draft.plan.large_change.changed_team.add(case.id)


def _named(case: Case, draft: Draft) -> Caseload:
    team: int | None = None
    worker: int | None = None
    for row in case.by_dossier:
        named_team, named_worker = draft.caseloads.of_row(row)
        team = team if named_team is None else named_team
        worker = worker if named_worker is None else named_worker
    return team, worker


def _agrees(caseload: Caseload, team: int | None, worker: int | None) -> bool:
    return team in {None, caseload[0]} and worker in {None, caseload[1]}


def _rows(client_id: int, timeline: Timeline[Caseload]) -> Iterator[AssignmentRow]:
    for piece in timeline.changes():
        team, worker = piece.value
        reason = _end_reason(piece, timeline)
        yield AssignmentRow(
            client_id, piece.starts_on, piece.ends_on, team, worker, end_reason=reason, replaces_id=piece.id
        )


def _end_reason(piece: Piece[Caseload], timeline: Timeline[Caseload]) -> str:
    """Of an assignment that another one ends: whether the team or the colleague is another."""
    follower = None if piece.ends_on is None else timeline.at(piece.ends_on)
    if follower is None:
        return ""
    return "transferred" if follower.value[0] == piece.value[0] else "team_changed"
