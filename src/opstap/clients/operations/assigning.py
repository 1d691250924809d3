"""Assigning clients to workers, many at once, and taking that back. An assignment before it ends on the same day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from opstap.accounts.logic import batch_roles
from opstap.accounts.models import RoleHolding, Team, TeamMembership, User
from opstap.accounts.selectors.towns import colleagues_of
from opstap.audit.models import Recording
from opstap.audit.operations import ReplacedMeanwhile, append_facts, require_unchanged, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import AssignmentRole
from opstap.clients.logic import AssignmentRow
from opstap.clients.models import Assignment
from opstap.clients.permissions import PART, require_own_recording, require_reach
from opstap.clients.selectors.assigned import KIND, assigned_to
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.foundation import dates

VERB = "assign_clients"


@dataclass(frozen=True)
class Share:
    """Who gets whom; without a worker the client waits with the team to be divided.

    In another `role` (of the code list `assignment_role`) the worker is beside the case manager, perhaps until a day.
    """

    client_id: int
    worker_id: int | None
    team_id: int | None
    role: str = AssignmentRole.CASE_MANAGER.value
    ends_on: date | None = None


@dataclass(frozen=True)
class Assigned:
    """The recording in which it was done (None: nothing changed), and how many clients changed hands."""

    number: int | None
    clients: int


@dataclass(frozen=True)
class Shift:
    """The assignments that end, that never begin, and that begin, and the clients it is about."""

    ended: tuple[AssignmentRow, ...]
    dropped: tuple[int, ...]
    begun: tuple[AssignmentRow, ...]
    clients: frozenset[int]


@dataclass(frozen=True)
class TakenBack:
    """For how many clients it was as before again, and how many stay: because somebody assigned them since, or because
    the team they had before has ended.
    """

    clients: int
    left: int
    of_ended_team: int = 0


def assign_clients(
    *, by: Actor, shares: Sequence[Share], from_on: date, reason: str, opened_on: str | None = None
) -> Assigned:
    """Give clients to workers from a day on, in one recording; who has the client already keeps them.

    PermissionDenied for a client out of reach, or a worker or team that the actor does not steer. ReplacedMeanwhile
    when somebody assigned one of them since the form was opened, or at this very moment.
    """
    by.require("assign_clients")
    ids = {share.client_id for share in shares}
    require_reach(by, ids)
    _require_steering(by, shares)
    shift = shift_of(shares, from_on, reason)
    if not shift.clients:
        return Assigned(None, 0)
    beside = any(share.role != AssignmentRole.CASE_MANAGER for share in shares)
    with writing(by=by, verb=VERB, count=len(shift.clients)) as recording:
        require_unchanged(KIND, assigned_to(ids, beside=beside), opened_on)
        _require_same(shift, shift_of(shares, from_on, reason))
        write_shift(shift, recording)
    return Assigned(recording.number, len(shift.clients))


def shift_of(shares: Sequence[Share], from_on: date, reason: str) -> Shift:
    """What is to be written for clients to go to these workers; who has the client already keeps them."""
    held = _held_from(shares, from_on)
    ended: list[AssignmentRow] = []
    dropped: list[int] = []
    begun: list[AssignmentRow] = []
    changed: set[int] = set()
    for share in shares:
        own = held.get(share.client_id, [])
        others = [one for one in own if not _is_that(one, share, from_on)]
        if own and not others:
            continue
        changed.add(share.client_id)
        ended += [replace(row_of(one), ends_on=from_on, end_reason=reason, replaces_id=one.pk)
                  for one in others if one.starts_on < from_on]  # fmt: skip
        dropped += [one.pk for one in others if one.starts_on >= from_on]
        if len(others) == len(own):
            begun.append(_begun(share, from_on))
    return Shift(tuple(ended), tuple(dropped), tuple(begun), frozenset(changed))


def write_shift(shift: Shift, recording: Recording) -> None:
    """Append it."""
    append_facts(Assignment, [*shift.ended, *shift.begun], recording=recording)
    withdraw_facts(Assignment, shift.dropped, recording=recording)


def take_back_assigning(*, by: Actor, number: int) -> TakenBack:
    """Take one's own assigning back: as it was before, except for whom somebody assigned since, or whose team ended.

    ReplacedMeanwhile when somebody assigns one of them at this very moment.
    """
    by.require("assign_clients")
    require_own_recording(by, number, {VERB})
    rows: list[Assignment] = list(
        Assignment.objects.filter(recording=number).annotate(whose=kept_client()).order_by("pk")
    )
    clients = {whose(row) for row in rows}
    require_reach(by, clients)
    since = _written_since(clients, number)
    replaced = [row.replaces_id for row in rows if row.replaces_id is not None]
    earlier = Assignment.objects.select_related("team").in_bulk(replaced)
    gone = {whose(row) for row in rows if _is_of_ended_team(earlier.get(row.replaces_id or 0))} - since
    own = [row for row in rows if whose(row) not in since | gone]
    back = [replace(row_of(earlier[row.replaces_id]), replaces_id=row.pk) for row in own if row.replaces_id is not None]
    done = len(clients - since - gone)
    with writing(by=by, verb="take_back_assigning", count=done) as recording:
        _require_same(since, _written_since(clients, number))
        append_facts(Assignment, back, recording=recording)
        withdraw_facts(Assignment, [row.pk for row in own if row.replaces_id is None], recording=recording)
    return TakenBack(done, len(clients & since), len(gone))


def _require_same(read: object, now: object) -> None:
    """What was read before the counter was held must stand still once it is: from there on nobody else writes."""
    if read != now:
        raise ReplacedMeanwhile(Assignment._meta.label_lower)


def _begun(share: Share, from_on: date) -> AssignmentRow:
    return AssignmentRow(share.client_id, from_on, share.ends_on, share.team_id, share.worker_id, share.role)


def row_of(one: Assignment) -> AssignmentRow:
    """A stored assignment as a row."""
    return AssignmentRow(**{field.name: getattr(one, field.name) for field in fields(AssignmentRow)})


def _is_of_ended_team(one: Assignment | None) -> bool:
    """Whether it would put somebody into a team that nobody works in any more."""
    today = dates.today()
    if one is None or one.team is None or one.team.is_open_on(today):
        return False
    return one.ends_on is None or one.ends_on > today


def _is_that(one: Assignment, share: Share, from_on: date) -> bool:
    return (
        one.starts_on <= from_on
        and one.ends_on == share.ends_on
        and (one.worker_id, one.team_id) == (share.worker_id, share.team_id)
    )


def _held_from(shares: Sequence[Share], day: date) -> dict[int, list[Assignment]]:
    """Who has these clients in the same role on the day or later, by client; in merged dossiers too."""
    held: dict[int, list[Assignment]] = {}
    ids = list({share.client_id for share in shares})
    for start in range(0, len(ids), PART):
        later = Assignment.objects.current().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day),
            in_dossiers_of(ids[start : start + PART]),
            role__in={share.role for share in shares},
        )
        for one in later.annotate(whose=kept_client()).order_by("pk"):
            held.setdefault(whose(one), []).append(one)
    return held


def _written_since(client_ids: Collection[int], number: int) -> set[int]:
    ids, found = list(client_ids), set[int]()
    for start in range(0, len(ids), PART):
        later = Assignment.objects.filter(in_dossiers_of(ids[start : start + PART]), recording__gt=number)
        found.update(later.annotate(whose=kept_client()).values_list("whose", flat=True))
    return found


def _require_steering(by: Actor, shares: Sequence[Share]) -> None:
    """Workers and teams of the own municipality; of the own team for who leads a team."""
    if by.may_all:
        return
    beside = [share for share in shares if share.role != AssignmentRole.CASE_MANAGER]
    if beside:
        _require_beside(by, beside)
        shares = [share for share in shares if share.role == AssignmentRole.CASE_MANAGER]
    workers = {share.worker_id for share in shares if share.worker_id is not None}
    teams = {share.team_id for share in shares if share.team_id is not None}
    known_teams = Team.objects.open_on(dates.today()).filter(pk__in=teams, municipality=by.municipality_id)
    known = colleagues_of(by.municipality_id or 0, dates.today()).filter(pk__in=workers)
    if not by.may("reach_municipality"):
        known_teams = known_teams.filter(pk__in=by.team_ids)
        today = dates.today()
        members = TeamMembership.objects.active_on(today).filter(team_id__in=by.team_ids)
        known = known.filter(pk__in=members.values("user"))
        if None in {share.team_id for share in shares}:
            by.require("reach_municipality")
    if known.count() != len(workers) or known_teams.count() != len(teams):
        message = "worker or team out of reach"
        raise PermissionDenied(message)


def _require_beside(by: Actor, shares: Sequence[Share]) -> None:
    """Colleagues of the municipality whose role reaches whom they are given by name."""
    workers = {share.worker_id for share in shares if share.worker_id is not None}
    held = RoleHolding.objects.active_on(dates.today()).filter(role__in=batch_roles(), municipality=by.municipality_id)
    known = User.objects.filter(pk__in=workers, is_active=True)
    if known.filter(pk__in=held.values("user")).count() != len(workers):
        message = "worker can't be beside a case manager"
        raise PermissionDenied(message)
