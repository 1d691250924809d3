"""Reads: the actor of a user, with the permissions and the reach of the roles held today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, caseload_roles, roles
from opstap.accounts.logic.composing import composed
from opstap.accounts.models import RoleHolding, User

# Of a composed role: its words and permissions, read with who holds it, so that a change holds at the next request.
OWN = tuple(f"own_role__{name}" for name in ("name_nl", "name_en", "description_nl", "description_en", "permissions"))


@dataclass(frozen=True)
class Standing:
    """What somebody's roles together give on a day: every permission, and whom any of them reaches.

    `supervisors` are those whose caseload an intern reaches, by name; `mark` stands behind the name of who records.
    `everywhere` has the roles of each municipality in which somebody works that day: by it one chooses, and it gives
    nothing. `sees_people_elsewhere`: whether one of these reads dossiers in another municipality.
    """

    roles: tuple[Role, ...] = ()
    permissions: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    team_ids: frozenset[int] = frozenset()
    supervisors: Mapping[int, str] = field(default_factory=dict)
    mark: str = ""
    everywhere: Mapping[int, frozenset[str]] = field(default_factory=dict)
    sees_people_elsewhere: bool = False


@dataclass(frozen=True)
class _Held:
    municipality_id: int
    role: Role
    team_id: int | None
    supervisor: tuple[int, str] | None


def standing_of(user: User, day: date, municipality_id: int) -> Standing:
    """The roles of a user in one municipality on a day, put together; an inactive user stands nowhere.

    What is held in another gives nothing here. One query for all.
    """
    if not user.is_active:
        return Standing()
    everything = _held(user, day)
    held = [one for one in everything if one.municipality_id == municipality_id]
    everywhere: dict[int, set[str]] = {}
    for one in everything:
        everywhere.setdefault(one.municipality_id, set()).add(one.role.key)
    roles_held = tuple(one.role for one in held)
    supervisors = dict(one.supervisor for one in held if one.supervisor and one.role.scope == Scope.SUPERVISED)
    return Standing(
        roles_held,
        frozenset[str]().union(*(role.permissions for role in roles_held)),
        frozenset(role.scope for role in roles_held) - {Scope.NONE},
        frozenset(one.team_id for one in held if one.team_id and one.role.scope == Scope.TEAM),
        supervisors,
        _mark(roles_held, supervisors),
        {where: frozenset(keys) for where, keys in everywhere.items()},
        any("see_clients" in one.role.permissions for one in everything if one.municipality_id != municipality_id),
    )


def _held(user: User, day: date) -> list[_Held]:
    """A supervisor who left, or has no caseload in that municipality that day, has none to go along with."""
    known, found = roles(), []
    beside = RoleHolding.objects.active_on(day).filter(
        user=OuterRef("supervisor"),
        user__is_active=True,
        municipality=OuterRef("municipality"),
        role__in=caseload_roles(),
    )
    rows = RoleHolding.objects.active_on(day).filter(user=user).order_by("pk").annotate(takes_along=Exists(beside))
    columns = ("municipality_id", "role", "team_id", "supervisor_id", "supervisor__name", "takes_along", *OWN)
    for where, role, team_id, supervisor_id, name, takes_along, *own in rows.values_list(*columns):
        held = known.get(role) if own[0] is None else composed(role, (own[0], own[1]), (own[2], own[3]), own[4])
        if held is not None:
            found.append(_Held(where, held, team_id, (supervisor_id, name) if takes_along else None))
    return found


def _mark(held: tuple[Role, ...], supervisors: Mapping[int, str]) -> str:
    """Who is an intern and nothing else records as one: it stands with what was recorded, then and later."""
    if not held or any(role.scope not in {Scope.SUPERVISED, Scope.NONE} for role in held):
        return ""
    intern = next((role for role in held if role.scope == Scope.SUPERVISED), None)
    if intern is None:
        return ""
    names = ", ".join(supervisors.values())
    return f" ({intern.name_nl} bij {names})" if names else f" ({intern.name_nl})"
