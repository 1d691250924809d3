"""Nobody who is followed stays in a team that ended: who comes back keeps the worker, in a team that is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from django.db.models import Q

from opstap.accounts.models import Team, TeamMembership
from opstap.audit.operations import append_facts, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import AssignmentRow
from opstap.clients.models import Assignment
from opstap.clients.operations.appending import require_recording_clients
from opstap.clients.operations.assigning import row_of
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.merged import in_dossiers_with
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.clients.selectors.sizes import followed_after
from opstap.foundation import dates

REASON = "team_changed"


def leave_ended_teams(*, by: Actor, municipality_id: int, client_id: int | None = None) -> int:
    """Let those in follow-up go on with their worker alone, or in the worker's own team; without a worker they wait.

    What opens a follow-up does this in its own recording. Returns how many assignments it changed.
    """
    require_recording_clients(by)
    today = dates.today()
    ended = Team.objects.filter(municipality=municipality_id, ended_on__lte=today)
    held = Assignment.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), team__in=ended)
    if client_id is not None:
        held = held.filter(in_dossiers_with(client_id))
    rows = list(held.annotate(whose=kept_client()).filter(whose__in=followed_after(today)))
    if not rows:
        return 0
    require_reach(by, {whose(row) for row in rows}, guarding=by.may("import_clients"))
    open_teams = _open_teams({row.worker_id for row in rows if row.worker_id is not None}, municipality_id)
    over, going_on, begun = [], [], list[AssignmentRow]()
    for one in rows:
        if one.starts_on < today:
            going_on.append(replace(row_of(one), ends_on=today, end_reason=REASON, replaces_id=one.pk))
        else:
            over.append(one.pk)
        if one.worker_id is not None:
            team = open_teams.get(one.worker_id)
            start = max(one.starts_on, today)
            begun.append(AssignmentRow(one.client_id, start, one.ends_on, team, one.worker_id, role=one.role))
    with writing(by=by, verb="leave_ended_teams", count=len(rows)) as recording:
        append_facts(Assignment, [*going_on, *begun], recording=recording)
        withdraw_facts(Assignment, over, recording=recording)
    return len(rows)


def _open_teams(worker_ids: set[int], municipality_id: int) -> dict[int, int]:
    """The team of each worker that is there today; of several the first that was made."""
    today, teams = dates.today(), defaultdict[int, set[int]](set)
    there = Team.objects.open_on(today).filter(municipality=municipality_id)
    joined = TeamMembership.objects.active_on(today).filter(user__in=worker_ids, team__in=there)
    for user_id, team_id in joined.values_list("user", "team"):
        teams[user_id].add(team_id)
    return {user_id: min(found) for user_id, found in teams.items()}
