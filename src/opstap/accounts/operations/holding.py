"""Roles and teams that somebody gets or leaves, each for a half-open period. There is always an administrator left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opstap.accounts.enums import Scope
from opstap.accounts.logic import administrating_roles, caseload_roles, roles
from opstap.accounts.models import OwnRole, RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations.sessions import end_all_without_role
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.people import END, words_of_end
from opstap.accounts.selectors.towns import is_of
from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality


class HoldingRefused(Exception):
    """A role or team that can't be given or ended so; `code` says why. Nothing was changed."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class RoleGiven:
    """A role as it is given: from a day on, for a team, with a supervisor, or one that was composed."""

    role: str
    since: date
    until: date | None = None
    team: Team | None = None
    supervisor: User | None = None
    own_role: OwnRole | None = None


def give_role(
    *,
    by: Actor,
    user: User,
    role: str,
    team: Team | None,
    since: date,
    until: date | None = None,
    supervisor: User | None = None,
    own_role: OwnRole | None = None,
    municipality: Municipality | None = None,
) -> RoleHolding:
    """Let somebody hold a role from a day on; one that reaches a team needs it, an intern a supervisor and an end.

    Of a composed role, `role` is the one it was made from. It is held in the municipality of whoever gives it, and only
    by who has the account or a role there already (`let_in` is for who has not); the command line names one.
    """
    by.require("manage_accounts")
    where = _where_given(by, user, municipality)
    return hold(by, user, where, RoleGiven(role, since, until, team, supervisor, own_role))


def hold(by: Actor, user: User, municipality_id: int, given: RoleGiven) -> RoleHolding:
    """Write that somebody holds a role in a municipality, for an operation that asked whether it may."""
    refuse_not_given(municipality_id, given.role, given.own_role)
    scope = roles()[given.role].scope
    team = given.team if scope == Scope.TEAM else None
    supervisor = given.supervisor if scope == Scope.SUPERVISED else None
    if scope == Scope.TEAM and team is None:
        raise HoldingRefused("team_missing")
    refuse_backwards(given.since, given.until)
    _refuse_ended(team, given.since)
    _refuse_elsewhere(team, municipality_id)
    if scope == Scope.SUPERVISED:
        _refuse_unsupervised(user, supervisor, (given.since, given.until), municipality_id)
    with writing(by=by, verb="give_role", about=user.reference):
        held = RoleHolding.objects.filter(
            user=user, municipality=municipality_id, role=given.role, own_role=given.own_role
        )
        if team is not None:
            held = held.filter(team=team)
        if _meets(held, given.since, given.until):
            raise HoldingRefused("already_held")
        return RoleHolding.objects.create(
            user=user,
            municipality_id=municipality_id,
            role=given.role,
            own_role=given.own_role,
            team=team,
            supervisor=supervisor,
            starts_on=given.since,
            ends_on=given.until,
        )


def end_role(*, by: Actor, holding: RoleHolding, ends_on: date, opened_on: str | None = None) -> None:
    """Let a role end: the day given is the first without it. From its first day: it was never held.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("manage_accounts")
    require_here(by, holding.municipality_id)
    with writing(by=by, verb="end_role", about=holding.user.reference):
        _look_again(holding, ends_on, opened_on)
        _end(by, holding, ends_on)


def end_now(by: Actor, holding: RoleHolding, ends_on: date) -> None:
    """Write the end of a role, for an operation that asked whether it may."""
    with writing(by=by, verb="end_role", about=holding.user.reference):
        _end(by, holding, ends_on)


def _end(by: Actor, holding: RoleHolding, ends_on: date) -> None:
    _write_end(holding, ends_on)
    if holding.role in administrating_roles():
        keep_administrators(by, holding.user, holding.municipality_id)
    end_all_without_role(by, holding.user)


def _write_end(held: RoleHolding | TeamMembership, ends_on: date) -> None:
    """By hand: a group of the organisation gives it back no more, until it is given by hand."""
    held.ends_on, held.ended_by_hand = ends_on, True
    held.save(update_fields=["ends_on", "ended_by_hand"])


def _look_again(held: RoleHolding | TeamMembership, ends_on: date, opened_on: str | None) -> None:
    """At the end that stands, within the lock: whether this one may take its place."""
    held.refresh_from_db(fields=["ends_on"])
    require_unchanged(END, words_of_end(held), opened_on)
    refuse_end(held, ends_on)


def refuse_end(held: RoleHolding | TeamMembership, ends_on: date) -> None:
    """Refuse an end that gives something back: what is over stays over, and who goes on longer gets it anew, with all
    that is asked of who gets it.
    """
    if held.ends_on is not None and held.ends_on <= dates.today():
        raise HoldingRefused("over_already")
    if held.ends_on is not None and ends_on > held.ends_on:
        raise HoldingRefused("ends_before_that")
    if ends_on < held.starts_on:
        raise HoldingRefused("ends_before_it_starts")


def join_team(*, by: Actor, user: User, team: Team, since: date, until: date | None = None) -> TeamMembership:
    """Put somebody in a team from a day on."""
    by.require("manage_accounts")
    require_here(by, team.municipality_id)
    if not is_of(user, team.municipality_id, dates.today()):
        raise HoldingRefused("not_known_here")
    refuse_backwards(since, until)
    _refuse_ended(team, since)
    with writing(by=by, verb="join_team", about=user.reference):
        if _meets(TeamMembership.objects.filter(user=user, team=team), since, until):
            raise HoldingRefused("already_held")
        return TeamMembership.objects.create(user=user, team=team, starts_on=since, ends_on=until)


def leave_team(*, by: Actor, membership: TeamMembership, ends_on: date, opened_on: str | None = None) -> None:
    """Let somebody leave a team: the day given is the first without them. `opened_on` is as with a role."""
    by.require("manage_accounts")
    require_here(by, membership.team.municipality_id)
    with writing(by=by, verb="leave_team", about=membership.user.reference):
        _look_again(membership, ends_on, opened_on)
        _write_end(membership, ends_on)


def keep_administrators(by: Actor, user: User, municipality_id: int) -> None:
    """Refuse what would leave the municipality, or whoever does it, without an administrator's role that goes on."""
    going_on = RoleHolding.objects.filter(
        role__in=administrating_roles(),
        ends_on__isnull=True,
        starts_on__lte=dates.today(),
        user__is_active=True,
        user__sign_in_name__isnull=False,
        municipality=municipality_id,
    )
    if by.user_id == user.pk and not going_on.filter(user=user).exists():
        raise HoldingRefused("own_last_administrator_role")
    if not going_on.exists():
        raise HoldingRefused("last_administrator")


def _where_given(by: Actor, user: User, municipality: Municipality | None) -> int:
    where = user.municipality_id if by.municipality_id is None else by.municipality_id
    where = where if municipality is None else municipality.pk
    require_here(by, where)
    if not is_of(user, where, dates.today()):
        raise HoldingRefused("not_known_here")
    return where


def _refuse_elsewhere(team: Team | None, municipality_id: int) -> None:
    if team is not None and team.municipality_id != municipality_id:
        raise HoldingRefused("team_elsewhere")


def _meets(held: object, since: date, until: date | None) -> bool:
    """Whether a period that is not empty overlaps one of these."""
    rows = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since))  # type: ignore[attr-defined]
    if until is not None:
        rows = rows.filter(starts_on__lt=until)
    return any(row.ends_on is None or row.ends_on > row.starts_on for row in rows)


def refuse_backwards(since: date, until: date | None) -> None:
    """Refuse a time that is over before it begins."""
    if until is not None and until <= since:
        raise HoldingRefused("ends_before_it_starts")


def _refuse_ended(team: Team | None, since: date) -> None:
    if team is not None and not team.is_open_on(max(since, dates.today())):
        raise HoldingRefused("team_ended")


def refuse_not_given(municipality_id: int, role: str, own_role: OwnRole | None) -> None:
    """Refuse a composed role that has ended, is of another municipality, or was made from another role."""
    if own_role is None:
        return
    is_there = own_role.base == role and own_role.municipality_id == municipality_id
    if not is_there or not OwnRole.objects.open_on(dates.today()).filter(pk=own_role.pk).exists():
        raise HoldingRefused("role_ended")


def _refuse_unsupervised(
    user: User, supervisor: User | None, period: tuple[date, date | None], municipality_id: int
) -> None:
    """An intern is with one colleague who has a caseload in the same municipality, for a time that is known."""
    since, until = period
    if supervisor is None:
        raise HoldingRefused("supervisor_missing")
    held = RoleHolding.objects.active_on(max(since, dates.today())).filter(
        user=supervisor, role__in=caseload_roles(), municipality=municipality_id
    )
    if not (supervisor.pk != user.pk and supervisor.is_active and held.exists()):
        raise HoldingRefused("supervisor_without_caseload")
    if until is None:
        raise HoldingRefused("end_missing")
