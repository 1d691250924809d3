"""Reads: the roles that a municipality composed, as they are and as they were; and any role in words."""

from __future__ import annotations

from datetime import date

from opstap.accounts.logic import roles
from opstap.accounts.models import OwnRole, OwnRoleVersion, RoleHolding

OWN = "own."  # before the reference of a composed role, where a form chooses among all roles


def own_roles_of(municipality_id: int) -> list[OwnRole]:
    """Every composed role by its name, ended ones too."""
    return list(OwnRole.objects.filter(municipality=municipality_id))


def open_own_roles(municipality_id: int, day: date) -> list[OwnRole]:
    """Those that can be given on a day."""
    return [one for one in OwnRole.objects.open_on(day).filter(municipality=municipality_id) if one.base in roles()]


def versions_of(role: OwnRole) -> list[OwnRoleVersion]:
    """What it was, the latest first."""
    return list(OwnRoleVersion.objects.filter(role=role).order_by("-pk"))


def holders_of(role: OwnRole, day: date) -> int:
    """How many people hold it on a day."""
    held = RoleHolding.objects.active_on(day).filter(own_role=role, user__is_active=True)
    return held.values("user").distinct().count()


def chosen_role(municipality_id: int, day: date, choice: str) -> tuple[str, OwnRole | None]:
    """What a form chose: the key of a role, and the composed role where it was one of those."""
    if not choice.startswith(OWN):
        return choice, None
    own = OwnRole.objects.open_on(day).filter(municipality=municipality_id, reference=choice.removeprefix(OWN)).first()
    return (own.base, own) if own else ("", None)


def name_is_taken(municipality_id: int, name: str, besides: OwnRole | None = None) -> bool:
    """Whether a role is called this already, in either language: one that Opstap brings, or a composed one."""
    others = OwnRole.objects.filter(municipality=municipality_id).exclude(pk=besides.pk if besides else 0)
    pairs = [(role.name_nl, role.name_en) for role in roles().values()]
    taken = {one.casefold() for pair in (*pairs, *others.values_list("name_nl", "name_en")) for one in pair if one}
    return name.strip().casefold() in taken


def base_name(holding: RoleHolding, language: str) -> str:
    """Of a composed role: what the one it was made from is called, which says whom it reaches; else empty."""
    known = roles().get(holding.role)
    return known.name(language) if holding.own_role is not None and known else ""


def role_name(holding: RoleHolding, language: str) -> str:
    """What the role that somebody holds is called."""
    if holding.own_role is not None:
        return (holding.own_role.name_en if language == "en" else "") or holding.own_role.name_nl
    known = roles().get(holding.role)
    return known.name(language) if known else holding.role


def words_of_role(role: OwnRole) -> dict[str, object]:
    """What a form changes of a composed role."""
    return {
        "name_nl": role.name_nl,
        "name_en": role.name_en,
        "description_nl": role.description_nl,
        "description_en": role.description_en,
        "permissions": sorted(role.permissions),
    }
