"""What the groups of the organisation's provider give: a role, and a team to lead or to work in."""

from __future__ import annotations

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import GroupRole, Team
from opstap.accounts.operations.holding import HoldingRefused
from opstap.accounts.permissions import require_here
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.models import Municipality


def give_by_group(
    *, by: Actor, municipality: Municipality, group: str, role: str, team: Team | None, label: str = ""
) -> GroupRole:
    """Let a group give a role from today on: at their next sign-in its members hold it.

    HoldingRefused for a role that needs a colleague to be with, for a team that lacks, and for what it gives already.
    """
    by.require("manage_accounts")
    require_here(by, municipality.pk)
    scope = roles()[role].scope
    if scope == Scope.SUPERVISED:
        raise HoldingRefused("not_by_group")
    if scope == Scope.TEAM and team is None:
        raise HoldingRefused("team_missing")
    if team is not None and not team.is_open_on(dates.today()):
        raise HoldingRefused("team_ended")
    if team is not None and team.municipality_id != municipality.pk:
        raise HoldingRefused("team_elsewhere")
    with writing(by=by, verb="give_by_group"):
        going_on = GroupRole.objects.filter(municipality=municipality, group=group, role=role, ends_on__isnull=True)
        if going_on.filter(team=team).exists():
            raise HoldingRefused("given_already")
        return GroupRole.objects.create(
            municipality=municipality,
            group=group,
            label=label,
            role=role,
            team=team,
            starts_on=dates.today(),
            made_by=by.name,
        )


def end_group_role(*, by: Actor, row: GroupRole) -> None:
    """Let a group give this no more; who holds it by this group loses it at the next sign-in."""
    by.require("manage_accounts")
    require_here(by, row.municipality_id)
    if row.ends_on is not None:
        return
    with writing(by=by, verb="end_group_role", about=row.reference):
        row.ends_on, row.ended_by = dates.today(), by.name
        row.save()
