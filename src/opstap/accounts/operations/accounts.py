"""Making teams and users, giving roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import OwnRole, RoleHolding, Team, TeamMembership, User
from opstap.accounts.operations.holding import RoleGiven, hold, refuse_backwards, refuse_not_given
from opstap.accounts.permissions import require_here
from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class NewUser:
    """Someone to be made a user; without a sign-in name only known by name."""

    name: str
    sign_in_name: str | None = None
    staff_code: str = ""
    role: str = "case_manager"
    team: Team | None = None
    supervisor: User | None = None
    until: date | None = None
    email: str = ""
    own_role: OwnRole | None = None


def create_team(*, by: Actor, municipality: Municipality, name: str) -> Team:
    """Make a team."""
    _require_any(by, "manage_accounts", "import_clients")
    require_here(by, municipality.pk)
    with writing(by=by, verb="create_team", about=name):
        return Team.objects.create(municipality=municipality, name=name)


def rename_team(*, by: Actor, team: Team, name: str, opened_on: str | None = None) -> None:
    """Give a team another name; it stays the same team, also in reports of earlier days.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("manage_accounts")
    require_here(by, team.municipality_id)
    with writing(by=by, verb="rename_team", about=team.reference):
        team.refresh_from_db()
        require_unchanged("team", {"name": team.name}, opened_on)
        team.name = name
        team.save(update_fields=["name"])


def create_user(*, by: Actor, municipality: Municipality, new: NewUser, since: date) -> User:
    """Make one user."""
    return create_workers(by=by, municipality=municipality, rows=[new], since=since)[0]


def create_workers(*, by: Actor, municipality: Municipality, rows: Sequence[NewUser], since: date) -> list[User]:
    """Make users with their role and team; only a role that reaches a team is held for it. An importer may make workers
    who can't sign in yet.
    """
    _require_any(by, "manage_accounts", *(["import_clients"] if all(row.sign_in_name is None for row in rows) else []))
    require_here(by, municipality.pk)
    known = roles()
    unknown = {row.role for row in rows} - known.keys()
    if unknown:
        message = f"unknown roles: {sorted(unknown)}"
        raise ValueError(message)
    for row in rows:
        refuse_backwards(since, row.until)
        refuse_not_given(municipality.pk, row.role, row.own_role)
    with writing(by=by, verb="create_workers", count=len(rows)):
        users = []
        for row in rows:
            user = User(
                municipality=municipality,
                name=row.name,
                sign_in_name=row.sign_in_name.casefold() if row.sign_in_name else None,
                staff_code=row.staff_code,
                email=row.email.casefold() or None,
            )
            user.set_unusable_password()
            user.save()
            _first_role(by, user, row, since)
            if row.team is not None:
                TeamMembership.objects.create(user=user, team=row.team, starts_on=since, ends_on=row.until)
            users.append(user)
    return users


def _first_role(by: Actor, user: User, row: NewUser, since: date) -> None:
    where, scope = user.municipality, roles()[row.role].scope
    if scope == Scope.SUPERVISED:
        by.require("manage_accounts")
        given = RoleGiven(row.role, since, row.until, supervisor=row.supervisor, own_role=row.own_role)
        hold(by, user, where.pk, given)
        return
    RoleHolding.objects.create(
        user=user,
        municipality=where,
        role=row.role,
        own_role=row.own_role,
        team=row.team if scope == Scope.TEAM else None,
        starts_on=since,
        ends_on=row.until,
    )


def _require_any(by: Actor, *permissions: str) -> None:
    if not any(by.may(permission) for permission in permissions):
        by.require(permissions[0])
