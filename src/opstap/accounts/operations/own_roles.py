"""Composing a role of the municipality's own, changing it, and ending it. Each change is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from opstap.accounts.logic import roles
from opstap.accounts.logic.composing import composing_faults
from opstap.accounts.models import OwnRole, OwnRoleVersion, RoleHolding
from opstap.accounts.operations.holding import HoldingRefused
from opstap.accounts.permissions import require_here
from opstap.accounts.selectors.own_roles import name_is_taken, words_of_role
from opstap.audit.operations import require_unchanged, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class Composition:
    """The words of a role and what it lets one do."""

    name_nl: str
    description_nl: str
    permissions: Collection[str]
    name_en: str = ""
    description_en: str = ""


class CompositionRefused(Exception):
    """Permissions that can't be together in this role; `codes` say why. Nothing was changed."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(", ".join(codes))


def compose_role(*, by: Actor, municipality: Municipality, base: str, new: Composition) -> OwnRole:
    """Make a role that reaches whom another one reaches, with permissions and words of its own."""
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    _refuse_together(base, new)
    with writing(by=by, verb="compose_role", about=new.name_nl):
        _refuse_name(municipality.pk, new)
        role = OwnRole(municipality=municipality, base=base)
        _say(by, role, new)
    return role


def change_composed_role(*, by: Actor, role: OwnRole, new: Composition, opened_on: str | None = None) -> None:
    """Change what a composed role lets one do, for all who hold it, from their next click on.

    `opened_on` is the version that a form was opened on: ReplacedMeanwhile when it stands no more.
    """
    by.require("manage_accounts")
    require_here(by, role.municipality_id)
    _refuse_together(role.base, new)
    with writing(by=by, verb="change_composed_role", about=role.reference):
        role.refresh_from_db()
        require_unchanged("own-role", words_of_role(role), opened_on)
        _refuse_name(role.municipality_id, new, role)
        _say(by, role, new)


def end_composed_role(*, by: Actor, role: OwnRole) -> None:
    """Let a role be given no more. HoldingRefused while somebody holds it or will."""
    by.require("manage_accounts")
    require_here(by, role.municipality_id)
    with writing(by=by, verb="end_composed_role", about=role.reference):
        going_on = Q(ends_on__isnull=True) | Q(ends_on__gt=dates.today())
        if RoleHolding.objects.filter(going_on, own_role=role).exists():
            raise HoldingRefused("role_in_use")
        role.ended_on = dates.today()
        role.save(update_fields=["ended_on"])


def _refuse_together(base: str, new: Composition) -> None:
    codes = composing_faults(roles()[base], new.permissions)
    if codes:
        raise CompositionRefused(codes)


def _refuse_name(municipality_id: int, new: Composition, role: OwnRole | None = None) -> None:
    if any(name_is_taken(municipality_id, name, role) for name in (new.name_nl, new.name_en) if name):
        raise CompositionRefused(["name_taken"])


def _say(by: Actor, role: OwnRole, new: Composition) -> None:
    role.name_nl, role.name_en = new.name_nl, new.name_en
    role.description_nl, role.description_en = new.description_nl, new.description_en
    role.permissions = sorted(set(new.permissions))
    role.save()
    OwnRoleVersion.objects.create(
        role=role,
        name_nl=role.name_nl,
        description_nl=role.description_nl,
        permissions=role.permissions,
        made_at=dates.now(),
        made_by=by.name,
    )
