"""Reads: the actor of a user, with the permissions and the reach of the roles held today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, roles
from opstap.accounts.models import RoleHolding, User


@dataclass(frozen=True)
class Standing:
    """What somebody's roles together give on a day: every permission, and whom any of them reaches."""

    roles: tuple[Role, ...]
    permissions: frozenset[str]
    scopes: frozenset[Scope]
    team_ids: frozenset[int]


def standing_of(user: User, day: date) -> Standing:
    """The roles of a user on a day, put together; an inactive user stands nowhere."""
    if not user.is_active:
        return Standing((), frozenset(), frozenset(), frozenset())
    held = list(RoleHolding.objects.active_on(day).filter(user=user).values_list("role", "team_id"))
    known = roles()
    held_roles = tuple(known[role] for role, _team in held if role in known)
    permissions = frozenset[str]().union(*(role.permissions for role in held_roles))
    scopes = frozenset(role.scope for role in held_roles) - {Scope.NONE}
    teams = frozenset(team for role, team in held if team and role in known and known[role].scope == Scope.TEAM)
    return Standing(held_roles, permissions, scopes, teams)
